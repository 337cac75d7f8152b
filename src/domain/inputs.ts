import type { DeskInput } from './desk-input.ts'
import type { Studies } from './studies.ts'

/**
 * What a decision may look at, as plain data: decimals are strings, times are UTC epoch milliseconds. This is the
 * snapshot that is stored with the decision and replayed from; every value is checked again each time it is read.
 */

/** One value with where it came from and when it was true. A `null` value means: not known. */
export interface Reading {
  readonly value: string | null
  readonly source: string
  readonly at: number | null
}

/** The eight kinds of instrument. */
export const ASSET_CLASSES = ['equity', 'etf', 'crypto', 'fx', 'future', 'option', 'cfd'] as const
/** One of the kinds of instrument. */
export type AssetClass = (typeof ASSET_CLASSES)[number]

/** Trading calendars: which days count, and how many periods a year has (252, 365, 260, 252). */
export const CALENDARS = ['equity', 'crypto', 'fx', 'futures'] as const
/** One of the trading calendars. */
export type CalendarId = (typeof CALENDARS)[number]

/** Contract specification of an instrument. Money in it is in the instrument's `currency`. */
export interface InstrumentSpec {
  readonly symbol: string
  readonly name: string
  readonly assetClass: AssetClass
  /** ISO 4217 code, or the coin, in which the price is quoted. */
  readonly currency: string
  /** Smallest price step. */
  readonly tickSize: string
  /** Smallest quantity step. */
  readonly lotStep: string
  readonly minQuantity: string
  readonly maxQuantity: string | null
  /** Smallest order value in the instrument's currency. */
  readonly minNotional: string | null
  /** Money per one unit of price per one unit of quantity. */
  readonly pointValue: string
  /** Units of the underlying per contract as the broker states it, for the specification check. */
  readonly contractSize: string | null
  /** Money per tick per unit as the broker states it, for the specification check. */
  readonly tickValue: string | null
  readonly clusters: readonly string[]
  readonly shortable: boolean
  readonly enabled: boolean
  readonly restricted: boolean
  readonly calendar: CalendarId
  /** Margin as a share of notional, when the broker asks for one; `null` counts as fully paid. */
  readonly marginRate: string | null
  /** Margin per unit of quantity, for futures; stands instead of the rate where given. */
  readonly marginPerUnit: string | null
  readonly maxLeverageIntraday: string | null
  readonly maxLeverageOvernight: string | null
  /** Commission per unit of quantity and side. */
  readonly commissionPerUnit: string
  /** Commission per order and side as a share of notional. */
  readonly commissionRate: string
  /** Least commission per order and side. */
  readonly commissionMinimum: string
  /** Typical bid-ask spread in price units, used where no quote gives one. */
  readonly spread: string
  /** Slippage allowance at the stop, in ticks. */
  readonly slippageTicks: string
  /** Underlying units per unit of option price move, from −1 to 1; only for options. */
  readonly optionDelta: string | null
  /** Strike price; only for options. */
  readonly optionStrike: string | null
  /** Price of the underlying; only for options. */
  readonly optionUnderlying: string | null
  /** Which right the option gives; only for options. */
  readonly optionRight: 'call' | 'put' | null
  /** Last trading day as `YYYY-MM-DD`, for futures and options. */
  readonly expires: string | null
  /** Where the specification came from, in words. */
  readonly source: string
}

/** Rate to turn one unit of `from` into `rate` units of `to`. */
export interface RateQuote {
  readonly from: string
  readonly to: string
  readonly rate: string
  readonly at: number
  readonly source: string
}

/** One open position by symbol and strategy, with what is needed to value it. */
export interface PositionInput {
  readonly symbol: string
  readonly strategy: string | null
  /** Signed: positive long, negative short. */
  readonly quantity: string
  readonly averagePrice: string
  /** The protective stop, where one is known. */
  readonly stop: string | null
  readonly mark: Reading
  /** `null` where the instrument has no specification: its exposure is then not known. */
  readonly spec: InstrumentSpec | null
}

/** An order sent or approved that has not been filled: it counts as if filled, in the worse direction. */
export interface WorkingOrderInput {
  readonly orderId: string
  readonly symbol: string
  readonly strategy: string | null
  readonly side: 'buy' | 'sell'
  readonly quantity: string
  readonly price: string
  readonly stop: string | null
  readonly spec: InstrumentSpec
  /** An exit on its way: it adds no exposure, and what it closes cannot be closed a second time. */
  readonly reduces?: boolean
}

