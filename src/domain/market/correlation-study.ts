import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { CorrelationStudy } from '../studies.ts'
import { symmetricEigen, type SymmetricEigen } from '../stats/symmetric-eigen.ts'
import { alignReturns, type DailyCloses } from './aligned-returns.ts'
import {
  MARKETS_SETTINGS,
  studyMarkets,
  volatilityOf,
  type MarketsSettings,
  type MarketsStudy,
} from './markets-study.ts'

/**
 * What the governor looks at: denoised correlations and volatilities of the instruments that can be compared. One
 * instrument alone is its volatility. One that was left out is absent, and counts as the worst case there.
 */
export function correlationStudy(
  instruments: readonly DailyCloses[],
  settings: MarketsSettings = MARKETS_SETTINGS,
  eigen: SymmetricEigen = symmetricEigen,
): Result<CorrelationStudy, Reason> {
  const [only, ...others] = instruments
  if (only !== undefined && others.length === 0) return alone(only, settings)
  const study = studyMarkets(instruments, settings, eigen)
  return study.ok ? ok(correlationStudyOf(study.value)) : study
}

/** A study of several instruments as the governor takes it. */
export function correlationStudyOf(study: MarketsStudy): CorrelationStudy {
  const { lookBack, halfLife } = study.settings
  return {
    symbols: study.symbols,
    correlation: [...study.denoised],
    volatility: study.volatility,
    periods: study.leastCommon,
    source: `log returns of ${study.from} to ${study.to}, look-back ${lookBack}, half-life ${halfLife}, denoised`,
    at: study.at,
  }
}

function alone(only: DailyCloses, { lookBack }: MarketsSettings): Result<CorrelationStudy, Reason> {
  const aligned = alignReturns([only], lookBack)
  if (!aligned.ok) return aligned
  const volatility = volatilityOf(only)
  if (volatility === undefined)
    return err(
      reason('INPUT_MISSING', `The volatility of ${only.symbol} is not known: import more daily bars of it.`, 'bars'),
    )
  const { days, from } = aligned.value
  return ok({
    symbols: [only.symbol],
    correlation: [1],
    volatility: [volatility],
    periods: days.length,
    source: 'one instrument alone',
    at: ((days.at(-1) ?? from) + 1) * 86_400_000,
  })
}
