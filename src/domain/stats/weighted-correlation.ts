import { invariant } from '../kernel/invariant.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { correlationInterval } from './correlation-interval.ts'
import { isMovement } from './moves.ts'

/** Common periods below which a correlation is not measured (SPEC 6). */
export const LEAST_PERIODS = 20

/** Correlation of two series over the periods both have. */
export interface PairCorrelation {
  /** From −1 to 1. */
  readonly correlation: number
  /** Periods both series have. */
  readonly periods: number
  /** What they count for after weighting: (Σw)² / Σw². */
  readonly effective: number
  /** Ends of the 95 % interval. */
  readonly low: number
  readonly high: number
}

/** Why two series have no correlation. */
export type PairFault = 'too_few_periods' | 'constant' | 'not_finite'

/** How two series are compared. */
export interface PairOptions {
  /** About the weighted means, or about zero as RiskMetrics does. */
  readonly centre?: 'mean' | 'zero'
  /** Common periods below which the answer is `too_few_periods`; at least 4. */
  readonly least?: number
}

/**
 * Pearson's correlation of two equally long series under positive weights, over the periods where neither is NaN: a missing
 * value is left out, never filled. The 95 % interval is Fisher's with the effective number of periods.
 */
export function weightedCorrelation(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  weights: ArrayLike<number>,
  { centre = 'mean', least = LEAST_PERIODS }: PairOptions = {},
): Result<PairCorrelation, PairFault> {
  invariant(a.length === b.length && a.length === weights.length, 'two series and their weights are equally long')
  invariant(least >= 4, 'a correlation needs at least four periods')
  let periods = 0
  let total = 0
  let squares = 0
  let sumA = 0
  let sumB = 0
  for (let i = 0; i < a.length; i++) {
    const x = a[i] as number
    const y = b[i] as number
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    const w = weights[i] as number
    periods += 1
    total += w
    squares += w * w
    sumA += w * x
    sumB += w * y
  }
  if (!Number.isFinite(sumA) || !Number.isFinite(sumB)) return err('not_finite')
  const effective = squares === 0 ? 0 : (total * total) / squares
  if (periods < least || effective <= 3) return err('too_few_periods')
  const [centreA, centreB] = centre === 'zero' ? [0, 0] : [sumA / total, sumB / total]
  let both = 0
  let squareA = 0
  let squareB = 0
  let sizeA = 0
  let sizeB = 0
  for (let i = 0; i < a.length; i++) {
    const x = a[i] as number
    const y = b[i] as number
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    const w = weights[i] as number
    const p = x - centreA
    const q = y - centreB
    both += w * p * q
    squareA += w * p * p
    squareB += w * q * q
    sizeA += w * x * x
    sizeB += w * y * y
  }
  if (!isMovement(squareA, sizeA) || !isMovement(squareB, sizeB)) return err('constant')
  const correlation = Math.max(-1, Math.min(1, both / Math.sqrt(squareA) / Math.sqrt(squareB)))
  return ok({ correlation, periods, effective, ...correlationInterval(correlation, effective) })
}
