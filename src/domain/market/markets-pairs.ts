import type { MeasuredPair } from '../stats/correlation-pairs.ts'
import { moves } from '../stats/moves.ts'
import { LEAST_PERIODS, type PairFault } from '../stats/weighted-correlation.ts'
import type { AlignedReturns } from './aligned-returns.ts'
import { LOOK_BACK } from './asset-metrics.ts'

/** An instrument that could not be studied with the others, and why. */
export interface LeftOut {
  readonly symbol: string
  readonly says: string
}

/** One pair as it is shown: what was measured, or why nothing was. */
export interface PairFigures {
  readonly a: string
  readonly b: string
  /** Periods both have. */
  readonly periods: number
  readonly measured: {
    readonly correlation: number
    readonly effective: number
    readonly low: number
    readonly high: number
  } | null
  readonly fault: PairFault | null
}

/** The pairs by symbol, with the periods both have also where nothing was measured. */
export function pairFigures(aligned: AlignedReturns, pairs: readonly MeasuredPair[]): readonly PairFigures[] {
  return pairs.map(({ a, b, found }) => ({
    a: aligned.symbols[a] ?? '',
    b: aligned.symbols[b] ?? '',
    periods: found.ok ? found.value.periods : commonPeriods(aligned, a, b),
    measured: found.ok
      ? {
          correlation: found.value.correlation,
          effective: found.value.effective,
          low: found.value.low,
          high: found.value.high,
        }
      : null,
    fault: found.ok ? null : found.error,
  }))
}

/**
 * Leaves out instruments until every pair of the rest was measured: first those whose volatility is not known, then, one by
 * one, the one with the most pairs missing (of equals the one with fewer returns). Answers the numbers of the rest.
 */
export function leaveOut(
  aligned: AlignedReturns,
  pairs: readonly MeasuredPair[],
  volatility: readonly (number | undefined)[],
): { readonly kept: readonly number[]; readonly leftOut: readonly LeftOut[] } {
  const kept = new Set(aligned.symbols.keys())
  const leftOut: LeftOut[] = []
  const drop = (i: number, says: string): void => {
    kept.delete(i)
    leftOut.push({ symbol: aligned.symbols[i] ?? '', says })
  }
  for (const [i, found] of volatility.entries())
    if (found === undefined) drop(i, `its volatility is not known: it needs ${LOOK_BACK} returns that move`)
  for (;;) {
    const missing = pairs.filter(({ a, b, found }) => !found.ok && kept.has(a) && kept.has(b))
    if (missing.length === 0) break
    const worst = worstOf(aligned, missing)
    const lacking = missing.filter(({ a, b }) => a === worst || b === worst)
    drop(worst, saysOf(aligned, worst, lacking))
  }
  return { kept: [...kept], leftOut }
}

function worstOf({ coverage }: AlignedReturns, missing: readonly MeasuredPair[]): number {
  const counts = new Map<number, number>()
  for (const { a, b } of missing) for (const i of [a, b]) counts.set(i, (counts.get(i) ?? 0) + 1)
  const known = (i: number): number => coverage[i]?.known ?? 0
  return [...counts].reduce((worst, next) =>
    next[1] > worst[1] || (next[1] === worst[1] && known(next[0]) < known(worst[0])) ? next : worst,
  )[0]
}

function saysOf(aligned: AlignedReturns, worst: number, lacking: readonly MeasuredPair[]): string {
  const flat = lacking.some(({ found }) => !found.ok && found.error === 'constant')
  if (flat && !moves(aligned.returns[worst] ?? new Float64Array())) return 'its price did not move'
  const fewest = lacking.reduce(
    (least, { a, b }) => {
      const other = a === worst ? b : a
      const periods = commonPeriods(aligned, worst, other)
      return periods < least.periods ? { periods, other } : least
    },
    { periods: Infinity, other: worst },
  )
  const symbol = aligned.symbols[fewest.other] ?? ''
  return fewest.periods < LEAST_PERIODS
    ? `it has ${fewest.periods} periods in common with ${symbol}, ${LEAST_PERIODS} are needed`
    : `one of it and ${symbol} did not move over the ${fewest.periods} periods both have`
}

function commonPeriods({ returns }: AlignedReturns, a: number, b: number): number {
  const [first, second] = [returns[a], returns[b]]
  if (first === undefined || second === undefined) return 0
  return first.reduce((count, value, t) => count + (Number.isNaN(value + (second[t] ?? Number.NaN)) ? 0 : 1), 0)
}
