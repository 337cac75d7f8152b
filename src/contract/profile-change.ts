import * as z from 'zod'
import { DecimalText, Instant } from './primitives.ts'

/** What a value of a profile is. */
export const SettingKind = z.enum([
  'fraction',
  'number',
  'money',
  'quantity',
  'milliseconds',
  'choice',
  'switch',
  'table',
])

/** One change of a profile: a limit that allows less, one that allows more, or no limit. */
export const ChangeLine = z
  .object({
    path: z.string(),
    title: z.string(),
    /** What the values are; `rule` where a whole rule is switched. */
    kind: z.enum([...SettingKind.options, 'rule']),
    before: z.string(),
    after: z.string(),
    direction: z.enum(['tighter', 'looser', 'other']),
  })
  .strict()
/** One change of a profile. */
export type ChangeLine = z.infer<typeof ChangeLine>

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
