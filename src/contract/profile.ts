import * as z from 'zod'
import { Instant, Name } from './primitives.ts'
import { ChangeLine, PlacedView, ProfileComparison, SettingKind, SideBySide } from './profile-change.ts'
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
    kind: SettingKind,
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
