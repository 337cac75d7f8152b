import * as z from 'zod'
import { DecimalText, Instant, Name } from './primitives.ts'
import { refusable } from './refusal.ts'

/** A program of a prop firm that an account may be given. */
export const ProgramView = z
  .object({
    id: z.string(),
    firm: z.string(),
    title: z.string(),
    says: z.string(),
    /** Whether the figures are the firm's own words. */
    verified: z.boolean(),
    /** Day the oldest figure was read, `YYYY-MM-DD`, and whether that is too long ago. */
    read: z.string(),
    old: z.boolean(),
    ageSays: z.string(),
    sources: z.array(z.string()),
  })
  .strict()
/** A program of a prop firm. */
export type ProgramView = z.infer<typeof ProgramView>

/** One floor under the account. */
export const FloorView = z
  .object({ floor: DecimalText, room: DecimalText, broken: z.boolean(), locked: z.boolean(), says: z.string() })
  .strict()
/** One floor under the account. */
export type FloorView = z.infer<typeof FloorView>

/** The account under its program, as it stands. */
export const PropFirmView = z
  .object({
    program: ProgramView,
    initial: DecimalText,
    startedAt: Instant,
    /** Floors typed from the firm's own screen, with the time they were typed. */
    stated: z
      .object({ floor: DecimalText.nullable(), dayFloor: DecimalText.nullable(), at: Instant.nullable() })
      .strict(),
    currency: z.string(),
    /** Why the floors are not known; nothing may be opened then. */
    fault: z.string().nullable(),
    balance: DecimalText.nullable(),
    equity: DecimalText.nullable(),
    day: FloorView.nullable(),
    maximum: FloorView.nullable(),
    rollsAt: Instant,
    /** What the next roll would do if prices stayed. */
    preview: z.string().nullable(),
    targets: z.array(
      z
        .object({
          phase: z.string(),
          needed: DecimalText,
          made: DecimalText,
          days: z.number().int(),
          leastDays: z.number().int(),
          met: z.boolean(),
        })
        .strict(),
    ),
    consistency: z.object({ met: z.boolean(), says: z.string() }).strict().nullable(),
    /** Whether the book's profile holds orders to these floors. */
    held: z.boolean(),
  })
  .strict()
/** The account under its program. */
export type PropFirmView = z.infer<typeof PropFirmView>

const Reason = z.string().max(500).optional()

export const propFirm = {
  programs: refusable.output(z.array(ProgramView)),
  /** The account under its program; `null` where it has none. */
  get: refusable.output(PropFirmView.nullable()),
  /** Gives the account a program; another one in its place needs a reason. */
  assign: refusable
    .input(
      z
        .object({
          programId: Name,
          /** Balance the program began with; the account's first balance where unset. */
          initial: DecimalText.optional(),
          /** When it began; when that balance was there where unset. */
          startedAt: Instant.optional(),
          reason: Reason,
        })
        .strict(),
    )
    .output(PropFirmView),
  /** Keeps the floors the firm's own screen shows; the higher of these and the computed ones holds. */
  stateFloors: refusable
    .input(z.object({ floor: DecimalText.nullable(), dayFloor: DecimalText.nullable() }).strict())
    .output(PropFirmView),
  /** Takes the account out of its program. */
  drop: refusable.input(z.object({ reason: z.string().min(1).max(500) }).strict()).output(z.null()),
}
