import { invariant } from '../kernel/invariant.ts'

/** How fast a replay runs: so many times as fast as it was, or by steps alone. */
export type ReplaySpeed = number | 'stepped'

/** The fastest a replay can run, times. */
export const MOST_SPEED = 100_000

/** The time inside a replay against a clock that nobody can set. Pausing and changing speed lose nothing and skip nothing. */
export class ReplayClock {
  #at: number
  #since: number
  #speed: ReplaySpeed
  #paused = false

  constructor(start: number, mono: number, speed: ReplaySpeed) {
    this.#at = start
    this.#since = mono
    this.#speed = checked(speed)
  }

  /** Whether time stands still. */
  get paused(): boolean {
    return this.#paused || this.#speed === 'stepped'
  }

  get speed(): ReplaySpeed {
    return this.#speed
  }

  /** The replay's time at a reading of the clock. */
  now(mono: number): number {
    return this.paused ? this.#at : this.#at + Math.floor((mono - this.#since) * (this.#speed as number))
  }

  /** Milliseconds until the replay reaches an instant; infinite while it stands still. */
  until(at: number, mono: number): number {
    return this.paused ? Number.POSITIVE_INFINITY : Math.max(0, (at - this.now(mono)) / (this.#speed as number))
  }

  pause(mono: number): void {
    this.#settle(mono)
    this.#paused = true
  }

  resume(mono: number): void {
    this.#settle(mono)
    this.#paused = false
  }

  setSpeed(speed: ReplaySpeed, mono: number): void {
    this.#settle(mono)
    this.#speed = checked(speed)
  }

  /** Puts the time to an instant that was stepped to; never back. */
  stepTo(at: number, mono: number): void {
    this.#settle(mono)
    this.#at = Math.max(this.#at, at)
  }

  #settle(mono: number): void {
    this.#at = this.now(mono)
    this.#since = mono
  }
}

function checked(speed: ReplaySpeed): ReplaySpeed {
  invariant(
    speed === 'stepped' || (speed > 0 && speed <= MOST_SPEED),
    'a replay runs forward, at most 100,000 times as fast',
  )
  return speed
}
