import type { LiveRisk } from '../../contract/live-limits.ts'
import type { Book } from '../../domain/book.ts'
import { bookRisk, type BookRisk } from '../../domain/governor/book-risk.ts'
import { fromFloat, rounded, toFloat, type Dec } from '../../domain/kernel/money.ts'
import type { Profile } from '../../domain/profile.ts'
import type { Workspace } from '../workspace.ts'
import { liveStudy, type LiveStudy } from './live-study.ts'

/** The correlated risk of the book with the study it rests on. */
export interface StandingRisk extends BookRisk {
  readonly study: LiveStudy | null
}

/** The correlated risk of the open book as it stands. */
export function standingRisk(workspace: Workspace, book: Book, profile: Profile): StandingRisk {
  const { positions, working } = book.input
  const held = [...new Set([...positions, ...working].map(({ symbol }) => symbol))]
  const study = liveStudy(workspace, held)
  return { ...bookRisk(book, profile.general.gapLoss, study?.study ?? null), study }
}

/** The same for the screen; figures are `null` while equity or an exposure is not known. */
export function liveRisk(risk: StandingRisk, equity: Dec | null, now: number): LiveRisk {
  const money = (amount: number): string | null => (equity === null ? null : rounded(fromFloat(amount)))
  const share = (value: number | undefined): string | null => (value === undefined ? null : rounded(fromFloat(value)))
  const { volatility, study } = risk
  const whole = equity === null || 'missing' in volatility ? undefined : volatility.amount / toFloat(equity)
  return {
    volatility: share(whole),
    correlated: money(risk.correlated),
    added: money(risk.added),
    stressed: money(risk.stressed),
    contributions:
      equity === null
        ? []
        : [...risk.shares]
            .sort((a, b) => (b.ofVolatility ?? b.ofRisk ?? 0) - (a.ofVolatility ?? a.ofRisk ?? 0))
            .map((one) => ({
              symbol: one.symbol,
              weight: rounded(fromFloat(one.exposure / toFloat(equity))),
              volatility: share(one.volatility),
              ofVolatility: share(one.ofVolatility),
              risk: rounded(fromFloat(one.risk)),
              ofRisk: share(one.ofRisk),
            })),
    study:
      study === null
        ? null
        : {
            at: study.study.at,
            age: Math.max(0, now - study.study.at),
            madeAt: study.madeAt,
            periods: study.study.periods,
            source: study.study.source,
          },
    unknown: [
      ...('missing' in volatility
        ? [
            `Portfolio volatility: the ${volatility.missing} is not known (${study?.study.source ?? 'nothing is held'}).`,
          ]
        : []),
      ...(risk.unknown.length === 0 ? [] : [`Counted as moving together, not studied: ${risk.unknown.join(', ')}.`]),
    ],
  }
}
