import { FIRST_REACHED } from '../results/path-measures.ts'
import { type LogBounds, TOUCH, type Walk } from './walk.ts'

/** Factor by which equity grows over one outcome, given equity over start, equity over peak, and wins in a row. */
export type Growth = (outcome: number, equity: number, ratio: number, wins: number) => number

/** Follows equity itself, for stakes that depend on the path and outcomes that can take everything: 0 is for good. */
export function equityWalk(growthOf: Growth, bounds: LogBounds, stops: boolean): Walk {
  const floor = Math.exp(bounds.floor + TOUCH)
  const trailing = Math.exp(bounds.trailingFloor + TOUCH)
  const target = Math.exp(bounds.target - TOUCH)
  const limit = Math.exp(bounds.limit + TOUCH)
  return (outcomes, into, at, fan) => {
    let equity = 1
    let ratio = 1
    let worst = 1
    let lowest = 1
    let wins = 0
    let dry = 0
    let longestDry = 0
    let streak = 0
    let longestStreak = 0
    let reached: number = FIRST_REACHED.neither
    let kept = 0
    for (let step = 0; step < outcomes.length;) {
      const change = growthOf(outcomes[step++] as number, equity, ratio, wins)
      const growth = change > 0 ? change : 0
      equity *= growth
      ratio *= growth
      if (ratio > 1) ratio = 1
      if (ratio < worst) worst = ratio
      if (equity < lowest) lowest = equity
      dry = ratio < 1 ? dry + 1 : 0
      if (dry > longestDry) longestDry = dry
      wins = growth > 1 ? wins + 1 : 0
      streak = growth < 1 ? streak + 1 : 0
      if (streak > longestStreak) longestStreak = streak
      if (reached === FIRST_REACHED.neither) {
        if (equity >= target) reached = FIRST_REACHED.target
        else if (equity <= limit) reached = FIRST_REACHED.limit
      }
      if (fan?.steps[kept] === step) fan.row[kept++] = Math.log(equity)
      if (equity === 0 || (stops && (equity <= floor || ratio <= trailing))) {
        // What is lost stays lost: the days under water go on to the end.
        if (equity === 0) longestDry = Math.max(longestDry, dry + outcomes.length - step)
        break
      }
    }
    if (fan !== undefined) fan.row.fill(Math.log(equity), kept)
    into.logEquity[at] = Math.log(equity)
    into.logDepth[at] = 0 - Math.log(worst)
    into.logLowest[at] = Math.log(lowest)
    if (into.underWater.length === 0) return
    into.underWater[at] = longestDry
    into.losingStreak[at] = longestStreak
    into.firstReached[at] = reached
  }
}
