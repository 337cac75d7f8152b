import * as z from 'zod'
import { PortfolioStatus, PortfolioStatusQuery, PortfolioSummary } from './portfolio.ts'
import { DecimalText, Instant, LimitState } from './primitives.ts'
import { refusable } from './refusal.ts'

/** Exposure limits as numbers, in the shape of the strategy-budget engine this answer is compatible with. Money in account currency, shares in per cent. */
export const PortfolioLimits = z
  .object({
    ok: z.literal(true),
    equity: z.number(),
    max_exposure: z.number(),
    current_exposure: z.number(),
    available_exposure: z.number(),
    exposure_utilization_pct: z.number(),
    per_strategy: z.record(
      z.string(),
      z.object({ budget: z.number(), used: z.number(), available: z.number(), utilization_pct: z.number() }).strict(),
    ),
    config: z
      .object({
        max_leverage: z.number(),
        max_exposure_pct: z.number(),
        max_risk_per_trade_pct: z.number(),
        position_sizing_mode: z.string(),
      })
      .strict(),
  })
  .strict()
/** Exposure limits in the compatible shape. */
export type PortfolioLimits = z.infer<typeof PortfolioLimits>

/** One limit of the account as it stands now, with nothing on the ticket. */
export const LimitReading = z
  .object({
    rule: z.string(),
    title: z.string(),
    /** What it is about where it is kept per thing: a symbol, a cluster, a strategy. */
    subject: z.string().nullable(),
    unit: z.enum(['money', 'fraction', 'quantity']),
    used: DecimalText.nullable(),
    limit: DecimalText.nullable(),
    left: DecimalText.nullable(),
    utilisation: DecimalText.nullable(),
    state: LimitState,
    says: z.string(),
  })
  .strict()
/** One limit as it stands now. */
export type LimitReading = z.infer<typeof LimitReading>

/** One exposure: of a symbol, a cluster, a strategy or an asset class. */
export const ExposureLine = z
  .object({ name: z.string(), gross: DecimalText, net: DecimalText, share: DecimalText.nullable() })
  .strict()

/** One open position valued in account currency. */
export const PositionView = z
  .object({
    symbol: z.string(),
    strategy: z.string().nullable(),
    quantity: DecimalText,
    averagePrice: DecimalText,
    mark: DecimalText.nullable(),
    markAt: Instant.nullable(),
    markSource: z.string(),
    stop: DecimalText.nullable(),
    notional: DecimalText.nullable(),
    openRisk: DecimalText.nullable(),
    profit: DecimalText.nullable(),
    says: z.string().nullable(),
  })
  .strict()

/** Newest prices of what is held and what it has made by them: in account currency, `null` where no rate leads there. */
export const PositionMarks = z
  .object({
    at: Instant,
    /** Quotes that had come by then: what came after them is asked for by it. */
    count: z.number().int(),
    positions: z.array(
      z
        .object({
          symbol: z.string(),
          strategy: z.string().nullable(),
          mark: DecimalText,
          markAt: Instant,
          profit: DecimalText.nullable(),
        })
        .strict(),
    ),
  })
  .strict()
/** Newest prices of what is held. */
export type PositionMarks = z.infer<typeof PositionMarks>

/** The desk as it stands: limits nearest to breach first, exposures, positions. */
export const DeskView = z
  .object({
    at: Instant,
    accountId: z.string(),
    currency: z.string(),
    equity: DecimalText.nullable(),
    dayProfit: DecimalText.nullable(),
    openRisk: DecimalText.nullable(),
    gross: DecimalText.nullable(),
    net: DecimalText.nullable(),
    limits: z.array(LimitReading),
    bySymbol: z.array(ExposureLine),
    byCluster: z.array(ExposureLine),
    byStrategy: z.array(ExposureLine),
    byClass: z.array(ExposureLine),
    positions: z.array(PositionView),
    /** What is missing or stale, one sentence each. */
    unknown: z.array(z.string()),
  })
  .strict()
/** The desk as it stands. */
export type DeskView = z.infer<typeof DeskView>

export const limits = {
  portfolio: refusable
    .route({ method: 'GET', path: '/portfolio/limits', summary: 'Exposure and strategy budgets' })
    .output(PortfolioLimits),
  status: refusable
    .route({ method: 'GET', path: '/portfolio/status', summary: 'Strategies against one risk budget' })
    .input(PortfolioStatusQuery)
    .output(PortfolioStatus),
  summary: refusable
    .route({ method: 'GET', path: '/portfolio/summary', summary: 'The open portfolio in figures' })
    .output(PortfolioSummary),
  desk: refusable.output(DeskView),
  /** The positions whose price moved since `after` quotes had come, 0 for all; waits until there is one, for some seconds at most. */
  movedPositions: refusable.input(z.object({ after: z.number().int().min(0) }).strict()).output(PositionMarks),
}
