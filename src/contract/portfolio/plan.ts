import * as z from 'zod'
import { ExposureLine, LimitReading } from '../limits.ts'
import { DecimalText, Instant, Name, Side, Typed } from '../primitives.ts'
import { OrderRequest, Reason } from '../sizing.ts'
import { OptimiseInput, PortfolioFigures } from './optimise.ts'

const Target = z.object({ symbol: Name, weight: Typed }).strict()

/** Target weights to trade towards. Weights, bands and costs are fractions of equity, returns a year. */
export const PlanInput = z
  .object({
    targets: z.array(Target).min(1).max(1_000),
    /** Positions that are not among the targets: closed, or left as they are (the rule where left out). */
    others: z.enum(['keep', 'close']).optional(),
    /** A weight off by less than this is left alone; 0.01 where left out. */
    band: Typed,
    /** Days over which a gain is counted against its cost; 90 where left out. */
    horizon: Typed,
    lambda: Typed,
    lookback: Typed,
    correlation: OptimiseInput.shape.correlation,
    expected: OptimiseInput.shape.expected,
    /** Stop distance as a fraction of price for new positions; without one the profile's method decides whether it sizes. */
    stop: Typed,
    strategy: Name.optional(),
  })
  .strict()
/** Target weights to trade towards. */
export type PlanInput = z.infer<typeof PlanInput>

/** What the governor says of one order of a plan. */
export const PlannedDecision = z
  .object({
    kind: z.enum(['entry', 'exit']),
    outcome: z.enum(['approved', 'reduced', 'rejected']),
    quantity: DecimalText,
    proposed: DecimalText.nullable(),
    binding: z.string().nullable(),
    reasons: z.array(Reason),
    says: z.string(),
  })
  .strict()
/** What the governor says of one order of a plan. */
export type PlannedDecision = z.infer<typeof PlannedDecision>

/** One order of a plan: closing orders first, each decided with those before it counted as working. */
export const PlannedOrder = z
  .object({
    symbol: z.string(),
    side: Side,
    /** Whole lots towards the target, before the governor. */
    quantity: DecimalText,
    price: DecimalText,
    notional: DecimalText,
    currency: z.string(),
    present: z.number(),
    target: z.number(),
    /** Weight after what the governor allows. */
    after: z.number(),
    /** Account currency. */
    cost: DecimalText,
    decision: PlannedDecision,
    says: z.string(),
  })
  .strict()
/** One order of a plan. */
export type PlannedOrder = z.infer<typeof PlannedOrder>

/** Orders towards target weights, previewed. Nothing is recorded by it. */
export const PlanView = z
  .object({
    /** Fingerprint of the plan: recording it asks for the same one. */
    planId: z.string(),
    at: Instant,
    currency: z.string(),
    equity: DecimalText,
    orders: z.array(PlannedOrder),
    /** Left alone, and why: within the band, below a lot, not worth the cost. */
    kept: z.array(z.object({ symbol: z.string(), present: z.number(), target: z.number(), says: z.string() }).strict()),
    turnover: z.number(),
    /** Account currency. */
    cost: DecimalText,
    /** Gain of μ′w − ½λw′Σw over the horizon in account currency; `null` where it is not known. */
    benefit: DecimalText.nullable(),
    worthwhile: z.boolean().nullable(),
    present: PortfolioFigures.nullable(),
    target: PortfolioFigures.nullable(),
    /** After what the governor allows. */
    after: PortfolioFigures.nullable(),
    notes: z.array(z.string()),
    says: z.string(),
  })
  .strict()
/** Orders towards target weights, previewed. */
export type PlanView = z.infer<typeof PlanView>

/** Records a plan that was shown: refused where anything has changed since. The same group again answers with what was recorded. */
export const DecidePlanInput = z
  .object({
    plan: PlanInput,
    planId: z.string().regex(/^[0-9a-f]{16,64}$/),
    groupId: z
      .string()
      .regex(/^[A-Za-z0-9_-]{8,48}$/)
      .optional(),
  })
  .strict()
/** Records a plan that was shown. */
export type DecidePlanInput = z.infer<typeof DecidePlanInput>

/** A plan as recorded: one decision an order, kept together under one group. */
export const RecordedPlan = z
  .object({
    groupId: z.string(),
    at: Instant,
    decisions: z.array(
      PlannedDecision.extend({
        decisionId: z.string(),
        seq: z.number().int(),
        symbol: z.string(),
        side: Side,
      }).strict(),
    ),
    says: z.string(),
  })
  .strict()
/** A plan as recorded. */
export type RecordedPlan = z.infer<typeof RecordedPlan>

/** Hypothetical orders looked at together. */
export const BasketInput = z.object({ orders: z.array(OrderRequest).min(1).max(100), lookback: Typed }).strict()
/** Hypothetical orders looked at together. */
export type BasketInput = z.infer<typeof BasketInput>

/** One exposure before and after a basket. */
export const ExposureChange = z
  .object({ name: z.string(), before: ExposureLine.nullable(), after: ExposureLine.nullable() })
  .strict()
/** One exposure before and after a basket. */
export type ExposureChange = z.infer<typeof ExposureChange>

/** What several hypothetical orders would do together. Nothing is recorded by it. */
export const BasketView = z
  .object({
    at: Instant,
    currency: z.string(),
    /** Each decided with those before it counted as working. */
    orders: z.array(PlannedDecision.extend({ symbol: z.string(), side: Side.nullable() }).strict()),
    bySymbol: z.array(ExposureChange),
    byCluster: z.array(ExposureChange),
    before: PortfolioFigures.nullable(),
    after: PortfolioFigures.nullable(),
    /** Every limit with its use before and after, nearest to breach first. */
    limits: z.array(
      z
        .object({
          rule: z.string(),
          title: z.string(),
          subject: z.string().nullable(),
          before: LimitReading.nullable(),
          after: LimitReading.nullable(),
        })
        .strict(),
    ),
    unknown: z.array(z.string()),
    says: z.string(),
  })
  .strict()
/** What several hypothetical orders would do together. */
export type BasketView = z.infer<typeof BasketView>
