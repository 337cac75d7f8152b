import { FIRST_REACHED } from '../results/path-measures.ts'
import { type LogBounds, TOUCH, type Walk } from './walk.ts'

/** Bounds in whole units, beyond which they count as touched: `floor`, `target` and `limit` of log wealth, `fall` from the peak. */
export interface UnitBounds {
  readonly floor: number
  readonly fall: number
  readonly target: number
  readonly limit: number
}

/** The bounds of a path in units of 2^-bits. */
export function unitBounds(bits: number, bounds: LogBounds): UnitBounds {
  const scale = 2 ** bits
  return {
    floor: Math.floor((bounds.floor + TOUCH) * scale),
    fall: Math.ceil(-(bounds.trailingFloor + TOUCH) * scale),
    target: Math.ceil((bounds.target - TOUCH) * scale),
    limit: Math.floor((bounds.limit + TOUCH) * scale),
  }
}

/**
 * Follows log growths in whole units of 2^-bits: sums are exact, so the result is the kernels' to the last bit. A path
 * with `stops` ends where it touches a floor.
 */
export function logWalk(bits: number, { floor, fall, target, limit }: UnitBounds, stops: boolean): Walk {
  const unit = 2 ** -bits
  return (outcomes, into, at, fan) => {
    let wealth = 0
    let under = 0
    let depth = 0
    let lowest = 0
    let dry = 0
    let longestDry = 0
    let streak = 0
    let longestStreak = 0
    let reached: number = FIRST_REACHED.neither
    let kept = 0
    for (let step = 0; step < outcomes.length;) {
      const x = outcomes[step++] as number
      wealth += x
      under -= x
      if (under < 0) under = 0
      if (under > depth) depth = under
      if (wealth < lowest) lowest = wealth
      dry = under > 0 ? dry + 1 : 0
      if (dry > longestDry) longestDry = dry
      streak = x < 0 ? streak + 1 : 0
      if (streak > longestStreak) longestStreak = streak
      if (reached === FIRST_REACHED.neither) {
        if (wealth >= target) reached = FIRST_REACHED.target
        else if (wealth <= limit) reached = FIRST_REACHED.limit
      }
      if (fan?.steps[kept] === step) fan.row[kept++] = wealth * unit
      if (stops && (wealth <= floor || under >= fall)) break
    }
    if (fan !== undefined) fan.row.fill(wealth * unit, kept)
    into.logEquity[at] = wealth * unit
    into.logDepth[at] = depth * unit
    into.logLowest[at] = lowest * unit
    if (into.underWater.length === 0) return
    into.underWater[at] = longestDry
    into.losingStreak[at] = longestStreak
    into.firstReached[at] = reached
  }
}
