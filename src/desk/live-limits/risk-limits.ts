import type { LimitReading } from '../../contract/limits.ts'
import type { Book } from '../../domain/book.ts'
import type { PairTogether } from '../../domain/governor/book-risk.ts'
import { fromFloat, say, sayPercent, text, toFloat, ZERO, type Dec } from '../../domain/kernel/money.ts'
import type { Profile } from '../../domain/profile.ts'
import { reading } from '../limit-readings.ts'
import type { StandingRisk } from './standing-risk.ts'

interface OpenRiskSettings {
  readonly max: Dec
  readonly form: string
  readonly adjustment: Dec
}

interface PairSettings {
  readonly max: Dec
  readonly threshold: Dec
}

/** Pairs that are shown: those nearest to the limit. */
const MOST_PAIRS = 5

/** The limits that look at correlations, counted as they count before an order: open risk, volatility, pairs. */
export function riskLimits(
  risk: StandingRisk,
  book: Book,
  profile: Profile,
  currency: string,
  equity: Dec | null,
): LimitReading[] {
  const settings = (rule: string): unknown => profile.ceilings.get(rule)
  const known = book.unknown.length === 0 ? equity : null
  const together = settings('portfolio_risk') as OpenRiskSettings | undefined
  const volatility = settings('portfolio_vol') as { readonly max: Dec } | undefined
  const pair = settings('correlated_pair') as PairSettings | undefined
  return [
    ...(together === undefined ? [] : [openRisk(risk, together, currency, known)]),
    ...(volatility === undefined ? [] : [portfolioVolatility(risk, volatility.max, known)]),
    ...(pair === undefined ? [] : pairs(risk, pair, currency, known)),
  ]
}

function openRisk(
  risk: StandingRisk,
  { max, form, adjustment }: OpenRiskSettings,
  currency: string,
  equity: Dec | null,
): LimitReading {
  const limit = equity?.times(max) ?? null
  const apart = risk.unknown.length === 0 ? '' : ` Not studied, so counted at the worst: ${risk.unknown.join(', ')}.`
  const most = `may be ${sayPercent(max)} of equity`
  const penalty = fromFloat(1 + risk.together * (toFloat(adjustment) - 1))
  const [used, says] =
    form === 'correlated'
      ? [
          fromFloat(risk.correlated),
          `Open risk ${most}; correlated it is ${say(fromFloat(risk.correlated))} ${currency}, added up ${say(fromFloat(risk.added))}, with all correlations at 1 it is ${say(fromFloat(risk.stressed))}.`,
        ]
      : [
          fromFloat(risk.added).times(penalty),
          `Open risk ${most}; it is ${say(fromFloat(risk.added))} ${currency} × ${say(penalty, 4)} for a mean correlation of ${risk.together.toFixed(2)}.`,
        ]
  return reading('portfolio_risk', 'Open risk', null, limit === null ? null : used, limit, `${says}${apart}`)
}

function portfolioVolatility({ volatility, study }: StandingRisk, max: Dec, equity: Dec | null): LimitReading {
  const put = (used: Dec | null, says: string): LimitReading =>
    reading('portfolio_vol', 'Portfolio volatility', null, used, max, says, 'fraction')
  if (equity === null) return put(null, 'Equity or an exposure is not known, so the volatility is not.')
  if ('missing' in volatility)
    return put(null, `The ${volatility.missing} is not known: ${study?.study.source ?? 'it was not studied'}.`)
  const used = fromFloat(volatility.amount / toFloat(equity))
  const rests = study === null ? 'nothing is held' : `${study.study.source}, bars to ${isoDay(study.study.at)}`
  return put(used, `Volatility may be ${sayPercent(max)} a year; it is ${sayPercent(used)} (${rests}).`)
}

/** The largest pairs that move together; one line without use where none does. */
function pairs(
  risk: StandingRisk,
  { max, threshold }: PairSettings,
  currency: string,
  equity: Dec | null,
): LimitReading[] {
  const limit = equity?.times(max) ?? null
  const put = (subject: string | null, used: Dec, says: string): LimitReading =>
    reading('correlated_pair', 'Correlated pair', subject, limit === null ? null : used, limit, says)
  const above = risk.pairsAbove(toFloat(threshold), MOST_PAIRS)
  if (above.length === 0)
    return [put(null, ZERO, `No two positions move together above a correlation of ${text(threshold)}.`)]
  return above.map((one) =>
    put(
      one.symbols.join('/'),
      one.size,
      `${one.symbols.join(' and ')} (${howTogether(one)}) within ${sayPercent(max)} of equity together; they are ${say(one.size)} ${currency}.`,
    ),
  )
}

function howTogether({ correlation }: PairTogether): string {
  return correlation === undefined
    ? 'not studied, so counted as moving together'
    : `correlation ${correlation.toFixed(2)} as they are held`
}

function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
