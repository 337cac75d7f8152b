import * as z from 'zod'
import { Name, Typed } from '../primitives.ts'
import { StudyAge, StudyFrameInput } from './study.ts'

/** Ways to weigh a portfolio. */
export const PortfolioMethod = z.enum(['kelly_mvo', 'min_variance', 'max_sharpe', 'risk_parity', 'hrp', 'equal_weight'])
/** A way to weigh a portfolio. */
export type PortfolioMethod = z.infer<typeof PortfolioMethod>

const PerSymbol = z.record(Name, Typed)

/**
 * What a portfolio is weighed by. Weights, costs and limits are fractions of equity, returns and volatilities a year. A
 * limit that is left out or `null` does not limit.
 */
export const OptimiseInput = z
  .object({
    method: PortfolioMethod,
    ...StudyFrameInput,
    /** Which correlations: `denoised` where left out. */
    correlation: z.enum(['raw', 'shrunk', 'denoised']).optional(),
    /** Aversion to variance: 1 is full Kelly; 2 where left out. */
    lambda: Typed,
    riskFree: Typed,
    /** Cost of one unit of turnover, 0.001 where left out, and per symbol where it differs. */
    cost: Typed,
    costs: PerSymbol.optional(),
    /** Bounds of every weight, 0 and 0.2 where left out, and per symbol where they differ. */
    lower: Typed,
    upper: Typed,
    bounds: z
      .array(z.object({ symbol: Name, lower: Typed, upper: Typed }).strict())
      .max(1_000)
      .optional(),
    groups: z
      .array(z.object({ name: Name, members: z.array(Name).min(1).max(1_000), min: Typed, max: Typed }).strict())
      .max(200)
      .optional(),
    /** Adds the caps of clusters that the profile in force sets. */
    clusterCaps: z.boolean().optional(),
    /** Most that may change hands: the sum of |w − present|. */
    turnover: Typed,
    volatilityCap: Typed,
    /** The `k` largest weights together at most `max`. */
    topK: z.object({ k: Typed, max: Typed }).strict().nullable().optional(),
    /** Most gross: the sum of |w|. */
    gross: Typed,
    /** Sum of the weights; 0 and 1 where left out, so that cash may be kept; 1 and 1 for `min_variance`. */
    budget: z.object({ min: Typed, max: Typed }).strict().optional(),
    /** Shares of risk by symbol, for `risk_parity`; equal where left out. */
    riskBudgets: PerSymbol.optional(),
    /** Expected return by symbol; of its own bars where left out, and said so. */
    expected: PerSymbol.optional(),
    /** Signals in [−1, 1] by symbol: they scale the expected return by 1 + 0.5·signal. */
    signals: PerSymbol.optional(),
    /** What is held now: the positions of the book, or nothing. */
    start: z.enum(['positions', 'cash']).optional(),
  })
  .strict()
/** What a portfolio is weighed by. */
export type OptimiseInput = z.infer<typeof OptimiseInput>

/** A portfolio in figures, a year; `sharpe` is `null` without volatility. */
export const PortfolioFigures = z
  .object({
    expectedReturn: z.number().nullable(),
    volatility: z.number(),
    sharpe: z.number().nullable(),
    diversification: z.number().nullable(),
    gross: z.number(),
    net: z.number(),
    /** 1 less the sum of the weights. */
    cash: z.number(),
  })
  .strict()
/** A portfolio in figures. */
export type PortfolioFigures = z.infer<typeof PortfolioFigures>

/** One instrument, before and after; `proposed` and its shares are `null` where there is no answer. */
export const AssetWeight = z
  .object({
    symbol: z.string(),
    present: z.number(),
    proposed: z.number().nullable(),
    change: z.number().nullable(),
    /** Near `proposed` in whole lots, by which every limit still holds; `null` where lots are not known or none fit. */
    inLots: z.number().nullable(),
    lower: z.number(),
    upper: z.number(),
    expected: z.number().nullable(),
    expectedSource: z.string(),
    volatility: z.number(),
    /** Shares of the portfolio's volatility. */
    presentShare: z.number().nullable(),
    proposedShare: z.number().nullable(),
  })
  .strict()
/** One instrument, before and after. */
export type AssetWeight = z.infer<typeof AssetWeight>

/** One limit of an optimisation with what it costs. */
export const OptimiserLimit = z
  .object({
    /** Such as `budget.max`, `upper`, `group.tech.max`, `turnover`, `volatilityCap`. */
    id: z.string(),
    title: z.string(),
    /** Symbol or group it is kept for, if any. */
    subject: z.string().nullable(),
    bound: z.number().nullable(),
    used: z.number().nullable(),
    binding: z.boolean(),
    /** Gain of the objective per unit the limit is relaxed; 0 where it does not bind. */
    shadowPrice: z.number(),
    /** Units of the shadow price, such as: return a year per 1 of weight. */
    units: z.string(),
    says: z.string(),
  })
  .strict()
/** One limit of an optimisation with what it costs. */
export type OptimiserLimit = z.infer<typeof OptimiserLimit>

/** A proposed portfolio beside the present one, or why there is none. */
export const OptimiseResult = z
  .object({
    /** `unsolved`: the method has no answer here, and `says` why. */
    status: z.enum(['optimal', 'infeasible', 'unsolved']),
    says: z.string(),
    method: PortfolioMethod,
    assets: z.array(AssetWeight),
    objective: z.number().nullable(),
    present: PortfolioFigures,
    proposed: PortfolioFigures.nullable(),
    turnover: z.number().nullable(),
    /** Cost of getting there, a share of equity. */
    cost: z.number().nullable(),
    /** Binding limits first. */
    limits: z.array(OptimiserLimit),
    /** A smallest set of limits that cannot hold together. */
    infeasible: z.array(z.object({ id: z.string(), title: z.string(), says: z.string() }).strict()),
    leftOut: z.array(z.object({ symbol: z.string(), says: z.string() }).strict()),
    study: StudyAge,
    notes: z.array(z.string()),
    /** What whole lots come to, or why there are none; `null` without an answer. */
    lotsSay: z.string().nullable(),
    milliseconds: z.number(),
  })
  .strict()
/** A proposed portfolio beside the present one, or why there is none. */
export type OptimiseResult = z.infer<typeof OptimiseResult>

/** The frontier under the same limits. */
export const FrontierInput = OptimiseInput.extend({
  /** How many portfolios, from 2 to 100; 20 where left out. */
  points: Typed,
}).strict()
/** The frontier under the same limits. */
export type FrontierInput = z.infer<typeof FrontierInput>

const Point = z.object({ volatility: z.number(), expectedReturn: z.number() }).strict()

/** Portfolios of the most return at each volatility, in the order of volatility. */
export const FrontierResult = z
  .object({
    symbols: z.array(z.string()),
    /** `weights` in the order of `symbols`. */
    points: z.array(Point.extend({ weights: z.array(z.number()), cash: z.number() }).strict()),
    present: Point,
    /** What the method proposes; `null` where it has no answer. */
    proposed: Point.nullable(),
    /** Each instrument alone. */
    assets: z.array(Point.extend({ symbol: z.string() }).strict()),
    study: StudyAge,
    notes: z.array(z.string()),
    says: z.string(),
  })
  .strict()
/** Portfolios of the most return at each volatility. */
export type FrontierResult = z.infer<typeof FrontierResult>
