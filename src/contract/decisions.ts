import * as z from 'zod'
import { DecimalText, Instant, Name, Side } from './primitives.ts'
import { refusable } from './refusal.ts'
import { RecordedDecision } from './sizing.ts'

/** One decision in a list. */
export const DecisionRow = z
  .object({
    decisionId: z.string(),
    seq: z.number().int(),
    recordedAt: Instant,
    at: Instant,
    accountId: z.string(),
    kind: z.enum(['entry', 'exit']),
    symbol: z.string(),
    side: Side.nullable(),
    strategy: z.string().nullable(),
    method: z.string().nullable(),
    outcome: z.enum(['approved', 'reduced', 'rejected']),
    quantity: DecimalText,
    proposed: DecimalText.nullable(),
    notional: DecimalText,
    riskAmount: DecimalText,
    binding: z.string().nullable(),
    code: z.string().nullable(),
    says: z.string(),
    hash: z.string(),
  })
  .strict()
/** One decision in a list. */
export type DecisionRow = z.infer<typeof DecisionRow>

/** What the decision looked at, for its detail view: one line per input. */
export const InputLine = z
  .object({
    name: z.string(),
    value: z.string().nullable(),
    source: z.string(),
    at: Instant.nullable(),
    ageMs: z.number().nullable(),
  })
  .strict()

/** A recorded decision with its inputs and its place in the chain. */
export const DecisionDetail = z
  .object({ decision: RecordedDecision, inputs: z.array(InputLine), previousHash: z.string() })
  .strict()

/** Outcome of deciding again from the stored snapshot. */
export const Replay = z
  .object({
    decisionId: z.string(),
    identical: z.boolean(),
    storedEngine: z.string(),
    engine: z.string(),
    /** Canonical SHA-256 of the stored and the new answer. */
    storedDigest: z.string(),
    digest: z.string(),
    /** Dotted paths whose values differ, with both values. */
    differences: z.array(z.object({ path: z.string(), stored: z.string(), now: z.string() }).strict()),
    says: z.string(),
  })
  .strict()

/** One of the three possible verdicts on the audit log. */
export const Verdict = z
  .object({
    verdict: z.enum(['verified-anchored', 'verified-not-anchored', 'broken']),
    rows: z.number().int(),
    head: z.string().nullable(),
    /** Last anchored instant, since when it is not, or the first row that fails. */
    anchoredAt: Instant.nullable(),
    since: Instant.nullable(),
    brokenAt: z.number().int().nullable(),
    checkedAt: Instant,
    says: z.string(),
  })
  .strict()
/** Verdict on the audit log. */
export type Verdict = z.infer<typeof Verdict>

export const decisions = {
  list: refusable
    .route({ method: 'GET', path: '/decisions', summary: 'Recorded decisions, newest first' })
    .input(
      z
        .object({
          text: z.string().max(200).optional(),
          symbol: Name.optional(),
          outcome: z.enum(['approved', 'reduced', 'rejected']).optional(),
          strategy: Name.optional(),
          code: Name.optional(),
          from: z.coerce.number().int().optional(),
          to: z.coerce.number().int().optional(),
          beforeSeq: z.coerce.number().int().positive().optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        })
        .strict()
        .optional(),
    )
    .output(z.object({ rows: z.array(DecisionRow), total: z.number().int() }).strict()),
  get: refusable
    .route({ method: 'GET', path: '/decisions/{decisionId}', summary: 'One decision with its inputs' })
    .input(z.object({ decisionId: Name }).strict())
    .output(DecisionDetail),
  replay: refusable
    .route({ method: 'POST', path: '/decisions/{decisionId}/replay', summary: 'Decide again from the stored snapshot' })
    .input(z.object({ decisionId: Name }).strict())
    .output(Replay),
}

export const audit = {
  /** Last known verdict, without walking the chain. */
  status: refusable.route({ method: 'GET', path: '/audit', summary: 'Last verdict on the audit log' }).output(Verdict),
  verify: refusable
    .route({ method: 'POST', path: '/audit/verify', summary: 'Verify the whole audit log now' })
    .output(Verdict),
  rows: refusable
    .route({ method: 'GET', path: '/audit/rows', summary: 'Rows of the audit log, newest first' })
    .input(
      z
        .object({
          beforeSeq: z.coerce.number().int().positive().optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        })
        .strict()
        .optional(),
    )
    .output(
      z.array(
        z.object({ seq: z.number().int(), at: Instant, kind: z.string(), says: z.string(), hash: z.string() }).strict(),
      ),
    ),
}
