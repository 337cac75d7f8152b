import * as z from 'zod'
import { Instant, Name } from './primitives.ts'
import { refusable } from './refusal.ts'

/** One setting of the active profile, ready for a form. */
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
/** One setting of the active profile. */
export type SettingView = z.infer<typeof SettingView>

export const ProfileView = z
  .object({
    name: z.string(),
    version: z.number().int(),
    hash: z.string(),
    title: z.string(),
    at: Instant,
    settings: z.array(SettingView),
    yaml: z.string(),
  })
  .strict()
/** The active profile. */
export type ProfileView = z.infer<typeof ProfileView>

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
  /** Makes a shipped or saved profile the active one. */
  choose: refusable.input(z.object({ name: Name }).strict()).output(ProfileView),
  /** Changes settings by path; all faults are answered at once and nothing is changed if there is one. */
  change: refusable
    .input(
      z
        .object({
          changes: z
            .array(z.object({ path: z.string().max(200), value: z.string().max(2000) }).strict())
            .min(1)
            .max(200),
        })
        .strict(),
    )
    .output(ProfileView),
}
