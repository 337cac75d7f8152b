import type { LimitPoint } from '../ports.ts'
import type { Workspace } from '../workspace.ts'
import { liveLimits } from './live-limits.ts'

/** Points of a limit are at least this far apart. */
const APART_MS = 60_000
/** A limit whose use does not change gets a point this often all the same. */
const STILL_MS = 900_000
const KEPT_MS = 90 * 86_400_000

/** Keeps how limits are used over time, in the open book, when called often. */
export class LimitHistoryKeeper {
  #bookId = ''
  #at = Number.NEGATIVE_INFINITY
  #last = new Map<string, LimitPoint>()

  /** Adds a point of every limit that has moved, at most once a minute. A sample book has no time for a history. */
  keep(workspace: Workspace): void {
    const { book } = workspace
    if (book.info.kind === 'sample') return
    if (book.info.bookId !== this.#bookId) {
      this.#bookId = book.info.bookId
      this.#at = Number.NEGATIVE_INFINITY
      this.#last = new Map()
    }
    const at = workspace.now()
    if (at - this.#at < APART_MS) return
    this.#at = at
    const points = liveLimits(workspace).limits.flatMap(({ key, used, limit, utilisation }): LimitPoint[] => {
      if (used === null || limit === null) return []
      const last = this.#last.get(key)
      const still = last?.used === used && last.limit === limit && at - last.at < STILL_MS
      return still ? [] : [{ key, at, used, limit, utilisation }]
    })
    if (points.length === 0) return
    book.addLimitPoints(points, at - KEPT_MS)
    for (const point of points) this.#last.set(point.key, point)
  }
}
