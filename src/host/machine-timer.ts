import type { FeedTimer } from '../desk/feed/ports.ts'

/** The clock a feed runs by on this machine; what it waits for never keeps the process alive. */
export const machineTimer: FeedTimer = {
  mono: () => performance.now(),
  after: (ms, run) => {
    // Longer waits than a timer can hold are waited in parts: the feed looks at its clock again.
    const timer = setTimeout(run, Math.min(ms, 2_000_000_000))
    timer.unref()
    return () => clearTimeout(timer)
  },
}
