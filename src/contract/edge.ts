import * as z from 'zod'
import { DecimalText, Instant, Name } from './primitives.ts'
import { refusable } from './refusal.ts'

/** Which closed trades are meant; all of the account's where nothing is said. `from` and `to` bound the exit. */
export const TradeFilter = z
  .object({
    strategy: Name.optional(),
    symbol: Name.optional(),
    tag: Name.optional(),
    from: z.coerce.number().int().optional(),
    to: z.coerce.number().int().optional(),
  })
  .strict()
/** Which closed trades are meant. */
export type TradeFilter = z.infer<typeof TradeFilter>

const Statistic = DecimalText.nullable()

/** What closed trades say of an edge. Money in account currency; `null` where a figure is not defined. */
export const EdgeView = z
  .object({
    /** Which trades, in words. */
    scope: z.string(),
    at: Instant,
    /** Exit of the first and the last trade. */
    firstAt: Instant.nullable(),
    lastAt: Instant.nullable(),
    currency: z.string(),
    trades: z.number().int(),
    wins: z.number().int(),
    losses: z.number().int(),
    /** Profit exactly zero: in no rate. */
    scratches: z.number().int(),
    /** Left out: no rate turns them into account currency. */
    withoutRate: z.number().int(),
    /** Sum of net profits, and of the fees in them as far as their rate is known. */
    net: DecimalText,
    fees: DecimalText,
    winRate: Statistic,
    /** 95 % Wilson interval. */
    winRateLow: Statistic,
    winRateHigh: Statistic,
    meanWin: Statistic,
    meanLoss: Statistic,
    medianWin: Statistic,
    medianLoss: Statistic,
    payoff: Statistic,
    /** 90 % bootstrap interval; no upper end where resamples had no loss. */
    payoffLow: Statistic,
    payoffHigh: Statistic,
    profitFactor: Statistic,
    /** Mean profit a trade. */
    expectancy: Statistic,
    /** Mean R of the trades that had a stop, with its 95 % interval. */
    expectancyR: Statistic,
    expectancyRLow: Statistic,
    expectancyRHigh: Statistic,
    tradesWithR: z.number().int(),
    deviation: Statistic,
    tStatistic: Statistic,
    longestLosingStreak: z.number().int(),
    /** Full Kelly as a share of equity at the stop, with its 90 % bootstrap interval. */
    kelly: Statistic,
    kellyLow: Statistic,
    kellyHigh: Statistic,
    /** More trades until the interval of Kelly excludes zero at the present edge; `null` without an edge. */
    tradesNeeded: z.number().int().nullable(),
    confidence: z.enum(['VERY LOW', 'LOW', 'MODERATE', 'HIGH']),
    /** Trades from which the profile sizes by them. */
    minimum: z.number().int(),
    /** Recent against earlier win rate; `null` with too few trades. */
    decay: z
      .object({ recent: DecimalText, history: DecimalText, decayed: z.boolean(), window: z.number().int() })
      .strict()
      .nullable(),
    says: z.string(),
  })
  .strict()
/** What closed trades say of an edge. */
export type EdgeView = z.infer<typeof EdgeView>

/** Kelly parameters as they stood after the last trade of each day, oldest first; float64 statistics in parallel arrays. */
export const EdgeHistory = z
  .object({
    strategy: z.string().nullable(),
    windowDays: z.number().int(),
    method: z.string(),
    /** Start of each trading day, and the exit of its last trade. */
    day: z.array(Instant),
    at: z.array(Instant),
    trades: z.array(z.number().int()),
    winRate: z.array(z.number().nullable()),
    winRateLow: z.array(z.number().nullable()),
    winRateHigh: z.array(z.number().nullable()),
    payoff: z.array(z.number().nullable()),
    /** Full Kelly. */
    kelly: z.array(z.number().nullable()),
    /** Share of equity the profile stakes at that Kelly: capped, times its fraction; 0 without an edge. */
    staked: z.array(z.number().nullable()),
  })
  .strict()
/** Kelly parameters by day. */
export type EdgeHistory = z.infer<typeof EdgeHistory>

/** The market regime set by hand; `null` where none is. Quality from 0 to 1. */
export const RegimeSetting = z
  .object({
    regime: z.enum(['trend', 'mean_reversion', 'chop', 'high_volatility', 'crisis']).nullable(),
    quality: DecimalText.nullable(),
    at: Instant.nullable(),
  })
  .strict()
/** The market regime set by hand. */
export type RegimeSetting = z.infer<typeof RegimeSetting>

/** One measured figure with how it was made. */
const Measure = z.object({ value: DecimalText.nullable(), method: z.string() }).strict()

/** What daily bars say of an instrument; fractions a year, scores as said. */
export const AssetMetrics = z
  .object({
    symbol: z.string(),
    clusters: z.array(z.string()),
    /** End of the last bar. */
    at: Instant.nullable(),
    bars: z.number().int(),
    expectedReturn: Measure,
    volatility: Measure,
    realised: Measure,
    parkinson: Measure,
    garmanKlass: Measure,
    sharpe: Measure,
    liquidity: Measure,
    momentum: Measure,
    meanReversion: Measure,
  })
  .strict()
/** What daily bars say of an instrument. */
export type AssetMetrics = z.infer<typeof AssetMetrics>

export const edge = {
  estimate: refusable
    .route({ method: 'GET', path: '/edge', summary: 'What closed trades say of an edge' })
    .input(
      TradeFilter.extend({
        /** Days back from the last instant asked for. */
        days: z.coerce.number().int().min(1).max(36_500).optional(),
        /** Only the last so many trades. */
        last: z.coerce.number().int().min(1).max(100_000).optional(),
      }).optional(),
    )
    .output(EdgeView),
  history: refusable
    .route({ method: 'GET', path: '/edge/history', summary: 'Kelly parameters of a strategy by day' })
    .input(
      z
        .object({ strategy: Name.optional(), days: z.coerce.number().int().min(1).max(36_500).optional() })
        .strict()
        .optional(),
    )
    .output(EdgeHistory),
  asset: refusable
    .route({ method: 'GET', path: '/edge/assets/{symbol}', summary: 'What daily bars say of an instrument' })
    .input(z.object({ symbol: Name }).strict())
    .output(AssetMetrics),
  regime: refusable.output(RegimeSetting),
  /** Sets the market regime by hand; both `null` clears it. */
  setRegime: refusable
    .input(z.object({ regime: RegimeSetting.shape.regime, quality: z.string().max(60).nullable() }).strict())
    .output(RegimeSetting),
}
