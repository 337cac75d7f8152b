import * as z from 'zod'
import { EdgeHistory, EdgeView, TradeFilter } from './edge.ts'
import { DecimalText, Instant } from './primitives.ts'
import { refusable } from './refusal.ts'

/** One closed round trip. Prices and `fees` in the instrument's currency, `profit` in the account's. */
export const TradeView = z
  .object({
    tradeId: z.string(),
    symbol: z.string(),
    strategy: z.string().nullable(),
    tag: z.string().nullable(),
    side: z.enum(['long', 'short']),
    quantity: DecimalText,
    entryAt: Instant,
    entryPrice: DecimalText,
    exitAt: Instant,
    exitPrice: DecimalText,
    fees: DecimalText,
    currency: z.string(),
    /** Net of all fees; `null` where no rate is known. */
    profit: DecimalText.nullable(),
    /** `null` where no stop was known. */
    r: DecimalText.nullable(),
    origin: z.enum(['fills', 'imported']),
  })
  .strict()
/** One closed round trip. */
export type TradeView = z.infer<typeof TradeView>

/** Columns that trades are ordered by. */
export const TradeOrder = z.enum(['exitAt', 'entryAt', 'symbol', 'strategy', 'quantity', 'fees', 'profit', 'r'])
/** A column that trades are ordered by. */
export type TradeOrder = z.infer<typeof TradeOrder>

const Series = z.array(z.number().nullable())

/** Closed trades reviewed: statistics and what the charts draw (float64, for drawing only). */
export const JournalReview = z
  .object({
    edge: EdgeView,
    /** What can be filtered by, among all closed trades. */
    choices: z
      .object({ strategies: z.array(z.string()), symbols: z.array(z.string()), tags: z.array(z.string()) })
      .strict(),
    /** R-multiples in bins of equal width; bin i begins at `from` + i·`width`. */
    distribution: z
      .object({
        from: z.number(),
        width: z.number(),
        counts: z.array(z.number().int()),
        withR: z.number().int(),
        /** Trades whose stop was not known: no R is made up for them. */
        withoutStop: z.number().int(),
        mean: z.number().nullable(),
        low: z.number().nullable(),
        high: z.number().nullable(),
      })
      .strict(),
    /** The edge over a moving window of trades. */
    rolling: z
      .object({
        window: z.number().int(),
        at: z.array(Instant),
        /** Number of the last trade of the window, from 1. */
        trade: z.array(z.number().int()),
        winRate: Series,
        winRateLow: Series,
        winRateHigh: Series,
        expectancy: z.array(z.number()),
        kelly: Series,
      })
      .strict(),
    /** Closed balance with the filtered trades alone: what was paid in, and their profits. */
    curve: z
      .object({
        at: z.array(Instant),
        balance: z.array(z.number()),
        /** Share of the peak below it, 0 at the peak; `null` while nothing was paid in. */
        below: Series,
        deepest: z
          .object({
            from: Instant,
            trough: Instant,
            recovered: Instant.nullable(),
            amount: DecimalText,
            share: DecimalText,
          })
          .strict()
          .nullable(),
        last: DecimalText,
        /** Payments left out because no rate turns them into account currency. */
        withoutRate: z.number().int(),
        /** Points that were left out to keep the drawing small; lows and highs are kept. */
        thinned: z.number().int(),
      })
      .strict(),
    history: EdgeHistory,
  })
  .strict()
/** Closed trades reviewed. */
export type JournalReview = z.infer<typeof JournalReview>

export const journal = {
  trades: refusable
    .input(
      z
        .object({
          filter: TradeFilter.default({}),
          order: TradeOrder.default('exitAt'),
          way: z.enum(['ascending', 'descending']).default('descending'),
          limit: z.number().int().min(1).max(5000).default(200),
        })
        .strict()
        .optional(),
    )
    .output(z.object({ rows: z.array(TradeView), total: z.number().int() }).strict()),
  review: refusable.input(TradeFilter.optional()).output(JournalReview),
}
