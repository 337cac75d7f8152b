import { packMatrix } from '../../contract/matrix-codec.ts'
import type { AssetCoverage, StudyView } from '../../contract/portfolio/study.ts'
import type { DailyCloses } from '../../domain/market/aligned-returns.ts'
import { LOOK_BACK } from '../../domain/market/asset-metrics.ts'
import { RISKMETRICS_DECAY } from '../../domain/market/ewma-volatility.ts'
import type { PairFigures } from '../../domain/market/markets-pairs.ts'
import { volatilityOf, type MarketsStudy } from '../../domain/market/markets-study.ts'
import { LEAST_PERIODS } from '../../domain/stats/weighted-correlation.ts'
import { sayAge } from '../../domain/freshness.ts'

/** Pairs with periods missing that are listed; their number is always told. */
const MOST_PAIRS = 500

const FAULTS: Readonly<Record<NonNullable<PairFigures['fault']>, string>> = {
  too_few_periods: `fewer than ${LEAST_PERIODS}, so it is not measured`,
  constant: 'one of them did not move, so it is not measured',
  not_finite: 'a price is broken, so it is not measured',
}

/** A study of markets as it is shown, with what is missing in words. */
export function studyView(study: MarketsStudy, instruments: readonly DailyCloses[], now: number): StudyView {
  const { symbols, pairs, periods } = study
  const n = symbols.length
  const poor = pairs.filter((pair) => pair.measured === null || pair.periods < periods)
  const cells = cellsOf(study)
  const first = `${n} instruments over ${periods} periods from ${study.from} to ${study.to}`
  const age = now - study.at
  return {
    at: study.at,
    age,
    lookback: study.settings.lookBack,
    periods,
    from: study.from,
    to: study.to,
    interval: '1d',
    halfLife: study.settings.halfLife,
    effective: study.effective,
    leastCommon: study.leastCommon,
    symbols: [...symbols],
    leftOut: study.leftOut.map(({ symbol, says }) => ({ symbol, says: `${symbol} is left out: ${says}.` })),
    assets: assetsOf(study, instruments),
    missing: poor
      .toSorted((a, b) => a.periods - b.periods)
      .slice(0, MOST_PAIRS)
      .map(({ a, b, periods: common, fault }) => ({
        a,
        b,
        periods: common,
        says: `${a} and ${b} have ${common} of ${periods} periods in common${fault === null ? '' : `: ${FAULTS[fault]}`}.`,
      })),
    missingPairs: poor.length,
    raw: packMatrix(study.sample, n),
    shrunk: packMatrix(study.shrunk.matrix, n),
    denoised: packMatrix(study.denoised, n),
    low: packMatrix(cells.low, n),
    high: packMatrix(cells.high, n),
    counts: packMatrix(cells.counts, n),
    repair: study.repair,
    shrinkage: { intensity: study.shrunk.intensity, meanCorrelation: study.shrunk.meanCorrelation },
    order: [...study.clusters.order],
    merges: study.clusters.merges.map((merge) => ({ ...merge })),
    eigenvalues: [...study.eigenvalues],
    noise: { low: study.noise.low, high: study.noise.high },
    signals: study.signals,
    absorption: { ratio: study.absorption.ratio, components: study.absorption.vectors },
    notes: [...study.notes],
    says: `${first}, ${sayAge(Math.max(0, age))} old${study.leftOut.length === 0 ? '' : `; ${study.leftOut.length} left out`}${poor.length === 0 ? '' : `; ${poor.length} of ${pairs.length} pairs lack periods`}.`,
  }
}

function cellsOf({ symbols, pairs }: MarketsStudy): Readonly<Record<'low' | 'high' | 'counts', Float64Array>> {
  const n = symbols.length
  const place = new Map(symbols.map((symbol, i) => [symbol, i]))
  const empty = (): Float64Array => new Float64Array(n * n).fill(Number.NaN)
  const [low, high, counts] = [empty(), empty(), empty()]
  for (const { a, b, periods, measured } of pairs) {
    const [i, j] = [place.get(a), place.get(b)]
    if (i === undefined || j === undefined) continue
    const at = Math.min(i, j) * n + Math.max(i, j)
    low[at] = measured?.low ?? Number.NaN
    high[at] = measured?.high ?? Number.NaN
    counts[at] = periods
  }
  return { low, high, counts }
}

function assetsOf(study: MarketsStudy, instruments: readonly DailyCloses[]): AssetCoverage[] {
  const leftOut = new Map(study.leftOut.map(({ symbol, says }) => [symbol, says]))
  return study.coverage.map(({ symbol, known, before, after, gaps }, i) => {
    const instrument = instruments[i]
    const volatility = instrument === undefined ? undefined : volatilityOf(instrument)
    const parts = [
      ...(before === 0 ? [] : [`${before} before its first bar`]),
      ...(gaps === 0 ? [] : [`${gaps} between bars`]),
      ...(after === 0 ? [] : [`${after} after its last bar`]),
    ]
    const missing = parts.length === 0 ? 'No period is missing' : `Periods missing: ${parts.join(', ')}`
    const why = leftOut.get(symbol)
    return {
      symbol,
      calendar: instrument?.calendar ?? '',
      studied: why === undefined,
      known,
      before,
      after,
      gaps,
      volatility: volatility ?? null,
      volatilityMethod: `exponentially weighted, λ ${RISKMETRICS_DECAY}, ${LOOK_BACK} log returns`,
      says: `${known === 0 ? 'It has no daily bars there' : missing}${why === undefined ? '.' : `; left out: ${why}.`}`,
    }
  })
}