/** The account's open risk as plain data. Its canonical bytes are hashed and stored once, however many decisions use it. */
export interface BookInput {
  readonly accountId: string
  readonly currency: string
  readonly at: number
  readonly positions: readonly PositionInput[]
  readonly working: readonly WorkingOrderInput[]
  readonly rates: readonly RateQuote[]
}

/** What the trader or a strategy asks for. Unset members are `undefined` or `null`. */
export interface OrderRequest {
  readonly symbol?: unknown
  readonly side?: unknown
  readonly strategy?: unknown
  /** Price in the instrument's currency, or the word `market`. */
  readonly entry?: unknown
  readonly stop?: unknown
  readonly target?: unknown
  /** Units chosen by the trader; the method proposes where unset. */
  readonly quantity?: unknown
  /** Risk fraction for this order; the profile's where unset. */
  readonly risk?: unknown
  /** Sizing method for this order; the strategy's, else the profile's where unset. */
  readonly method?: unknown
  readonly conviction?: unknown
  readonly signal?: unknown
  /** Annualised expected return, as a fraction. */
  readonly expectedReturn?: unknown
  /** Annualised volatility, as a fraction. */
  readonly volatility?: unknown
  readonly note?: unknown
}

/** Closed-trade statistics of one strategy in one window (SPEC 5). */
export interface EdgeInput {
  readonly scope: string
  readonly window: string
  readonly from: number
  readonly to: number
  readonly wins: number
  readonly losses: number
  readonly scratches: number
  /** Mean profit of the wins, in account currency. */
  readonly meanWin: string | null
  /** Mean loss of the losses, positive, in account currency. */
  readonly meanLoss: string | null
  /** Mean fee of a trade already taken off its profit, account currency. */
  readonly meanFee?: string | null
  /** Mean units of a trade. */
  readonly meanQuantity?: string | null
  /** Lower end of the 95 % Wilson interval of the win rate. */
  readonly winRateLow?: string | null
  /** Lower bootstrap quantile of the payoff ratio. */
  readonly payoffLow?: string | null
  /** Lower bootstrap quantile of the Kelly fraction. */
  readonly kellyLow?: string | null
  /** R-multiples of the trades that had a stop, oldest first. */
  readonly rMultiples?: readonly number[]
  readonly source: string
}

/** An account as a decision sees it. */
export interface AccountInput {
  readonly accountId: string
  readonly name: string
  readonly currency: string
  /** IANA time zone of its trading day. */
  readonly timeZone: string
  /** Local time at which its trading day begins, `HH:MM`. */
  readonly dayRoll: string
  readonly enabled: boolean
  readonly equity: Reading
  /** Highest equity on record, for the drawdown brake. */
  readonly peakEquity: Reading
  /** First balance moved by later deposits and withdrawals, for a floor below the start. */
  readonly startingEquity?: Reading
  /** Equity at the start of the present day, week and month in the account's time zone. */
  readonly openingEquity: { readonly day: Reading; readonly week: Reading; readonly month: Reading }
  /** Deposits less withdrawals since the start of the day, week and month: not profit. */
  readonly flows: { readonly day: string; readonly week: string; readonly month: string }
}

/** A strategy as a decision sees it. */
export interface StrategyInput {
  readonly code: string
  /** Share of equity it may use, else the profile's fallback. */
  readonly budget: string | null
  readonly fixedQuantity: string | null
  readonly method: string | null
  readonly enabled: boolean
}

/** An order decided shortly before, for the duplicate and rate checks. */
export interface RecentOrder {
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly quantity: string
  readonly at: number
}

/** Everything one decision looked at. `at` is the instant it is decided for. */
export interface DecisionInputs {
  readonly schema: 1
  readonly engine: string
  readonly at: number
  readonly bookKind: 'paper' | 'live' | 'sample'
  readonly bookHash: string
  readonly profileHash: string
  readonly request: OrderRequest
  readonly account: AccountInput
  readonly instrument: InstrumentSpec | null
  readonly strategy: StrategyInput | null
  readonly last: Reading
  readonly bid: Reading
  readonly ask: Reading
  /** Average true range of the last bars, in price units, with the bars it used. */
  readonly atr: Reading
  readonly edge: EdgeInput | null
  readonly recent: readonly RecentOrder[]
  /** Orders decided since the start of the account's day. */
  readonly ordersToday: number
  /** The desk's state; left out of a decision for another instant than now, which is on its way nowhere. */
  readonly desk?: DeskInput
  /** Market, correlation, sensors, regime and prop-firm standing, where they were studied. */
  readonly studies?: Studies
}
