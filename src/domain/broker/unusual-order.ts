import { dec, divide, sayExact, sayPercent, type Dec } from '../kernel/money.ts'
import type { PastEntry } from './past-entries.ts'

/** What can be unusual about an order. */
export const UNUSUAL_KINDS = ['first', 'few', 'size', 'price', 'side'] as const

/** One thing that is unusual about an order, in a sentence. */
export interface Unusual {
  readonly kind: (typeof UNUSUAL_KINDS)[number]
  readonly says: string
}

/** An order that adds risk, and what it is compared with. */
export interface LookedAt {
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  /** Positive units. */
  readonly quantity: Dec
  /** Price the order names; `null` for one at the market. */
  readonly price: Dec | null
  /** Last known price; `null` where none is known. */
  readonly last: Dec | null
  /** Share of the last price beyond which a price is unusual: 0.05 is 5 %. */
  readonly collar: Dec
  /** Entries in the symbol so far, oldest first. */
  readonly past: readonly PastEntry[]
}

/** Entries that a size is compared with: the newest so many. */
export const COMPARED_ENTRIES = 20
/** Fewer entries than this do not tell what is usual. */
export const LEAST_ENTRIES = 5
/** A size above so many times the median is unusual. */
const MOST_TIMES = dec('3')
/** Distance from the last price that is unusual where a profile sets no collar of its own. */
export const USUAL_COLLAR = dec('0.05')

/**
 * What is unusual about an order, so that its size is typed once more before it is sent: far larger than the entries before
 * it, far from the last price, the first in its instrument or one of few, or on the other side than the entry before it.
 * Empty where nothing is.
 */
export function unusualOrder(order: LookedAt): readonly Unusual[] {
  return [...fewBefore(order), ...tooLarge(order), ...farAway(order), ...reversed(order)]
}

function fewBefore({ symbol, past }: LookedAt): readonly Unusual[] {
  if (past.length === 0) return [{ kind: 'first', says: `This is the first trade in ${symbol}.` }]
  if (past.length >= LEAST_ENTRIES) return []
  const known = past.length === 1 ? '1 entry' : `${past.length} entries`
  return [
    {
      kind: 'few',
      says: `Only ${known} in ${symbol} known so far: ${LEAST_ENTRIES} are needed to tell what is usual.`,
    },
  ]
}

function tooLarge({ symbol, quantity, past }: LookedAt): readonly Unusual[] {
  const compared = past.slice(-COMPARED_ENTRIES)
  const median = medianOf(compared.map((entry) => entry.quantity))
  if (median === null || quantity.lte(median.times(MOST_TIMES))) return []
  const times = divide(quantity, median)
  const among = compared.length === 1 ? 'the one entry' : `the last ${compared.length} entries`
  return [
    {
      kind: 'size',
      says: `${sayExact(quantity)} is ${sayExact(times, 1)} times the median of ${sayExact(median)} over ${among} in ${symbol}; above 3 times is unusual.`,
    },
  ]
}

function farAway({ symbol, price, last, collar }: LookedAt): readonly Unusual[] {
  if (price === null) return []
  if (last === null)
    return [{ kind: 'price', says: `No last price of ${symbol} is known to compare ${sayExact(price)} with.` }]
  const off = divide(price.minus(last).abs(), last)
  if (off.lte(collar)) return []
  return [
    {
      kind: 'price',
      says: `The price ${sayExact(price)} is ${sayPercent(off)} from the last price ${sayExact(last)}; beyond ${sayPercent(collar)} is unusual.`,
    },
  ]
}

function reversed({ symbol, side, past }: LookedAt): readonly Unusual[] {
  const before = past.at(-1)
  if (before === undefined || before.side === side) return []
  const word = side === 'buy' ? 'buys' : 'sells'
  return [{ kind: 'side', says: `The entry in ${symbol} before this one was a ${before.side}; this one ${word}.` }]
}

function medianOf(values: readonly Dec[]): Dec | null {
  const sorted = [...values].sort((a, b) => (a.lt(b) ? -1 : a.gt(b) ? 1 : 0))
  const upper = sorted[Math.floor(sorted.length / 2)]
  if (upper === undefined) return null
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? upper
  return divide(lower.plus(upper), dec('2'))
}
