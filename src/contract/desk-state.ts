import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { LiveFeedView } from './feed/live-feed.ts'
import { LimitAlert } from './limit-alert.ts'
import { LiveLimits } from './live-limits.ts'
import { Instant, Name } from './primitives.ts'
import { refusable } from './refusal.ts'

/** What a desk may do, loosest first. */
export const DeskStateWord = z.enum(['NORMAL', 'REDUCE_ONLY', 'LOCKED', 'HALTED', 'FAULT'])

/** One reason why the desk is not NORMAL. */
export const DeskCause = z
  .object({
    /** Names the cause where it is loosened. */
    id: z.string(),
    code: z.string(),
    forces: DeskStateWord,
    since: Instant,
    says: z.string(),
    /** What would end it. */
    clears: z.string(),
    /** End of a lock-out; `null` for every other cause. */
    until: Instant.nullable(),
    /** Why it cannot be loosened now; `null` where a typed reason is all that is missing. */
    missing: z.string().nullable(),
  })
  .strict()
/** One reason why the desk is not NORMAL. */
export type DeskCause = z.infer<typeof DeskCause>

/** Whether live orders may be sent, and until when. */
export const ArmingView = z.discriminatedUnion('armed', [
  z
    .object({
      armed: z.literal(true),
      accountId: z.string(),
      /** The window that holds the arm: its heartbeats keep it. */
      windowId: z.string(),
      since: Instant,
      until: Instant,
      /** Milliseconds left; never more than until `until`. */
      left: z.number().int(),
      /** Whether it ends within a minute and may be extended. */
      ending: z.boolean(),
    })
    .strict(),
  z
    .object({
      armed: z.literal(false),
      by: z.string(),
      since: Instant,
      says: z.string(),
      /** Whether the open book can be armed at all: a live one. */
      canArm: z.boolean(),
    })
    .strict(),
])
/** Whether live orders may be sent. */
export type ArmingView = z.infer<typeof ArmingView>

/** The state of the desk on the open book. */
export const DeskStateView = z
  .object({
    at: Instant,
    bookKind: z.enum(['paper', 'live', 'sample']),
    accountId: z.string(),
    state: DeskStateWord,
    /** What the state means in words. */
    means: z.string(),
    /** Whether an order that adds risk may be approved now, arming included. */
    entries: z.boolean(),
    /** Whether an exit passes; where not, the flatten procedure may. */
    exits: z.boolean(),
    flatten: z.boolean(),
    /** Strictest first, then oldest first. */
    causes: z.array(DeskCause),
    lockedUntil: Instant.nullable(),
    /** The trading day the desk is in. */
    session: z
      .object({
        number: z.number().int(),
        start: Instant,
        end: Instant,
        left: z.number().int(),
        timeZone: z.string(),
        dayRoll: z.string(),
      })
      .strict(),
    arming: ArmingView,
    /** Breaches nobody has acknowledged. */
    unacknowledged: z.number().int(),
  })
  .strict()
/** The state of the desk on the open book. */
export type DeskStateView = z.infer<typeof DeskStateView>

/** What is looked at before a live book is armed. */
export const Preflight = z
  .object({
    passed: z.boolean(),
    accountId: z.string(),
    checks: z.array(
      z
        .object({
          id: z.string(),
          title: z.string(),
          passed: z.boolean(),
          /** What was found, and where it failed how to mend it. */
          says: z.string(),
        })
        .strict(),
    ),
  })
  .strict()
/** What is looked at before a live book is armed. */
export type Preflight = z.infer<typeof Preflight>

/** One picture of state and limits: the newest, whatever was missed between. */
export const LiveSnapshot = z
  .object({
    at: Instant,
    state: DeskStateView.nullable(),
    limits: LiveLimits.nullable(),
    /** The live feed of the open book. */
    feed: LiveFeedView.nullable(),
    /** Steps that limits went up since the book was opened, newest first. */
    alerts: z.array(LimitAlert),
    /** Why there is no picture of the limits; `null` where there is one. */
    says: z.string().nullable(),
  })
  .strict()
/** One picture of state and limits. */
export type LiveSnapshot = z.infer<typeof LiveSnapshot>

const Words = z.string().min(1).max(500)
const restrict = z.object({ reason: Words.optional() }).strict()
const minutes = z.number().int().min(1).max(1_440)

export const deskState = {
  get: refusable
    .route({ method: 'GET', path: '/state', summary: 'State of the desk with its causes' })
    .output(DeskStateView),
  /** Closing only, from now on. */
  stopAddingRisk: refusable
    .route({ method: 'POST', path: '/state/reduce-only', summary: 'Stop adding risk' })
    .input(restrict)
    .output(DeskStateView),
  /** Nothing is sent except cancels, from now on. */
  halt: refusable
    .route({ method: 'POST', path: '/state/halt', summary: 'Halt: nothing is sent except cancels' })
    .input(restrict)
    .output(DeskStateView),
  /** A lock-out that time alone ends; a later end lengthens it, an earlier one changes nothing. */
  lock: refusable
    .route({ method: 'POST', path: '/state/lock', summary: 'Lock out new risk for so many minutes' })
    .input(z.object({ minutes: z.number().int().min(1).max(527_040), reason: Words.optional() }).strict())
    .output(DeskStateView),
  /** Ends one cause, with a reason; refused while what clears it has not happened. */
  loosen: refusable.input(z.object({ cause: Name, reason: Words }).strict()).output(DeskStateView),
  preflight: refusable
    .route({ method: 'GET', path: '/state/preflight', summary: 'What is looked at before a live book is armed' })
    .output(Preflight),
  /** Arms a live book for so many minutes; `windowId` is the window that sends its heartbeats from now on. */
  arm: refusable
    .input(z.object({ lastFour: z.string().max(20), minutes, windowId: Name }).strict())
    .output(DeskStateView),
  /** Gives an armed book so many minutes from now. */
  extendArm: refusable.input(z.object({ minutes, windowId: Name }).strict()).output(DeskStateView),
  disarm: refusable.input(z.object({ reason: Words.optional() }).strict()).output(DeskStateView),
  /** Once a second from the window that holds the arm: after two that are missing the desk disarms itself. */
  heartbeat: refusable.input(z.object({ windowId: Name }).strict()).output(ArmingView),
  /** A person has seen a breach. */
  acknowledge: refusable
    .input(z.object({ breachId: Name, note: z.string().max(500).nullable() }).strict())
    .output(DeskStateView),
  /** State and limits as they change: the latest picture, at most one a frame, and one every second. */
  watch: refusable.output(eventIterator(LiveSnapshot)),
}
