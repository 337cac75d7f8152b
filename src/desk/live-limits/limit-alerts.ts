import type { LimitAlert } from '../../contract/limit-alert.ts'
import type { LiveLimit, LiveLimits } from '../../contract/live-limits.ts'
import { passSteps, type LimitLevel, type LimitSteps } from '../../domain/desk-state/limit-levels.ts'
import type { Workspace } from '../workspace.ts'
import { liveLimits } from './live-limits.ts'

/** Alerts kept of a book, the newest. */
const MOST = 50
const LOOK_MS = 1_000
/** A session that ends within this time is told once. */
const RESET_MS = 900_000

const WORDS: Readonly<Record<LimitLevel, string>> = {
  caution: 'is above 70 % of its limit',
  danger: 'is above 90 % of its limit',
  breach: 'has reached its limit',
}

/** What limits of the open book a person was alerted to: each step up once, and again only after use has fallen back. */
export class LimitAlerts {
  readonly #workspace: Workspace
  readonly #hear = new Set<(alert: LimitAlert) => void>()
  #bookId = ''
  #steps: LimitSteps | undefined
  #resets = new Set<string>()
  #alerts: readonly LimitAlert[] = []
  #number = 0
  #lookedAt = Number.NEGATIVE_INFINITY

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** Alerts of the open book since it was opened, newest first. */
  get alerts(): readonly LimitAlert[] {
    return this.#workspace.openBook?.info.bookId === this.#bookId ? this.#alerts : []
  }

  /** Calls `hear` with every alert from now on. */
  listen(hear: (alert: LimitAlert) => void): void {
    this.#hear.add(hear)
  }

  /** Looks at the limits, at most once a second. Where they stand when a book is opened is no step; a sample book has none. */
  look(): void {
    const { openBook, options } = this.#workspace
    if (openBook === undefined || openBook.info.kind === 'sample') return
    const now = options.ambient.now()
    if (openBook.info.bookId !== this.#bookId) this.#begin(openBook.info.bookId)
    else if (Math.abs(now - this.#lookedAt) < LOOK_MS) return
    this.#lookedAt = now
    const live = liveLimits(this.#workspace)
    this.#lookAtLimits(live, now)
    this.#lookAtResets(live, now)
  }

  #begin(bookId: string): void {
    this.#bookId = bookId
    this.#steps = undefined
    this.#resets = new Set()
    this.#alerts = []
    this.#number = 0
  }

  #lookAtLimits({ limits }: LiveLimits, at: number): void {
    const isFirst = this.#steps === undefined
    const { steps, passed } = passSteps(this.#steps ?? new Map(), limits.map(useOf))
    this.#steps = steps
    if (isFirst) return
    for (const { key, level } of passed) {
      const limit = limits.find((one) => one.key === key)
      const name = limit === undefined ? key : [limit.title, limit.subject ?? ''].join(' ').trim()
      this.#tell({ at, level, key, says: `${name} ${WORDS[level]}.` })
    }
  }

  #lookAtResets({ resets }: LiveLimits, at: number): void {
    for (const { period, at: resetAt, left } of resets) {
      const key = `${period}:${resetAt}`
      if (left > RESET_MS || this.#resets.has(key)) continue
      this.#resets.add(key)
      if (period === 'day' || period === 'firm day')
        this.#tell({ at, level: 'reset', key: period, says: `The ${period} ends in ${Math.ceil(left / 60_000)} min.` })
    }
  }

  #tell(told: Omit<LimitAlert, 'number'>): void {
    this.#number += 1
    const alert = { number: this.#number, ...told }
    this.#alerts = [alert, ...this.#alerts].slice(0, MOST)
    for (const hear of this.#hear) hear(alert)
    this.#workspace.changed('state')
  }
}

/** A limit of nothing that is used at all is used up. */
function useOf({ key, used, limit, utilisation }: LiveLimit): { key: string; utilisation: number | null } {
  if (used === null || limit === null) return { key, utilisation: null }
  return { key, utilisation: utilisation === null ? (Number(used) > 0 ? 1 : 0) : Number(utilisation) }
}

const known = new WeakMap<Workspace, LimitAlerts>()

/** The alerts of a workspace: one for all who ask. */
export function alertsOf(workspace: Workspace): LimitAlerts {
  const found = known.get(workspace) ?? new LimitAlerts(workspace)
  known.set(workspace, found)
  return found
}
