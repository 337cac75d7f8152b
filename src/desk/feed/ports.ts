import type { Quote } from '../../domain/feed/quote.ts'
import type { ReplaySpeed } from '../../domain/feed/replay-clock.ts'
import type { ReplayPlan } from '../../domain/feed/replay-schedule.ts'
import type { Reason } from '../../domain/kernel/reason.ts'

/** What a feed tells. A fault is one message that could not be read; the feed goes on. */
export type FeedEvent =
  | { readonly kind: 'quote'; readonly quote: Quote }
  | { readonly kind: 'fault'; readonly reason: Reason }
  | { readonly kind: 'status'; readonly status: 'waiting' | 'open' | 'closed' | 'ended'; readonly says: string }

/** A source of quotes as the desk sees it. */
export interface Feed {
  /** File name of its adapter. */
  readonly id: string
  /** Whether its time stamps come from where the owner of this machine cannot set them: then they prove the time. */
  readonly witnesses: boolean
  /** Begins, and tells everything to `hear`, in order. */
  start(hear: (event: FeedEvent) => void): void
  /** Ends; nothing is told after it returns. */
  stop(): void
}

/** Where a replay is. */
export interface ReplayPosition {
  /** The replay's own time, UTC epoch milliseconds. */
  readonly at: number
  readonly taken: number
  readonly speed: ReplaySpeed
  readonly paused: boolean
  readonly ended: boolean
}

/** A feed that plays what was recorded, as the trader steers it. */
export interface ReplayFeed extends Feed {
  position(): ReplayPosition
  pause(): void
  resume(): void
  setSpeed(speed: ReplaySpeed): void
  /** Plays the next `count` quotes at once, whatever the speed. */
  step(count: number): void
}

/** The clock a feed runs by. */
export interface FeedTimer {
  /** Milliseconds of a clock nobody can set. */
  mono(): number
  /** Runs once after `ms`; the returned function calls it off. */
  after(ms: number, run: () => void): () => void
}

/** Makes a replay of a plan. */
export interface ReplayConnector {
  connect(connection: { readonly plan: ReplayPlan; readonly speed: ReplaySpeed; readonly timer: FeedTimer }): ReplayFeed
}
