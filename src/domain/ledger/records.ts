import type { AssetClass } from '../inputs.ts'

/** One execution. Money and price in the instrument's currency unless a name says otherwise. */
export interface Fill {
  /** Ours, stable; equals the duplicate key's identity. */
  readonly fillId: string
  readonly accountId: string
  readonly symbol: string
  readonly at: number
  readonly side: 'buy' | 'sell'
  /** Positive units. */
  readonly quantity: string
  readonly price: string
  /** Commission and fees paid, positive, in `feeCurrency`; a rebate is negative. */
  readonly fee: string
  readonly feeCurrency: string
  /** Account currency per unit of the instrument's currency at execution, where the source states it. */
  readonly fxRate: string | null
  readonly strategy: string | null
  /** Protective stop known at entry. */
  readonly stop: string | null
  readonly tag: string | null
  /** Broker's own execution id, where it has one. */
  readonly executionId: string | null
  /** Profit the source says it realised, in the instrument's currency, for reconciliation. */
  readonly statedProfit: string | null
  readonly source: string
  readonly batchId: string | null
}

/** A closed round trip, matched first in, first out. Money in account currency where `fxRate` was known, else in `currency`. */
export interface Trade {
  readonly tradeId: string
  readonly accountId: string
  readonly symbol: string
  readonly strategy: string | null
  readonly tag: string | null
  readonly side: 'long' | 'short'
  readonly quantity: string
  readonly entryAt: number
  readonly entryPrice: string
  readonly exitAt: number
  readonly exitPrice: string
  /** Entry and exit fees of this quantity, in `currency`. A fee in a currency without a rate is not in it. */
  readonly fees: string
  /** Net of `fees`, in `currency`. */
  readonly profit: string
  readonly currency: string
  /** Net of all fees in the account's currency; `null` where no rate is known for the profit or for a fee. */
  readonly accountProfit: string | null
  /** Net profit over the loss at the initial stop; `null` where no stop or not every fee was known. */
  readonly r: string | null
  /** `fills` when derived from executions, `imported` when the source gave only the round trip. */
  readonly origin: 'fills' | 'imported'
  readonly batchId: string | null
}

/** Money in or out of an account, in its currency; positive in. */
export interface CashFlow {
  readonly flowId: string
  readonly accountId: string
  readonly at: number
  readonly kind: 'opening' | 'deposit' | 'withdrawal' | 'dividend' | 'interest' | 'fee' | 'tax' | 'adjustment'
  readonly amount: string
  readonly currency: string
  /** Amount in the account's currency; `null` where no rate is known. */
  readonly accountAmount: string | null
  readonly note: string | null
  readonly source: string
  readonly batchId: string | null
}

/** One bar of prices. `at` is its start; it is complete at `at` + the length of `interval`. */
export interface Bar {
  readonly symbol: string
  readonly interval: BarInterval
  readonly at: number
  readonly open: string
  readonly high: string
  readonly low: string
  readonly close: string
  /** Units traded, where the source states it. */
  readonly volume: string | null
}

/** Lengths of bars. */
export const BAR_INTERVALS = ['1m', '5m', '15m', '1h', '4h', '1d', '1w', '1mo'] as const
/** One of the lengths of bars. */
export type BarInterval = (typeof BAR_INTERVALS)[number]

/** Milliseconds of each bar length; a month counts as 30 days. */
export const INTERVAL_MS: Readonly<Record<BarInterval, number>> = {
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
  '1d': 86_400_000,
  '1w': 604_800_000,
  '1mo': 2_592_000_000,
}

/** Open quantity of one symbol and strategy, derived from fills first in, first out. */
export interface Holding {
  readonly accountId: string
  readonly symbol: string
  readonly strategy: string | null
  /** Signed units. */
  readonly quantity: string
  /** Quantity-weighted price of the open lots. */
  readonly averagePrice: string
  /** Price times quantity of the open lots, signed like the quantity: exact, where the average may be a cut quotient. */
  readonly cost: string
  /** Stop of the open lots nearest to the market, where all have one; else `null`. */
  readonly stop: string | null
  /** Fees paid to open what is still open, in the instrument's currency; `null` where a fee could not be converted. */
  readonly openFees: string | null
  readonly openedAt: number
}

/** A price typed by the trader or taken from a file or feed. */
export interface PriceMark {
  readonly symbol: string
  readonly price: string
  readonly at: number
  readonly source: 'typed' | 'bar' | 'fill' | 'statement' | 'feed'
}

/** What an instrument is known as while nothing but its class and currency is stated. */
export interface InstrumentHint {
  readonly symbol: string
  readonly name: string
  readonly assetClass: AssetClass
  readonly currency: string
  readonly multiplier: string | null
  readonly expires: string | null
}
