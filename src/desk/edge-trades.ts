import type { TradeFilter } from '../contract/edge.ts'
import type { DayOf } from '../domain/edge/edge-history.ts'
import { invariant } from '../domain/kernel/invariant.ts'
import type { Trade } from '../domain/ledger/records.ts'
import type { Profile } from '../domain/profile.ts'
import { nextDayStart, periodStart, type AccountClock } from '../domain/trading-day.ts'
import { tradeSettings } from './studies-plan.ts'
import type { Workspace } from './workspace.ts'

/** Milliseconds of a day of 24 hours: what windows of trades are counted in. */
export const DAY_MS = 86_400_000

/** The account's closed trades up to now that a filter lets through, by exit time. */
export function tradesUnder(workspace: Workspace, { strategy, symbol, tag, from, to }: TradeFilter): readonly Trade[] {
  const { accountId } = workspace.account()
  const until = Math.min(to ?? Number.MAX_SAFE_INTEGER, workspace.now())
  const trades = workspace.book.trades(accountId, {
    ...(strategy === undefined ? {} : { strategy }),
    ...(symbol === undefined ? {} : { symbol }),
    ...(from === undefined ? {} : { from }),
    to: until,
  })
  return tag === undefined ? trades : trades.filter((trade) => trade.tag === tag)
}

/** A filter in words: `strategy breakout, AAPL`. */
export function sayFilter({ strategy, symbol, tag }: TradeFilter): string {
  const words = [
    ...(strategy === undefined ? [] : [`strategy ${strategy}`]),
    ...(symbol === undefined ? [] : [symbol]),
    ...(tag === undefined ? [] : [`tag ${tag}`]),
  ]
  return words.length === 0 ? 'all trades' : words.join(', ')
}

/** The window of days and the least count of trades that a profile judges a method's edge by. */
export function windowOf(
  profile: Profile,
  methodId: string,
): { readonly windowDays: number; readonly minimumTrades: number } {
  const settings = tradeSettings(profile, methodId)
  invariant(settings !== undefined, 'a profile has the settings of every method')
  return settings
}

/** Finds the account's trading day of an instant; instants of one day after each other are found at once. */
export function tradingDays(clock: AccountClock): DayOf {
  let found = { start: 0, next: 0 }
  return (at) => {
    if (at < found.start || at >= found.next)
      found = { start: periodStart(at, 'day', clock), next: nextDayStart(at, clock) }
    return found
  }
}
