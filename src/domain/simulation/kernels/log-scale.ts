/** How log wealth is counted: whole units of 2^-bits, so that sums of trades are exact in any grouping. */
export interface LogScale {
  readonly bits: number
  /** Whether every sum of the run fits 32-bit integers, which the fast kernels need. */
  readonly compact: boolean
}

const COMPACT_LIMIT = 2 ** 30
const FEWEST_COMPACT_BITS = 20
const WIDE_BITS = 30

/**
 * The finest scale for `steps` trades whose log growth is at most `largest` in size. One trade is rounded by at most half
 * a unit; a run of 1,000 trades of at most 5 % keeps its log wealth to a few millionths.
 */
export function logScale(steps: number, largest: number): LogScale {
  const bits = Math.min(WIDE_BITS, Math.floor(Math.log2(COMPACT_LIMIT / Math.max(steps * largest, 1e-6))))
  return bits < FEWEST_COMPACT_BITS ? { bits: WIDE_BITS, compact: false } : { bits, compact: true }
}

/** Rounds log growths to whole units of `scale`. */
export function inUnits(growths: readonly number[], scale: LogScale): Float64Array {
  return Float64Array.from(growths, (growth) => Math.round(growth * 2 ** scale.bits))
}
