import * as z from 'zod'
import { DecimalText } from './primitives.ts'

/**
 * Where the strategies of a book stand against one risk budget, in the shape of the portfolio Kelly engine this answer is
 * compatible with (its first seven members). Risks are shares of equity at the stop.
 */
export const PortfolioStatus = z
  .object({
    total_raw_risk: z.number(),
    total_scaled_risk: z.number(),
    /** Raw total with its correlation penalty over the budget. */
    risk_utilization: z.number(),
    bot_count: z.number().int(),
    status: z.enum(['safe', 'caution', 'danger']),
    scale_factor: z.number(),
    recommendation: z.string(),
    max_portfolio_risk: z.number(),
    target_risk_per_bot: z.number(),
    recommended_bot_limit: z.number().int(),
    mean_correlation: z.number(),
    correlation_penalty: z.number(),
    strategies: z.array(
      z
        .object({
          strategy: z.string(),
          method: z.string(),
          trades: z.number().int(),
          kelly: z.number().nullable(),
          raw_risk: z.number(),
          scaled_risk: z.number(),
          /** The budget split equally, and by performance with a minimum each. */
          equal_share: z.number(),
          performance_share: z.number(),
          says: z.string(),
        })
        .strict(),
    ),
    correlations: z.array(
      z
        .object({
          a: z.string(),
          b: z.string(),
          /** Of daily closed profits; `null` where too few days are known, which counts as 1. */
          correlation: z.number().nullable(),
          days: z.number().int(),
        })
        .strict(),
    ),
  })
  .strict()
/** Where the strategies of a book stand against one risk budget. */
export type PortfolioStatus = z.infer<typeof PortfolioStatus>

/** Budget and target as shares of equity; those of the profile where left out. */
export const PortfolioStatusQuery = z
  .object({ budget: DecimalText.max(20).optional(), target: DecimalText.max(20).optional() })
  .strict()
  .optional()

/**
 * The open portfolio in the shape of the volatility-targeting engine this answer is compatible with. Weights are signed or
 * gross shares of equity, volatility and return a year; `null` where something needed is not known, named in `unknown`.
 */
export const PortfolioSummary = z
  .object({
    total_equity: z.number(),
    position_count: z.number().int(),
    /** Gross. */
    total_allocation: z.number(),
    target_portfolio_vol: z.number().nullable(),
    current_portfolio_vol: z.number().nullable(),
    diversification_ratio: z.number().nullable(),
    /** Gross weight by cluster. */
    cluster_allocations: z.record(z.string(), z.number()),
    utilization: z
      .object({
        /** Gross exposure in per cent of its limit. */
        exposure_pct: z.number().nullable(),
        /** The largest position in per cent of the limit for one asset. */
        positions_pct: z.number().nullable(),
      })
      .strict(),
    expected_return: z.number().nullable(),
    sharpe_ratio: z.number().nullable(),
    leverage: z.number(),
    net_allocation: z.number(),
    largest_positions: z.array(
      z.object({ symbol: z.string(), weight: z.number(), volatility: z.number().nullable() }).strict(),
    ),
    unknown: z.array(z.string()),
  })
  .strict()
/** The open portfolio in figures. */
export type PortfolioSummary = z.infer<typeof PortfolioSummary>
