import type { CoreMeasures } from '../kernels/kernels.ts'

/** What happened first to a path that has a target and a limit. */
export const FIRST_REACHED = { neither: 0, target: 1, limit: 2 } as const

/** Everything known of each path. The last three are empty in a core run. */
export interface PathMeasures extends CoreMeasures {
  /** Most steps in a row below the last peak. */
  readonly underWater: Uint32Array
  /** Most losing trades in a row. */
  readonly losingStreak: Uint32Array
  /** One of `FIRST_REACHED`. */
  readonly firstReached: Uint8Array
}

/** Room for the measures of `count` paths. */
export function pathMeasures(count: number, detail: 'core' | 'full'): PathMeasures {
  const more = detail === 'full' ? count : 0
  return {
    logEquity: new Float64Array(count),
    logDepth: new Float64Array(count),
    logLowest: new Float64Array(count),
    underWater: new Uint32Array(more),
    losingStreak: new Uint32Array(more),
    firstReached: new Uint8Array(more),
  }
}

/** Copies all of `from` into `to` from path `at` on. */
export function copyMeasures(from: PathMeasures, to: PathMeasures, at: number): void {
  to.logEquity.set(from.logEquity, at)
  to.logDepth.set(from.logDepth, at)
  to.logLowest.set(from.logLowest, at)
  if (from.underWater.length === 0) return
  to.underWater.set(from.underWater, at)
  to.losingStreak.set(from.losingStreak, at)
  to.firstReached.set(from.firstReached, at)
}
