import type { SimulationPlan } from '../plan.ts'
import { TOUCH } from '../walks/walk.ts'
import { FIRST_REACHED, type PathMeasures } from './path-measures.ts'

/** How many paths did what. */
export interface PathCounts {
  readonly paths: number
  /** Lost everything. */
  readonly bust: number
  /** Ever at or below the floor, or the trailing floor; `ruined` is either. */
  readonly floor: number
  readonly trailingFloor: number
  readonly ruined: number
  /** Reached the target, or the limit, first. */
  readonly target: number
  readonly limit: number
}

/** Counts the paths of `measures`; a bound the plan does not have counts nobody. */
export function countPaths(measures: PathMeasures, plan: SimulationPlan): PathCounts {
  const floor = plan.floor === null ? -Infinity : Math.log(plan.floor) + TOUCH
  const fall = plan.trailingFloor === null ? Infinity : -Math.log(plan.trailingFloor) - TOUCH
  const hasFloor = plan.floor !== null
  const hasTrailing = plan.trailingFloor !== null
  const counts = {
    paths: measures.logEquity.length,
    bust: 0,
    floor: 0,
    trailingFloor: 0,
    ruined: 0,
    target: 0,
    limit: 0,
  }
  for (let path = 0; path < counts.paths; path++) {
    if (measures.logEquity[path] === -Infinity) counts.bust++
    const below = hasFloor && (measures.logLowest[path] as number) <= floor
    const fallen = hasTrailing && (measures.logDepth[path] as number) >= fall
    if (below) counts.floor++
    if (fallen) counts.trailingFloor++
    if (below || fallen) counts.ruined++
    if (measures.firstReached[path] === FIRST_REACHED.target) counts.target++
    if (measures.firstReached[path] === FIRST_REACHED.limit) counts.limit++
  }
  return counts
}
