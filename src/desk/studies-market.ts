import { DAYS_PER_YEAR } from '../domain/calendar.ts'
import { convert } from '../domain/fx.ts'
import type { InstrumentSpec, Reading } from '../domain/inputs.ts'
import { fromFloat, readPositive, text } from '../domain/kernel/money.ts'
import { INTERVAL_MS, type Bar } from '../domain/ledger/records.ts'
import { assetMetrics, AVERAGED, LOOK_BACK, type AssetMetrics } from '../domain/market/asset-metrics.ts'
import { RISKMETRICS_DECAY } from '../domain/market/ewma-volatility.ts'
import { liquidityScore } from '../domain/market/liquidity-score.ts'
import type { Profile } from '../domain/profile.ts'
import type { MarketStudy } from '../domain/studies.ts'
import type { AccountRecord, BookReader } from './ports.ts'
import type { MarketMember } from './studies-plan.ts'

/** An instrument measured by its daily bars, with the end of the last one. */
export interface MeasuredInstrument {
  readonly metrics: AssetMetrics
  readonly bars: number
  readonly at: number | null
  /** Last close, price units. */
  readonly close: number
}

/** Measures an instrument by its daily bars complete at an instant. */
export function measureInstrument(
  book: BookReader,
  spec: InstrumentSpec,
  at: number,
  { riskFree, rangePeriod }: { readonly riskFree: number; readonly rangePeriod: number },
): MeasuredInstrument {
  const bars = book.bars(spec.symbol, '1d', at, DAYS_PER_YEAR[spec.calendar] + LOOK_BACK + 1)
  const last = bars.at(-1)
  const column = (name: 'open' | 'high' | 'low' | 'close'): Float64Array =>
    Float64Array.from(bars, (bar) => Number(bar[name]))
  const close = column('close')
  return {
    metrics: assetMetrics(
      { open: column('open'), high: column('high'), low: column('low'), close, volume: bars.map(volumeOf) },
      spec.calendar,
      riskFree,
      rangePeriod,
    ),
    bars: bars.length,
    at: last === undefined ? null : last.at + INTERVAL_MS['1d'],
    close: close.at(-1) ?? Number.NaN,
  }
}

/** Bars of the average true range, and the risk-free rate a year, as the profile sets them. */
export function measureSettings(profile: Profile): { readonly riskFree: number; readonly rangePeriod: number } {
  const range = profile.methods.get('fixed_risk_atr') as { readonly period: number } | undefined
  const forecast = profile.methods.get('kelly_continuous') as { readonly riskFree: { toNumber(): number } } | undefined
  return { riskFree: forecast?.riskFree.toNumber() ?? 0, rangePeriod: range?.period ?? 14 }
}

/** The members of a market study that are looked at, each with its method, source and time; the others stay unread. */
export function marketStudy(
  measured: MeasuredInstrument,
  members: ReadonlySet<MarketMember>,
  liquidity: () => Reading,
): MarketStudy {
  const { metrics, bars, at } = measured
  const { levels, expected } = metrics
  const reading = (member: MarketMember, value: number | undefined, source: string): Reading => {
    if (!members.has(member)) return UNREAD
    if (value === undefined || !Number.isFinite(value))
      return { value: null, source: `${bars} daily bars are not enough for: ${source}`, at: null }
    return { value: text(fromFloat(value)), source, at }
  }
  const ranked = `percentile of its own volatility over ${levels?.days ?? 'half a year of'} days`
  return {
    volatility: reading(
      'volatility',
      metrics.volatility,
      `EWMA (λ ${RISKMETRICS_DECAY}) of ${LOOK_BACK} daily returns`,
    ),
    volatilityLow: reading('volatilityLow', levels?.low, `33rd ${ranked}`),
    volatilityHigh: reading('volatilityHigh', levels?.high, `80th ${ranked}`),
    expectedReturn: reading(
      'expectedReturn',
      expected?.value,
      `mean of ${metrics.returns} daily returns, standard error ${expected === undefined ? 'not known' : `${(expected.standardError * 100).toFixed(1)} %`} a year`,
    ),
    atrMean: reading('atrMean', metrics.meanRange, `mean range of the last ${AVERAGED} daily bars`),
    averageDailyVolume: reading(
      'averageDailyVolume',
      metrics.averageDailyVolume,
      `mean of the last ${AVERAGED} daily bars`,
    ),
    liquidity: members.has('liquidity') ? liquidity() : UNREAD,
  }
}

/** The account's equity against the money traded a day: from 0 to 1. */
export function liquidityReading(
  book: BookReader,
  account: AccountRecord,
  spec: InstrumentSpec,
  measured: MeasuredInstrument,
  equity: string | null,
  at: number,
): Reading {
  const none = (source: string): Reading => ({ value: null, source, at: null })
  const volume = measured.metrics.averageDailyVolume
  if (volume === undefined) return none(`${AVERAGED} daily bars with their volume are needed`)
  const own = readPositive(equity, 'equity')
  const rate = convert(spec.currency, account.currency, book.rates(at))
  if (!own.ok) return none('the equity of the account is not known')
  if (!rate.ok) return none(rate.error.says)
  const traded = volume * measured.close * Number(spec.pointValue) * rate.value.rate.toNumber()
  if (!(traded >= 0)) return none('a price or volume of its bars is broken')
  return {
    value: text(fromFloat(liquidityScore(own.value.toNumber(), traded))),
    source: `equity against 1 % of the money traded a day, ${AVERAGED} daily bars`,
    at: measured.at,
  }
}

const UNREAD: Reading = { value: null, source: 'nothing looks at it', at: null }

function volumeOf({ volume }: Bar): number | null {
  return volume === null ? null : Number(volume)
}
