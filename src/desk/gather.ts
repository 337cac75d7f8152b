import type { DeskInput } from '../domain/desk-input.ts'
import { averageTrueRange } from '../domain/market/atr.ts'
import { ENGINE } from '../domain/governor/decide.ts'
import type {
  AccountInput,
  BookInput,
  DecisionInputs,
  OrderRequest,
  PositionInput,
  Reading,
  StrategyInput,
  WorkingOrderInput,
} from '../domain/inputs.ts'
import { fromFloat, text } from '../domain/kernel/money.ts'
import { INTERVAL_MS, type PriceMark } from '../domain/ledger/records.ts'
import { periodStart } from '../domain/trading-day.ts'
import type { Profile } from '../domain/profile.ts'
import type { AccountRecord, BookReader, DecisionRow } from './ports.ts'
import type { QuoteReadings } from './feed/live-market.ts'
import { gatherEdge, gatherStudies, startingEquity, type StudyFrame } from './studies.ts'
import { studiesPlan } from './studies-plan.ts'

const UNKNOWN: Reading = { value: null, source: 'not known', at: null }
/** How far back decisions are listed for the duplicate check: the widest window a profile may set. */
const RECENT_MS = 3_600_000

/** The account's open positions, orders on their way and rates at an instant, ready to be valued and hashed. */
export function gatherBook(
  book: BookReader,
  account: AccountRecord,
  at: number,
  working: readonly WorkingOrderInput[] = [],
): BookInput {
  const positions: PositionInput[] = []
  for (const holding of book.holdings(account.accountId, at)) {
    const spec = book.instrument(holding.symbol) ?? null
    const mark = book.lastMark(holding.symbol, at)
    positions.push({
      symbol: holding.symbol,
      strategy: holding.strategy,
      quantity: holding.quantity,
      averagePrice: holding.averagePrice,
      stop: holding.stop,
      mark: readingOf(mark),
      spec,
    })
  }
  return { accountId: account.accountId, currency: account.currency, at, positions, working, rates: book.rates(at) }
}

/** What the last known price says, as a reading. */
export function readingOf(mark: PriceMark | undefined): Reading {
  return mark === undefined ? UNKNOWN : { value: mark.price, source: mark.source, at: mark.at }
}

/** Average true range of the longest-known daily bars, else of the longest interval there is. */
export function rangeReading(book: BookReader, symbol: string, at: number, period: number): Reading {
  const intervals = book.barIntervals(symbol)
  const chosen =
    intervals.find(({ interval }) => interval === '1d') ??
    [...intervals].sort((a, b) => INTERVAL_MS[b.interval] - INTERVAL_MS[a.interval])[0]
  if (chosen === undefined) return UNKNOWN
  // Wilder's smoothing forgets: after 20 periods the seed weighs less than 1e-9 of a daily range of 14.
  const bars = book.bars(symbol, chosen.interval, at, period * 20 + 1)
  const last = bars.at(-1)
  if (last === undefined || bars.length < period + 1)
    return { ...UNKNOWN, source: `${bars.length} bars of ${chosen.interval}; ${period + 1} are needed` }
  const column = (name: 'high' | 'low' | 'close'): Float64Array => Float64Array.from(bars, (bar) => Number(bar[name]))
  const range = averageTrueRange(column('high'), column('low'), column('close'), period).at(-1)
  if (range === undefined || !Number.isFinite(range) || range <= 0)
    return { ...UNKNOWN, source: 'bars without a range' }
  return {
    value: text(fromFloat(range)),
    source: `ATR(${period}) of ${bars.length} bars of ${chosen.interval}`,
    at: last.at + INTERVAL_MS[chosen.interval],
  }
}

/**
 * Everything one decision looks at, read from the book at `at`. An order decided for another instant than now is on its way
 * nowhere, so that orders decided before count for its duplicate and rate checks only where it is `forNow`.
 */
export function gatherInputs(
  book: BookReader,
  account: AccountRecord,
  accountInput: AccountInput,
  profile: Profile,
  hashes: { readonly book: string; readonly profile: string },
  request: OrderRequest,
  at: number,
  forNow: boolean,
  beside: Pick<StudyFrame, 'held' | 'markets' | 'remember'>,
  desk?: DeskInput,
  quoted: QuoteReadings = { bid: UNKNOWN, ask: UNKNOWN },
): DecisionInputs {
  const symbol = typeof request.symbol === 'string' ? request.symbol.trim() : ''
  const code = typeof request.strategy === 'string' ? request.strategy.trim() : ''
  const strategy = code === '' ? null : (book.strategies().find((known) => known.code === code) ?? null)
  const recent = forNow ? book.recentDecisions(account.accountId, at - RECENT_MS) : []
  const range = profile.methods.get('fixed_risk_atr') as { readonly period: number } | undefined
  const plan = studiesPlan(profile, methodOf(request, strategy, profile))
  const frame: StudyFrame = { ...beside, book, account, profile, symbol, at, isNow: forNow }
  const studies = gatherStudies(frame, plan, accountInput)
  return {
    schema: 1,
    engine: ENGINE,
    at,
    bookKind: book.info.kind,
    bookHash: hashes.book,
    profileHash: hashes.profile,
    request,
    account: plan.startingEquity
      ? { ...accountInput, startingEquity: startingEquity(book, account, at) }
      : accountInput,
    instrument: book.instrument(symbol) ?? null,
    strategy,
    last: readingOf(book.lastMark(symbol, at)),
    bid: quoted.bid,
    ask: quoted.ask,
    atr: rangeReading(book, symbol, at, range?.period ?? 14),
    edge: gatherEdge(frame, plan, code),
    recent: recentOrders(recent, at),
    ordersToday: forNow ? countSince(book, account, at) : 0,
    ...(desk === undefined ? {} : { desk }),
    ...(studies === undefined ? {} : { studies }),
  }
}

/** The method that will size an order, by the words it is asked for with. */
export function methodOf(request: OrderRequest, strategy: StrategyInput | null, profile: Profile): string {
  const own = typeof request.method === 'string' ? request.method.trim() : ''
  return own === '' ? (strategy?.method ?? profile.method) : own
}

function recentOrders(rows: readonly DecisionRow[], at: number): DecisionInputs['recent'] {
  return rows.flatMap((row) =>
    row.side === null || row.at > at || row.outcome === 'rejected' || row.kind === 'exit'
      ? []
      : [{ symbol: row.symbol, side: row.side, quantity: row.quantity, at: row.at }],
  )
}

function countSince(book: BookReader, account: AccountRecord, at: number): number {
  return book
    .recentDecisions(account.accountId, periodStart(at, 'day', account))
    .filter((row) => row.at <= at && row.outcome !== 'rejected').length
}
