import type { LiveFeedView } from '../../contract/feed/live-feed.ts'

/** The live feed as the rest of the desk sees it. */
export interface HeldFeed {
  /** Whether one runs, or tries to. */
  readonly isOn: boolean
  /** How it stands. */
  view(): LiveFeedView
  /** Hears nothing any more. */
  leave(): void
}

/** A live feed that is off. */
export const FEED_OFF: LiveFeedView = {
  state: 'off',
  title: 'No live feed',
  says: 'No live feed runs: start one, or type quotes.',
  address: null,
  settings: null,
  rate: 0,
  quotes: 0,
  unused: 0,
  lastAt: null,
  age: null,
  faults: [],
}

/** What a desk without live feeds holds. */
export const NO_FEED: HeldFeed = { isOn: false, view: () => FEED_OFF, leave: () => undefined }
