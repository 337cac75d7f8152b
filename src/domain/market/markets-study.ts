import { DAYS_PER_YEAR } from '../calendar.ts'
import { invariant } from '../kernel/invariant.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { absorptionRatio, type AbsorptionRatio } from '../stats/absorption-ratio.ts'
import { clusterOrder, type ClusterOrder, type Linkage } from '../stats/cluster-order.ts'
import { correlationPairs, matrixOfPairs, type MeasuredPair } from '../stats/correlation-pairs.ts'
import { denoisedCorrelation } from '../stats/denoised-correlation.ts'
import { nearestCorrelation } from '../stats/nearest-correlation.ts'
import { noiseBand, type NoiseBand } from '../stats/noise-band.ts'
import { periodWeights } from '../stats/period-weights.ts'
import { shrunkCorrelation, type ShrunkCorrelation } from '../stats/shrunk-correlation.ts'
import { symmetricEigen, type SymmetricEigen } from '../stats/symmetric-eigen.ts'
import { LEAST_PERIODS } from '../stats/weighted-correlation.ts'
import { alignReturns, isoDay, type AlignedReturns, type DailyCloses } from './aligned-returns.ts'
import { LOOK_BACK } from './asset-metrics.ts'
import { ewmaVolatility, RISKMETRICS_DECAY } from './ewma-volatility.ts'
import { logReturns } from './log-returns.ts'
import { leaveOut, pairFigures, type LeftOut, type PairFigures } from './markets-pairs.ts'

/** How instruments are studied together. */
export interface MarketsSettings {
  /** Periods looked back on: 60 unless said otherwise, 250 for a matrix built from files (SPEC 6). */
  readonly lookBack: number
  /** Periods after which a weight halves; Infinity weighs all alike. A third of the look-back unless said otherwise. */
  readonly halfLife: number
  readonly linkage: Linkage
}

/** 60 days with a half-life of 20, average linkage. */
export const MARKETS_SETTINGS: MarketsSettings = { lookBack: 60, halfLife: 20, linkage: 'average' }

/** The settings of a look-back: half-life a third of it. */
export const settingsOf = (lookBack: number): MarketsSettings => ({
  ...MARKETS_SETTINGS,
  lookBack,
  halfLife: lookBack / 3,
})

/** Several instruments studied together. Matrices are n × n row by row in the order of `symbols`. */
export interface MarketsStudy {
  /** The instruments that every pair of was measured. */
  readonly symbols: readonly string[]
  readonly leftOut: readonly LeftOut[]
  /** All pairs of all instruments, also those that could not be measured. */
  readonly pairs: readonly PairFigures[]
  /** Of the instruments in `symbols`. */
  readonly aligned: AlignedReturns
  /** What every instrument that was asked for has of the periods. */
  readonly coverage: AlignedReturns['coverage']
  /** The measured correlations, repaired to the nearest correlation matrix where they are none. */
  readonly sample: Float64Array
  /** Frobenius norm of the repair; 0 where none was needed. */
  readonly repair: number
  readonly shrunk: ShrunkCorrelation
  readonly denoised: Float64Array
  /** Of `sample`, from largest to smallest, with the unit eigenvectors row by row. */
  readonly eigenvalues: Float64Array
  readonly eigenvectors: Float64Array
  readonly noise: NoiseBand
  /** Eigenvalues above the noise edge. */
  readonly signals: number
  readonly absorption: AbsorptionRatio
  /** Of `sample`; numbers are places in `symbols`. */
  readonly clusters: ClusterOrder
  /** A year, fractions, each on its own calendar. */
  readonly volatility: readonly number[]
  /** Periods looked at; common periods a pair has at the least; effective periods on average, which the noise edge uses. */
  readonly periods: number
  readonly leastCommon: number
  readonly effective: number
  readonly settings: MarketsSettings
  /** First and last day, `YYYY-MM-DD`, and when the last bar was complete, UTC milliseconds. */
  readonly from: string
  readonly to: string
  readonly at: number
  /** What was done, a sentence each. */
  readonly notes: readonly string[]
}

const DAY_MS = 86_400_000

/**
 * Studies instruments together by their daily closes: exponentially weighted correlations of log returns on the periods
 * each pair has, their intervals, repaired (Higham), shrunk (Ledoit and Wolf) and denoised (Marchenko and Pastur), with
 * volatilities. An instrument with a pair that cannot be measured is left out and named. Refused with fewer than two left.
 */
