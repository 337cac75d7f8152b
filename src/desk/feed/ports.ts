import type { Quote } from '../../domain/feed/quote.ts'
import type { ReplaySpeed } from '../../domain/feed/replay-clock.ts'
import type { ReplayPlan } from '../../domain/feed/replay-schedule.ts'
import type { Reason } from '../../domain/kernel/reason.ts'
import type { Result } from '../../domain/kernel/result.ts'

/** What a feed tells. A fault is one message that could not be read; the feed goes on. */
export type FeedEvent =
  | { readonly kind: 'quote'; readonly quote: Quote }
  | { readonly kind: 'fault'; readonly reason: Reason }
  /** A stamp of the source's own clock. */
  | { readonly kind: 'witness'; readonly stamp: number }
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

/** Where a live feed was opened, in words; else why it could not be: a code, a sentence and the setting at fault. */
export type FeedOpening = Result<string, { readonly code: string; readonly says: string; readonly field?: string }>

/** A source that goes on until it is stopped, and reconnects by itself once it was opened. Used once. */
export interface LiveFeed extends Feed {
  /** Once it was opened, or could not be. Never rejects. */
  opening(): Promise<FeedOpening>
}

/** Live feeds of this machine. */
export interface LiveFeedPorts {
  readonly 'local-socket': {
    readonly title: string
    readonly says: string
    connect(connection: { readonly port: number; readonly token: string }): LiveFeed
  }
  readonly exchange: {
    readonly title: string
    readonly says: string
    connect(connection: {
      readonly venue: string
      readonly markets: readonly { readonly symbol: string; readonly market: string }[]
      readonly timer: FeedTimer
      readonly now: () => number
    }): LiveFeed
  }
  /** What bridges show to be let in; it lies in a file that only its owner reads. */
  readonly token: { readonly file: string; current(): string; renew(): string }
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
