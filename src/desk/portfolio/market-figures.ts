import { DAYS_PER_YEAR } from '../../domain/calendar.ts'
import type { Reason } from '../../domain/kernel/reason.ts'
import { err, ok, type Result } from '../../domain/kernel/result.ts'
import type { DailyCloses } from '../../domain/market/aligned-returns.ts'
import { correlationStudy } from '../../domain/market/correlation-study.ts'
import { expectedReturn } from '../../domain/market/expected-return.ts'
import { logReturns } from '../../domain/market/log-returns.ts'
import type { LeftOut } from '../../domain/market/markets-pairs.ts'
import { settingsOf, studyMarkets, type MarketsStudy } from '../../domain/market/markets-study.ts'
import type { SymmetricEigen } from '../../domain/stats/symmetric-eigen.ts'
import type { BookReader } from '../ports.ts'
import { dailyCloses } from './daily-closes.ts'
import type { CorrelationKind, StudyFrame } from './ports.ts'
import type { StudyAge } from '../../contract/portfolio/study.ts'

/** What portfolios are weighed by: in the order of `symbols`; a year, fractions. */
export interface MarketFigures {
  readonly symbols: readonly string[]
  /** n × n row by row. */
  readonly correlation: readonly number[]
  readonly volatility: readonly number[]
  /** Mean simple return of the last year; `null` with less than half a year of bars. */
  readonly expected: readonly (number | null)[]
  readonly leftOut: readonly LeftOut[]
  readonly study: StudyAge
  readonly notes: readonly string[]
}

const YEAR_OF_BARS = 370

/** Correlations, volatilities and expected returns of the instruments of a frame; of one alone its volatility. */
export function marketFigures(
  book: BookReader,
  frame: StudyFrame,
  kind: CorrelationKind,
  eigen: SymmetricEigen,
): Result<MarketFigures, Reason> {
  // Expected returns look back a year, whatever the correlations do.
  const closes = dailyCloses(book, frame.symbols, frame.at, Math.max(frame.lookBack, YEAR_OF_BARS))
  const settings = { ...settingsOf(frame.lookBack), linkage: frame.linkage }
  if (closes.length === 1) {
    const alone = correlationStudy(closes, settings)
    if (!alone.ok) return alone
    const { symbols, correlation, volatility, at, periods } = alone.value
    const study = { at, age: frame.at - at, lookback: frame.lookBack, periods, from: '', to: isoDay(at - 1) }
    return ok({
      symbols,
      correlation,
      volatility,
      expected: closes.map(expectedOf),
      leftOut: [],
      study,
      notes: ['One instrument alone has no correlation.'],
    })
  }
  const study = studyMarkets(closes, settings, eigen)
  return study.ok ? ok(figuresOf(study.value, closes, frame.at, kind)) : err(study.error)
}

function figuresOf(
  study: MarketsStudy,
  closes: readonly DailyCloses[],
  now: number,
  kind: CorrelationKind,
): MarketFigures {
  const { symbols, volatility, leftOut, settings, periods, from, to, at, notes } = study
  const matrix = { raw: study.sample, shrunk: study.shrunk.matrix, denoised: study.denoised }[kind]
  return {
    symbols,
    correlation: [...matrix],
    volatility,
    expected: symbols.map((symbol) => {
      const own = closes.find((one) => one.symbol === symbol)
      return own === undefined ? null : expectedOf(own)
    }),
    leftOut,
    study: { at, age: now - at, lookback: settings.lookBack, periods, from, to },
    notes: [...notes, `Correlations used: ${kind}.`],
  }
}

function expectedOf({ close, calendar }: DailyCloses): number | null {
  const year = DAYS_PER_YEAR[calendar]
  const returns = logReturns(close)
  const last = returns.subarray(Math.max(0, returns.length - year))
  return last.length < year / 2 ? null : (expectedReturn(last, year)?.value ?? null)
}

function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
