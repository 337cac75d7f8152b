import * as z from 'zod'
import { DecimalText, Instant, Name } from './primitives.ts'
import { refusable } from './refusal.ts'
import { OrderRequest } from './sizing.ts'

/** One setting of the book's profile, ready for a form. */
export const SettingView = z
  .object({
    /** Dotted path in the profile, for example `ceilings.risk_per_trade.max`. */
    path: z.string(),
    section: z.string(),
    title: z.string(),
    help: z.string(),
    kind: z.enum(['fraction', 'number', 'money', 'quantity', 'milliseconds', 'choice', 'switch', 'table']),
    /** Decimal text, `true`/`false`, a choice, or JSON of a table. */
    value: z.string(),
    least: z.string().nullable(),
    most: z.string().nullable(),
    choices: z.array(z.string()),
  })
  .strict()
/** One setting of the book's profile. */
export type SettingView = z.infer<typeof SettingView>

/** One rule or method of the book's profile with its switch. */
export const RuleView = z
  .object({
    /** Dotted path of the rule, for example `ceilings.risk_per_trade`. */
    path: z.string(),
    section: z.string(),
    title: z.string(),
    says: z.string(),
    on: z.boolean(),
    /** False for what nothing can be sized safely without. */
    mayBeOff: z.boolean(),
  })
  .strict()
/** One rule with its switch. */
export type RuleView = z.infer<typeof RuleView>

/** One change of a profile: a limit that allows less, one that allows more, or no limit. */
export const ChangeLine = z
  .object({
    path: z.string(),
    title: z.string(),
    before: z.string(),
    after: z.string(),
    direction: z.enum(['tighter', 'looser', 'other']),
  })
  .strict()
/** One change of a profile. */
export type ChangeLine = z.infer<typeof ChangeLine>

/** Limits that will allow more from a session start on. */
export const PendingView = z
  .object({
    /** Strategy whose profile it is; `null` for the book's. */
    strategy: z.string().nullable(),
    name: z.string(),
    effectiveAt: Instant,
    requestedAt: Instant,
    reason: z.string(),
    changes: z.array(ChangeLine),
  })
  .strict()
/** Limits that will allow more from a session start on. */
export type PendingView = z.infer<typeof PendingView>

/** A profile that sizes the orders of one strategy. */
export const AssignmentView = z.object({ strategy: z.string(), name: z.string(), version: z.number().int() }).strict()

export const ProfileView = z
  .object({
    name: z.string(),
    version: z.number().int(),
    hash: z.string(),
    title: z.string(),
    at: Instant,
    settings: z.array(SettingView),
    rules: z.array(RuleView),
    yaml: z.string(),
    /** Settings that are allowed and cannot do what they say, by path. */
    warnings: z.array(z.object({ path: z.string(), says: z.string() }).strict()),
    pending: z.array(PendingView),
    /** What the environment overrides while it holds. */
    overrides: z.array(z.object({ variable: z.string(), value: z.string(), says: z.string() }).strict()),
    assignments: z.array(AssignmentView),
    /** What undoing the last assignment would go back to, in words; `null` where there is none. */
    lastAssignment: z.string().nullable(),
    /** Whether a limit that allows more waits for the next session: not in a sample book, nor before the first decision. */
    loosensLater: z.boolean(),
    /** Start of the next session of the account. */
    nextSessionAt: Instant,
  })
  .strict()
/** The book's profile. */
export type ProfileView = z.infer<typeof ProfileView>

/** A remark on a profile's file. */
export const PlacedView = z
  .object({
    file: z.string(),
    line: z.number().int(),
    column: z.number().int(),
    key: z.string(),
    code: z.string(),
    says: z.string(),
  })
  .strict()

const Changes = z
  .array(z.object({ path: z.string().max(200), value: z.string().max(2000) }).strict())
  .min(1)
  .max(200)
const Reason = z.string().max(500).optional()

/** Which profile is meant: changes to the book's, a profile by name, an earlier version of one, or another method. */
const Candidate = {
  changes: Changes.optional(),
  name: Name.optional(),
  version: z.number().int().positive().optional(),
  method: Name.optional(),
}

/** One decision in short. */
export const OutcomeLine = z
  .object({
    profile: z.string(),
    method: z.string().nullable(),
    outcome: z.enum(['approved', 'reduced', 'rejected']),
    quantity: DecimalText,
    binding: z.string().nullable(),
    says: z.string(),
  })
  .strict()
