import { advance, type Advance } from '../../../src/domain/desk-state/advance.ts'
import type { Moment } from '../../../src/domain/desk-state/desk-clock.ts'
import type { DeskEvent, DeskRules } from '../../../src/domain/desk-state/desk-event.ts'
import { deskState, openLatch, type Latch } from '../../../src/domain/desk-state/latch.ts'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
/** A Monday noon in New York. */
export const START = Date.UTC(2026, 10, 16, 17)

/** Rules of the tests: two of three readings, two fresh prices, New York at 17:00. */
export const RULES: DeskRules = {
  breach: { needed: 2, among: 3 },
  freshAgain: 2,
  witness: 'required',
  zone: { timeZone: 'America/New_York', dayRoll: '17:00' },
}

type Without<T> = T extends unknown ? Omit<T, 'moment'> : never
/** An event without its look at the clocks. */
export type Happening = Without<DeskEvent>

/** A desk with a clock that the test turns by hand. */
export class DeskRoom {
  latch: Latch
  real: number
  /** Wall clock less real time. */
  skew = 0
  boot = 'boot-1'
  last: Advance | undefined
  readonly rules: DeskRules
  readonly #began: number

  constructor(rules: Partial<DeskRules> = {}, start = START) {
    this.rules = { ...RULES, ...rules }
    this.real = start
    this.#began = start - 1_000
    this.latch = openLatch(this.moment(), this.rules)
  }

  moment(): Moment {
    return { wall: this.real + this.skew, mono: this.real - this.#began, boot: this.boot }
  }

  do(happening: Happening): Advance {
    this.last = advance(this.latch, { ...happening, moment: this.moment() }, this.rules)
    this.latch = this.last.latch
    return this.last
  }

  /** Lets time pass with a look at the clock at its end. */
  pass(ms: number): Advance {
    this.real += ms
    return this.do({ kind: 'tick' })
  }

  fresh(times = this.rules.freshAgain): void {
    for (let time = 0; time < times; time += 1) this.do({ kind: 'prices', fresh: true, says: 'Prices are fresh.' })
  }

  release(cause: string, changes: { reason?: string; preflight?: boolean; armed?: boolean } = {}): Advance {
    return this.do({ kind: 'release', cause, reason: 'looked at it', preflight: true, armed: false, ...changes })
  }

  reading(broken: boolean, fresh = true, limit = 'daily_loss'): Advance {
    return this.do({ kind: 'reading', limit, code: 'DAILY_LOSS', broken, fresh, says: 'The day lost 2.1 % of 2 %.' })
  }

  /** Fresh prices and everything released that may be. */
  settle(): this {
    this.fresh()
    for (const { id } of this.latch.causes) this.release(id)
    return this
  }

  get state(): string {
    return deskState(this.latch)
  }
}
