import type { NotionalWeight, Dec, FxRate, Money, Price, Quantity, RiskFraction } from '../kernel/money.ts'
import type { Book } from '../book.ts'
import type { LossAtStop } from '../costs.ts'
import type { DecisionInputs } from '../inputs.ts'
import type { Instrument } from '../instrument.ts'
import type { Reason } from '../kernel/reason.ts'

/** How sure the trader is. */
export type Conviction = 'LOW' | 'MEDIUM' | 'HIGH'

/** An order request whose every value has been read and is in range. */
export interface Order {
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  /** 1 for a buy, −1 for a sell. */
  readonly direction: 1 | -1
  readonly strategy: string | null
  readonly entry: Price
  /** Where the entry price came from: `typed` or a quote's source. */
  readonly entrySource: string
  readonly stop: Price | null
  readonly target: Price | null
  readonly quantity: Quantity | null
  readonly risk: RiskFraction | null
  readonly conviction: Conviction | null
  readonly signal: Dec | null
  readonly expectedReturn: Dec | null
  readonly volatility: Dec | null
}

/** What an account has to lose, in its currency. */
export interface Standing {
  readonly equity: Money
  readonly currency: string
}

/** Everything a sizing method, an adjuster, a ceiling or a gate check may look at. */
export interface Sizing {
  readonly now: number
  readonly inputs: DecisionInputs
  readonly order: Order
  readonly instrument: Instrument
  readonly standing: Standing
  /** Account currency per unit of the instrument's currency. */
  readonly rate: FxRate
  readonly ratePath: string
  /** The same at another price of this instrument: differs where the pair is itself the conversion. */
  readonly rateAt: (price: Price) => FxRate
  /** Bid-ask spread in price units: of a fresh quote, else the specification's. */
  readonly spread: Dec
  /** Loss function at the stop; at the stated gap where the order has no stop. */
  readonly loss: LossAtStop
  /** The stop that `loss` is measured at: the order's, the method's own, or `null` for the gap. */
  readonly stop: Price | null
  readonly stopSource: 'order' | 'method' | 'gap'
  /** Exposure of one unit, account currency. */
  readonly notionalPerUnit: Money
  readonly book: Book
  /** Share of a position lost in the gap when there is no stop. */
  readonly gapLoss: Dec
  readonly closeMaxAge: number
  readonly tiers: Tiers
}

/** Equity from which an account belongs to the tiers above the lowest, account currency. */
export interface Tiers {
  readonly hunterFrom: Dec
  readonly strategistFrom: Dec
}

/** What a method asks for: units, a share of equity lost at the stop, or a share of equity held. The three never mix. */
export type Proposal = {
  readonly says: string
  readonly facts: Readonly<Record<string, string>>
  /** Remarks that do not refuse, such as `FALLBACK`. */
  readonly notes?: readonly Reason[]
} & (
  | { readonly kind: 'quantity'; readonly quantity: Quantity }
  | { readonly kind: 'risk'; readonly fraction: RiskFraction; readonly loss?: LossAtStop }
  | { readonly kind: 'weight'; readonly weight: NotionalWeight }
)
