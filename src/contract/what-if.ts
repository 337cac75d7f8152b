import * as z from 'zod'
import { DecimalText, Instant, Name } from './primitives.ts'
import { refusable } from './refusal.ts'
import { Decision, OrderRequest, Reason, Rung, Step } from './sizing.ts'

const Unknown = z.enum(['stop', 'entry', 'risk', 'equity', 'win_rate'])

/** One thing solved while all else on the order stays as it is. */
export const InverseAnswer = z
  .object({
    unknown: Unknown,
    /** `found` at `value`; `any` value allows it as far as `value`; `never`, with the obstacle; `no_effect` on this order. */
    kind: z.enum(['found', 'any', 'never', 'no_effect']),
    /** Whether `value` is the least or the most that allows the quantity. */
    bound: z.enum(['least', 'most']),
    /** A price, a share of equity, account currency or a share of trades won. */
    present: DecimalText.nullable(),
    value: DecimalText.nullable(),
    change: DecimalText.nullable(),
    /** Distance to the next value. */
    step: DecimalText.nullable(),
    /** Size decided with `value`. */
    gives: DecimalText.nullable(),
    /** One step further, where the quantity is no longer allowed. */
    beyond: z.object({ value: DecimalText, gives: DecimalText, binding: z.string().nullable() }).strict().nullable(),
    obstacle: z
      .object({ rule: z.string(), title: z.string(), code: z.string().nullable(), says: z.string() })
      .strict()
      .nullable(),
    says: z.string(),
  })
  .strict()
/** One thing solved while all else on the order stays as it is. */
export type InverseAnswer = z.infer<typeof InverseAnswer>

/** A limit that is below the quantity, and how far it would have to move. */
export const LimitMove = z
  .object({
    rule: z.string(),
    title: z.string(),
    code: z.string(),
    unit: z.enum(['money', 'fraction', 'quantity']),
    allows: DecimalText,
    limit: DecimalText.nullable(),
    needed: DecimalText.nullable(),
    more: DecimalText.nullable(),
    /** The one setting of the profile that is enough; `null` where no one setting is. */
    setting: z.object({ path: z.string(), title: z.string(), from: DecimalText, to: DecimalText }).strict().nullable(),
    says: z.string(),
  })
  .strict()
/** A limit that is below the quantity, and how far it would have to move. */
export type LimitMove = z.infer<typeof LimitMove>

/** What would allow a quantity. Nothing of it is recorded. */
export const Inverse = z
  .object({
    quantity: DecimalText,
    through: z.enum(['method', 'typed']),
    allowed: z.boolean(),
    now: Decision,
    answers: z.array(InverseAnswer),
    limits: z.array(LimitMove),
    /** The order with every setting moved, and whether it then reaches the quantity. */
    moved: z.object({ enough: z.boolean(), quantity: DecimalText, says: z.string() }).strict(),
  })
  .strict()
/** What would allow a quantity. */
export type Inverse = z.infer<typeof Inverse>

/** What one sizing method makes of an order, stage by stage, in units. */
export const MethodNumbers = z
  .object({
    method: z.string(),
    title: z.string(),
    proposes: z.enum(['quantity', 'risk', 'weight']),
    /** Method that sized in its place, where the account's tier put another there. */
    decidedWith: z.string(),
    /** `null` where it gives none. */
    proposal: DecimalText.nullable(),
    afterBrakes: DecimalText,
    afterCeilings: DecimalText,
    quantity: DecimalText,
    outcome: z.enum(['approved', 'reduced', 'rejected']),
    binding: z.string().nullable(),
    bindingTitle: z.string().nullable(),
    riskAmount: DecimalText,
    riskFraction: DecimalText.nullable(),
    weight: DecimalText.nullable(),
    reasons: z.array(Reason),
    says: z.string(),
  })
  .strict()
/** What one sizing method makes of an order. */
export type MethodNumbers = z.infer<typeof MethodNumbers>

/** Every method's numbers for one order. Nothing of it is recorded. */
export const MethodComparison = z
  .object({ symbol: z.string(), currency: z.string(), chosen: z.string().nullable(), rows: z.array(MethodNumbers) })
  .strict()
/** Every method's numbers for one order. */
export type MethodComparison = z.infer<typeof MethodComparison>

/** One input of a stored decision that may be changed. */
export const ChangeableInput = z
  .object({
    path: z.string(),
    group: z.string(),
    title: z.string(),
    kind: z.enum(['text', 'whole', 'switch']),
    value: z.string().nullable(),
  })
  .strict()
/** One input of a stored decision that may be changed. */
export type ChangeableInput = z.infer<typeof ChangeableInput>

const Change = z.object({ path: z.string().min(1).max(200), value: z.string().max(200).nullable() }).strict()

const pairOf = <Line extends z.ZodType>(line: Line) =>
  z
    .object({
      rule: z.string(),
      title: z.string(),
      changed: z.boolean(),
      stored: line.nullable(),
      whatIf: line.nullable(),
    })
    .strict()

/** A stored decision beside what it would have been with other inputs. Never recorded. */
export const WhatIf = z
  .object({
    mark: z.literal('WHAT-IF'),
    decisionId: z.string(),
    changes: z.array(
      z
        .object({
          path: z.string(),
          group: z.string(),
          title: z.string(),
          from: z.string().nullable(),
          to: z.string().nullable(),
        })
        .strict(),
    ),
    stored: Decision,
    whatIf: Decision,
    steps: z.array(pairOf(Step)),
    ladder: z.array(pairOf(Rung)),
  })
  .strict()
/** A stored decision beside what it would have been with other inputs. */
export type WhatIf = z.infer<typeof WhatIf>

const Asked = { request: OrderRequest, accountId: Name.optional(), asOf: Instant.optional() }

export const whatIf = {
  invert: refusable
    .route({ method: 'POST', path: '/size/invert', summary: 'What would allow a quantity, and which limits must move' })
    .input(
      z
        .object({
          ...Asked,
          quantity: z.string().max(60),
          /** Whether the method has to propose the quantity or the trader types it. */
          through: z.enum(['method', 'typed']).default('method'),
          unknowns: z.array(Unknown).max(5).optional(),
        })
        .strict(),
    )
    .output(Inverse),
  compare: refusable
    .route({ method: 'POST', path: '/size/compare', summary: 'What every sizing method makes of an order' })
    .input(z.object(Asked).strict())
    .output(MethodComparison),
  inputs: refusable
    .route({ method: 'GET', path: '/decisions/{decisionId}/inputs', summary: 'Inputs that a what-if may change' })
    .input(z.object({ decisionId: Name }).strict())
    .output(z.array(ChangeableInput)),
  decide: refusable
    .route({
      method: 'POST',
      path: '/decisions/{decisionId}/what-if',
      summary: 'Decide a stored decision again with other inputs; never recorded',
    })
    .input(z.object({ decisionId: Name, changes: z.array(Change).max(100) }).strict())
    .output(WhatIf),
}