export function studyMarkets(
  instruments: readonly DailyCloses[],
  settings: MarketsSettings = MARKETS_SETTINGS,
  eigen: SymmetricEigen = symmetricEigen,
): Result<MarketsStudy, Reason> {
  if (instruments.length < 2)
    return err(reason('INPUT_MISSING', 'A correlation needs at least two instruments: name another.', 'symbols'))
  const all = alignReturns(instruments, settings.lookBack)
  if (!all.ok) return all
  const weights = periodWeights(all.value.days.length, settings.halfLife)
  const pairs = correlationPairs(all.value.returns, weights)
  const volatility = instruments.map(volatilityOf)
  const { kept, leftOut } = leaveOut(all.value, pairs, volatility)
  if (kept.length < 2)
    return err(
      reason(
        'INPUT_MISSING',
        `Fewer than two instruments can be compared: ${leftOut.map(({ symbol, says }) => `${symbol} (${says})`).join(', ')}.`,
        'symbols',
      ),
    )
  const keptPairs = pairs
    .filter(({ a, b }) => kept.includes(a) && kept.includes(b))
    .map((pair) => ({ ...pair, a: kept.indexOf(pair.a), b: kept.indexOf(pair.b) }))
  const aligned = subsetOf(all.value, kept)
  const matrices = matricesOf(keptPairs, aligned.returns, weights, eigen)
  if (!matrices.ok) return matrices
  const { sample } = matrices.value
  return ok({
    ...matrices.value,
    symbols: aligned.symbols,
    leftOut,
    pairs: pairFigures(all.value, pairs),
    aligned,
    coverage: all.value.coverage,
    clusters: clusterOrder(sample, kept.length, settings.linkage),
    volatility: kept.map((i) => volatility[i] ?? Number.NaN),
    periods: aligned.days.length,
    settings,
    from: isoDay(aligned.from),
    to: isoDay(aligned.days.at(-1) ?? aligned.from),
    at: ((aligned.days.at(-1) ?? aligned.from) + 1) * DAY_MS,
    notes: notesOf(aligned, settings, matrices.value),
  })
}

/** EWMA volatility a year (λ 0.94, 30 log returns) on the instrument's own calendar; `undefined` with fewer, or without movement. */
export function volatilityOf({ close, calendar }: DailyCloses): number | undefined {
  const returns = logReturns(close)
  if (returns.length < LOOK_BACK) return undefined
  const found = ewmaVolatility(returns.subarray(-LOOK_BACK), RISKMETRICS_DECAY, DAYS_PER_YEAR[calendar])
  return Number.isFinite(found) && found > 0 ? found : undefined
}

type Matrices = Pick<
  MarketsStudy,
  | 'sample'
  | 'repair'
  | 'shrunk'
  | 'denoised'
  | 'eigenvalues'
  | 'eigenvectors'
  | 'noise'
  | 'signals'
  | 'absorption'
  | 'leastCommon'
  | 'effective'
>

function matricesOf(
  pairs: readonly MeasuredPair[],
  returns: readonly Float64Array[],
  weights: Float64Array,
  eigen: SymmetricEigen,
): Result<Matrices, Reason> {
  const n = returns.length
  const nearest = nearestCorrelation(matrixOfPairs(pairs, n), n, eigen)
  if (!nearest.ok)
    return err(
      reason(
        'INPUT_OUT_OF_RANGE',
        `The correlations of ${n} instruments with gaps contradict each other too much to be repaired: leave out the newest.`,
        'symbols',
      ),
    )
  const sample = nearest.value.matrix
  const parts = eigen(sample, n)
  const measured = pairs.map(({ found }) => {
    invariant(found.ok, 'the pairs that are kept were measured')
    return found.value
  })
  const effective = measured.reduce((sum, pair) => sum + pair.effective, 0) / measured.length
  const noise = noiseBand(n, effective)
  return ok({
    sample,
    repair: nearest.value.distance,
    shrunk: shrunkCorrelation(sample, returns, weights),
    denoised: denoisedCorrelation(parts, noise.high),
    eigenvalues: parts.values,
    eigenvectors: parts.vectors,
    noise,
    signals: parts.values.filter((value) => value >= noise.high).length,
    absorption: absorptionRatio(parts.values),
    leastCommon: Math.min(...measured.map(({ periods }) => periods)),
    effective,
  })
}

function subsetOf(aligned: AlignedReturns, kept: readonly number[]): AlignedReturns {
  const pick = <T>(values: readonly T[]): T[] => values.filter((_, i) => kept.includes(i))
  return {
    ...aligned,
    symbols: pick(aligned.symbols),
    returns: pick(aligned.returns),
    coverage: pick(aligned.coverage),
  }
}

function notesOf(
  { says, days }: AlignedReturns,
  { lookBack, halfLife, linkage }: MarketsSettings,
  { repair, shrunk, noise, effective }: Matrices,
): readonly string[] {
  const weighting = Number.isFinite(halfLife) ? `half-life ${halfLife.toFixed(1)} periods` : 'equal weights'
  return [
    says,
    `Correlations of ${days.length} periods (look-back ${lookBack}, ${weighting}), each pair on the periods both have, at least ${LEAST_PERIODS}; 95 % intervals by Fisher with the effective number of periods.`,
    repair === 0
      ? 'The measured matrix is a correlation matrix.'
      : `The measured matrix was none, and is replaced by the nearest (Higham), ${repair.toPrecision(2)} away.`,
    `Shrunk by ${(shrunk.intensity * 100).toFixed(1)} % to a constant correlation of ${shrunk.meanCorrelation.toFixed(2)} (Ledoit and Wolf 2004).`,
    `Denoised: eigenvalues below ${noise.high.toFixed(2)}, the edge for ${effective.toFixed(1)} effective periods, are replaced by their mean (Marchenko and Pastur).`,
    `Ordered by ${linkage} linkage on √(½(1 − ρ)) of the measured correlations.`,
    `Volatility a year is exponentially weighted (λ ${RISKMETRICS_DECAY}, ${LOOK_BACK} log returns) on each instrument's own calendar.`,
  ]
}
