import type { MarketTask } from '../desk/portfolio/ports.ts'
import type { StoreFaultCode } from '../desk/ports.ts'

/** What the desk asks the market worker. */
export interface MarketAsk {
  readonly id: number
  /** Path of the book file. */
  readonly book: string
  readonly task: MarketTask
}

/** What the market worker answers: what the task gives, or why it could not be worked out. */
export type MarketSay =
  | { readonly id: number; readonly kind: 'answer'; readonly answer: unknown }
  | { readonly id: number; readonly kind: 'store-fault'; readonly code: StoreFaultCode; readonly says: string }
  | { readonly id: number; readonly kind: 'failed'; readonly error: unknown }
