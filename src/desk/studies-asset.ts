import type { AssetMetrics } from '../contract/edge.ts'
import { fromFloat, text } from '../domain/kernel/money.ts'
import { LOOK_BACK } from '../domain/market/asset-metrics.ts'
import { DeskRefusal } from './refusal.ts'
import { liquidityReading, measureInstrument, measureSettings } from './studies-market.ts'
import type { Workspace } from './workspace.ts'

/** Everything measured of an instrument by its daily bars, each figure with how it was made. */
export function assetMetricsOf(workspace: Workspace, symbol: string): AssetMetrics {
  const { book } = workspace
  const spec = book.instrument(symbol)
  if (spec === undefined)
    throw new DeskRefusal(
      'NOT_FOUND',
      `${symbol} is not a known instrument: import it or add it in Settings.`,
      'symbol',
    )
  const at = workspace.readAt()
  const account = workspace.account()
  const { profile } = workspace.activeProfile()
  const { riskFree, rangePeriod } = measureSettings(profile)
  const measured = measureInstrument(book, spec, at, { riskFree, rangePeriod })
  const { metrics } = measured
  const measure = (value: number | undefined, method: string): AssetMetrics['volatility'] => ({
    value: value === undefined || !Number.isFinite(value) ? null : text(fromFloat(value)),
    method,
  })
  const liquidity = liquidityReading(
    book,
    account,
    spec,
    measured,
    workspace.accountInput(account, at).equity.value,
    at,
  )
  return {
    symbol,
    clusters: [...spec.clusters],
    at: measured.at,
    bars: measured.bars,
    expectedReturn: measure(
      metrics.expected?.value,
      `mean simple return of ${metrics.returns} days times days a year, standard error ${metrics.expected === undefined ? 'not known' : text(fromFloat(metrics.expected.standardError))}`,
    ),
    volatility: measure(metrics.volatility, `exponentially weighted, λ 0.94, ${LOOK_BACK} daily log returns`),
    realised: measure(metrics.realised, `standard deviation (n − 1) of ${LOOK_BACK} daily log returns`),
    parkinson: measure(metrics.parkinson, `Parkinson, high and low of ${LOOK_BACK} days, without gaps`),
    garmanKlass: measure(metrics.garmanKlass, `Garman-Klass, four prices of ${LOOK_BACK} days, without gaps`),
    sharpe: measure(metrics.sharpe, `expected return less ${riskFree} risk-free, over volatility`),
    liquidity: { value: liquidity.value, method: liquidity.source },
    momentum: measure(
      metrics.momentum,
      'log return of the year without its last month in standard deviations, cut at ±3 and divided by 3',
    ),
    meanReversion: measure(
      metrics.meanReversion,
      'standard deviations of 20 closes that the last one lies below their mean, cut at ±3 and divided by 3',
    ),
  }
}
