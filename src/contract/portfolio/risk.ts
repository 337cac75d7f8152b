import * as z from 'zod'
import { DecimalText, Instant, Typed } from '../primitives.ts'
import { StudyAge } from './study.ts'

/** What of the present portfolio's risk is asked; `window` is a stretch of the past to live through again. */
export const RiskQuery = z
  .object({
    lookback: Typed,
    window: z.object({ from: Instant, to: Instant }).strict().optional(),
  })
  .strict()
/** What of the present portfolio's risk is asked. */
export type RiskQuery = z.infer<typeof RiskQuery>

/** One holding's part in the portfolio's risk. Weights are signed shares of equity; volatilities a year. */
export const RiskContribution = z
  .object({
    symbol: z.string(),
    weight: z.number(),
    volatility: z.number().nullable(),
    /** Change of portfolio volatility per unit of weight. */
    marginal: z.number().nullable(),
    /** weight · marginal: these add up to the portfolio's volatility. */
    contribution: z.number().nullable(),
    /** Share of the portfolio's volatility; negative for a hedge. */
    share: z.number().nullable(),
    /** Loss at its stops in account currency; the stated gap where it has none. */
    riskAtStop: DecimalText,
    /** What is missing of it, or how its stop counts. */
    says: z.string(),
  })
  .strict()
/** One holding's part in the portfolio's risk. */
export type RiskContribution = z.infer<typeof RiskContribution>

/** What a bad day would do. Losses are positive; amounts in account currency, shares of equity. */
export const StressLine = z
  .object({
    id: z.enum(['stops', 'together', 'against', 'window', 'worst_day']),
    title: z.string(),
    loss: DecimalText.nullable(),
    share: z.number().nullable(),
    /** For a stress of volatility: the portfolio's volatility a year then. */
    volatility: z.number().nullable(),
    bySymbol: z.array(z.object({ symbol: z.string(), loss: DecimalText, share: z.number() }).strict()),
    says: z.string(),
  })
  .strict()
/** What a bad day would do. */
export type StressLine = z.infer<typeof StressLine>

/** The risk of the present positions. */
export const RiskView = z
  .object({
    at: Instant,
    currency: z.string(),
    equity: DecimalText.nullable(),
    positions: z.array(RiskContribution),
    /** √(w′Σw) a year, denoised correlations; `null` while something is missing, named in `unknown`. */
    volatility: z.number().nullable(),
    diversification: z.number().nullable(),
    gross: z.number().nullable(),
    net: z.number().nullable(),
    stress: z.array(StressLine),
    /** The chosen window as the present positions would have lived it: share of equity gained since its start. */
    path: z.array(z.object({ at: Instant, share: z.number() }).strict()),
    study: StudyAge.nullable(),
    unknown: z.array(z.string()),
  })
  .strict()
/** The risk of the present positions. */
export type RiskView = z.infer<typeof RiskView>
