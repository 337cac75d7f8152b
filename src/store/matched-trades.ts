import type { Fill, Holding, Trade } from '../domain/ledger/records.ts'
import { roundTrips, type RoundTripTerms, type RoundTrips } from '../domain/ledger/round-trips.ts'
import type { ReadConnection } from './connection.ts'
import { ledgerReader } from './ledger.ts'

/** Which trades are wanted; `from` and `to` bound the exit time, both included. */
export interface TradeFilter {
  readonly strategy?: string
  readonly symbol?: string
  readonly from?: number
  readonly to?: number
}

/** Trades and holdings of an open book, matched from its fills when first asked for and kept while these do not change. */
export interface MatchedTrades {
  trades(accountId: string, filter: TradeFilter): readonly Trade[]
  holdings(accountId: string, until: number): readonly Holding[]
}

interface Matched {
  readonly stamp: string
  readonly fills: readonly Fill[]
  readonly terms: RoundTripTerms
  readonly whole: RoundTrips
  /** Holdings after the first n fills. */
  readonly earlier: Map<number, readonly Holding[]>
}

interface SymbolVersion {
  readonly symbol: string
  readonly version: number
}

/** Instants of the past kept per symbol: the openings of the day, week and month, and a few more. */
const MOST_EARLIER = 16

/** Prepares matching over an open book. */
export function matchedTrades(connection: ReadConnection, rateAt: RoundTripTerms['rate']): MatchedTrades {
  const ledger = ledgerReader(connection)
  const versions = connection.prepare<[string], SymbolVersion>(
    'SELECT symbol, version FROM fill_version WHERE account_id = ? ORDER BY symbol',
  )
  const termsVersion = connection.prepare<[], number>('SELECT terms FROM version').pluck()
  const termsOf = connection.prepare<[string, string], Omit<RoundTripTerms, 'rate'>>(
    `SELECT account.currency AS accountCurrency, instrument.currency AS currency, instrument.point_value AS pointValue
     FROM account, instrument WHERE account_id = ? AND symbol = ?`,
  )
  const kept = new Map<string, Matched>()

  function matchedOf(accountId: string, { symbol, version }: SymbolVersion, terms: number): Matched | undefined {
    const key = `${accountId}\n${symbol}`
    const stamp = `${version} ${terms}`
    const held = kept.get(key)
    if (held?.stamp === stamp) return held
    const fills = ledger.fillsOf(accountId, symbol)
    const valued = termsOf.get(accountId, symbol)
    if (valued === undefined || fills.length === 0) {
      kept.delete(key)
      return undefined
    }
    const withRates = { ...valued, rate: rateAt }
    const matched = { stamp, fills, terms: withRates, whole: roundTrips(fills, withRates), earlier: new Map() }
    kept.set(key, matched)
    return matched
  }

  function* matchedIn(accountId: string, symbol?: string): Generator<Matched> {
    const terms = termsVersion.get() ?? 0
    for (const version of versions.all(accountId)) {
      if (symbol !== undefined && version.symbol !== symbol) continue
      const matched = matchedOf(accountId, version, terms)
      if (matched !== undefined) yield matched
    }
  }

  return {
    trades(accountId, filter) {
      const wanted: Trade[] = []
      const take = (trade: Trade): void => {
        if (isWanted(trade, filter)) wanted.push(trade)
      }
      for (const matched of matchedIn(accountId, filter.symbol)) matched.whole.trades.forEach(take)
      ledger.importedTrades(accountId).forEach(take)
      return wanted.sort((a, b) => a.exitAt - b.exitAt || (a.tradeId < b.tradeId ? -1 : 1))
    },
    holdings(accountId, until) {
      const open: Holding[] = []
      for (const matched of matchedIn(accountId)) open.push(...holdingsAt(matched, until))
      return open.sort((a, b) => a.openedAt - b.openedAt || (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0))
    },
  }
}

function holdingsAt(matched: Matched, until: number): readonly Holding[] {
  const { fills, earlier } = matched
  const count = countUntil(fills, until)
  if (count === fills.length) return matched.whole.holdings
  const held = earlier.get(count)
  if (held !== undefined) return held
  const { holdings } = roundTrips(fills.slice(0, count), matched.terms)
  if (earlier.size >= MOST_EARLIER) earlier.clear()
  earlier.set(count, holdings)
  return holdings
}

/** How many fills, in order of time, are not after an instant. */
function countUntil(fills: readonly Fill[], until: number): number {
  let low = 0
  let high = fills.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((fills[middle]?.at ?? Infinity) <= until) low = middle + 1
    else high = middle
  }
  return low
}

function isWanted(trade: Trade, filter: TradeFilter): boolean {
  return (
    (filter.strategy === undefined || trade.strategy === filter.strategy) &&
    (filter.symbol === undefined || trade.symbol === filter.symbol) &&
    (filter.from === undefined || trade.exitAt >= filter.from) &&
    (filter.to === undefined || trade.exitAt <= filter.to)
  )
}
