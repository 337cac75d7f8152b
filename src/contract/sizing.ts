import * as z from 'zod'
import { DecimalText, Instant, LimitState, Name, Side, Typed } from './primitives.ts'
import { refusable } from './refusal.ts'

/** An order request as typed. Values are checked by the governor, which names the field at fault; unknown keys are refused here. */
export const OrderRequest = z
  .object({
    symbol: Typed,
    /** `buy` or `sell` (`long` and `short` are read as the same). */
    side: Typed,
    strategy: Typed,
    /** A price in the instrument's currency, or `market`. */
    entry: Typed,
    stop: Typed,
    target: Typed,
    quantity: Typed,
    /** Risk fraction of this order: 0.01 is 1 %. */
    risk: Typed,
    method: Typed,
    /** LOW, MEDIUM or HIGH. */
    conviction: Typed,
    /** Signal strength in [−1, 1]. */
    signal: Typed,
    expectedReturn: Typed,
    volatility: Typed,
    note: z.string().max(2000).nullable().optional(),
  })
  .strict()

/** Where and when an order is decided. */
const Framing = {
  /** Account of the open book; its only account where unset. */
  accountId: Name.optional(),
  /** Instant to decide for, for books of the past; the book's clock where unset. Refused in a live book. */
  asOf: Instant.optional(),
}

export const Reason = z.object({ code: z.string(), says: z.string(), field: z.string().optional() }).strict()

export const Step = z
  .object({
    stage: z.enum(['validate', 'resolve', 'propose', 'adjust', 'ceiling', 'round', 'gate', 'exit']),
    rule: z.string(),
    title: z.string(),
    before: DecimalText,
    after: DecimalText,
    factor: DecimalText.nullable(),
    ceiling: DecimalText.nullable(),
    passed: z.boolean(),
    code: z.string().nullable(),
    facts: z.record(z.string(), z.string()),
    says: z.string(),
  })
  .strict()

export const Rung = z
  .object({
    rule: z.string(),
    title: z.string(),
    /** Largest quantity on the lot grid that keeps the limit; `null` where it does not limit this order. */
    allows: DecimalText.nullable(),
    unit: z.enum(['money', 'fraction', 'quantity']),
    limit: DecimalText.nullable(),
    before: DecimalText.nullable(),
    after: DecimalText.nullable(),
    utilisationBefore: DecimalText.nullable(),
    utilisation: DecimalText.nullable(),
    state: LimitState,
    whatWouldRelax: z
      .object({ oneMoreLot: DecimalText.nullable(), fullProposal: DecimalText.nullable(), says: z.string() })
      .strict()
      .nullable(),
    code: z.string(),
    says: z.string(),
    facts: z.record(z.string(), z.string()),
  })
  .strict()

/** The answer to one order request: what, how much, why, and what would change it. */
export const Decision = z
  .object({
    schema: z.literal(1),
    engine: z.string(),
    at: Instant,
    accountId: z.string(),
    bookKind: z.enum(['paper', 'live', 'sample']),
    kind: z.enum(['entry', 'exit']),
    symbol: z.string(),
    side: Side.nullable(),
    strategy: z.string().nullable(),
    method: z.string().nullable(),
    outcome: z.enum(['approved', 'reduced', 'rejected']),
    quantity: DecimalText,
    proposed: DecimalText.nullable(),
    entry: DecimalText.nullable(),
    stop: DecimalText.nullable(),
    target: DecimalText.nullable(),
    currency: z.string(),
    notional: DecimalText,
    riskAmount: DecimalText,
    riskFraction: DecimalText.nullable(),
    weight: DecimalText.nullable(),
    r: DecimalText.nullable(),
    lossPerUnit: DecimalText.nullable(),
    rewardAmount: DecimalText.nullable(),
    costs: z
      .object({ commission: DecimalText, spread: DecimalText, slippage: DecimalText, total: DecimalText })
      .strict(),
    exposure: z
      .object({
        grossBefore: DecimalText,
        grossAfter: DecimalText,
        netBefore: DecimalText,
        netAfter: DecimalText,
        leverageBefore: DecimalText.nullable(),
        leverageAfter: DecimalText.nullable(),
        symbolBefore: DecimalText,
        symbolAfter: DecimalText,
      })
      .strict(),
    binding: z.string().nullable(),
    ladder: z.array(Rung),
    steps: z.array(Step),
    reasons: z.array(Reason),
    says: z.string(),
  })
  .strict()
/** The answer to one order request. */
export type Decision = z.infer<typeof Decision>
/** One limit of the constraint ladder. */
export type Rung = z.infer<typeof Rung>
/** One line of the audit trail. */
export type Step = z.infer<typeof Step>
/** An order request as typed. */
export type OrderRequest = z.infer<typeof OrderRequest>

/** A decision that has been recorded, with its proof. */
export const RecordedDecision = Decision.extend({
  decisionId: z.string(),
  seq: z.number().int(),
  recordedAt: Instant,
  /** SHA-256 of its row in the audit log. */
  hash: z.string(),
  profile: z.object({ name: z.string(), version: z.number().int(), hash: z.string() }).strict(),
}).strict()
/** A decision that has been recorded, with its proof. */
export type RecordedDecision = z.infer<typeof RecordedDecision>

/** One sizing method for a picker. */
export const MethodView = z
  .object({
    id: z.string(),
    title: z.string(),
    proposes: z.enum(['quantity', 'risk', 'weight']),
    needsStop: z.boolean(),
    says: z.string(),
  })
  .strict()

export const sizing = {
  preview: refusable
    .route({ method: 'POST', path: '/size/preview', summary: 'Decide without recording' })
    .input(z.object({ request: OrderRequest, ...Framing }).strict())
    .output(Decision),
  decide: refusable
    .route({ method: 'POST', path: '/size', summary: 'Decide one order and record the decision' })
    .input(
      z
        .object({
          request: OrderRequest,
          ...Framing,
          /** Chosen by the caller: the same id again answers with the first decision. */
          decisionId: z
            .string()
            .regex(/^[A-Za-z0-9_-]{8,64}$/)
            .optional(),
        })
        .strict(),
    )
    .output(RecordedDecision),
  methods: refusable.route({ method: 'GET', path: '/methods', summary: 'Sizing methods' }).output(z.array(MethodView)),
}