/** One decision in short. */
export type OutcomeLine = z.infer<typeof OutcomeLine>

/** What a change would do: every setting that differs, and the order on the ticket decided both ways. */
export const ProfileComparison = z
  .object({
    name: z.string(),
    changes: z.array(ChangeLine),
    faults: z.array(PlacedView),
    warnings: z.array(PlacedView),
    /** When limits that allow more would take effect; `null` where all takes effect at once. */
    loosensAt: Instant.nullable(),
    /** The limit that is broken now, in words: while it is, no limit is loosened. */
    breach: z.string().nullable(),
    order: z
      .object({
        symbol: z.string(),
        before: OutcomeLine,
        after: OutcomeLine,
        rungs: z.array(
          z
            .object({
              rule: z.string(),
              title: z.string(),
              before: DecimalText.nullable(),
              after: DecimalText.nullable(),
              state: z.enum(['same', 'tighter', 'looser', 'new', 'gone']),
            })
            .strict(),
        ),
      })
      .strict()
      .nullable(),
  })
  .strict()
/** What a change would do. */
export type ProfileComparison = z.infer<typeof ProfileComparison>

/** One recorded decision beside what another profile or method makes of the same snapshot. */
export const SideBySide = z
  .object({
    decisionId: z.string(),
    at: Instant,
    symbol: z.string(),
    side: z.enum(['buy', 'sell']).nullable(),
    recorded: OutcomeLine,
    other: OutcomeLine,
  })
  .strict()
/** One recorded decision beside another answer to the same snapshot. */
export type SideBySide = z.infer<typeof SideBySide>

export const profile = {
  get: refusable.output(ProfileView),
  /** Profiles shipped with Ballast and those saved in this book. */
  list: refusable.output(
    z.array(
      z
        .object({ name: z.string(), title: z.string(), says: z.string(), shipped: z.boolean(), active: z.boolean() })
        .strict(),
    ),
  ),
  /** Makes a shipped or saved profile the active one; limits that allow more wait for the next session, with a reason. */
  choose: refusable.input(z.object({ name: Name, reason: Reason }).strict()).output(ProfileView),
  /** Changes settings by path, or switches a rule `on` or `off` by its path; all or nothing, all faults at once. */
  change: refusable.input(z.object({ changes: Changes, reason: Reason }).strict()).output(ProfileView),
  /** Checks the text of a profile without saving it. */
  check: refusable
    .input(z.object({ yaml: z.string().max(200_000), fileName: z.string().min(1).max(200) }).strict())
    .output(z.object({ faults: z.array(PlacedView), warnings: z.array(PlacedView) }).strict()),
  /** What a change would do to an order, before it is made; nothing is recorded. */
  compare: refusable
    .input(z.object({ ...Candidate, request: OrderRequest.optional() }).strict())
    .output(ProfileComparison),
  /** The last decisions of a strategy, or of all, beside what another profile or method makes of their snapshots. */
  sideBySide: refusable
    .input(
      z.object({ ...Candidate, strategy: Name.optional(), limit: z.number().int().min(1).max(50).optional() }).strict(),
    )
    .output(z.array(SideBySide)),
  /** Every stored version, newest first. */
  versions: refusable.output(
    z.array(
      z
        .object({ name: z.string(), version: z.number().int(), hash: z.string(), at: Instant, active: z.boolean() })
        .strict(),
    ),
  ),
  /** Puts an earlier version in force again, under the same rule for limits that allow more. */
  revert: refusable
    .input(z.object({ name: Name, version: z.number().int().positive(), reason: Reason }).strict())
    .output(ProfileView),
  /** Drops what waits for the next session. */
  dropPending: refusable.input(z.object({ strategy: Name.nullable() }).strict()).output(ProfileView),
  /** Sizes some strategies, or all orders where `strategies` is `all`, by a profile, a method, or both: one audited act. */
  assign: refusable
    .input(
      z
        .object({
          strategies: z.union([z.literal('all'), z.array(Name).min(1).max(200)]),
          /** `null` takes a strategy back to the book's profile. */
          profile: Name.nullable().optional(),
          /** `null` takes a strategy back to its profile's method. */
          method: Name.nullable().optional(),
          reason: Reason,
        })
        .strict(),
    )
    .output(ProfileView),
  /** Takes the last assignment back. */
  undoAssignment: refusable.input(z.object({ reason: Reason }).strict()).output(ProfileView),
}
