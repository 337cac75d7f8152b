import { ReplayClock, type ReplaySpeed } from '../../domain/feed/replay-clock.ts'
import { ReplaySchedule, type ReplayPlan } from '../../domain/feed/replay-schedule.ts'
import type { FeedEvent, FeedTimer, ReplayFeed } from '../../desk/feed/ports.ts'

/** Quotes told in one go: then the desk may do something else, such as halt. */
const MOST_AT_ONCE = 500

/** What a replay needs. */
export interface ReplayConnection {
  readonly plan: ReplayPlan
  readonly speed: ReplaySpeed
  readonly timer: FeedTimer
}

/** Plays imported bars or recorded quotes in real time, faster, or step by step. The order of quotes does not depend on how. */
export const replay = {
  id: 'replay',
  title: 'Replay',
  says: 'Plays imported bars or recorded quotes as if they came now.',
  connect({ plan, speed, timer }: ReplayConnection): ReplayFeed {
    const schedule = new ReplaySchedule(plan)
    const clock = new ReplayClock(schedule.nextAt ?? 0, timer.mono(), speed)
    let hear: ((event: FeedEvent) => void) | undefined
    let callOff = (): void => undefined
    let ended = false

    const play = (due: () => boolean, most: number): void => {
      for (let told = 0; told < most && hear !== undefined && due(); told += 1) {
        const quote = schedule.take()
        if (quote !== undefined) hear({ kind: 'quote', quote })
      }
    }
    const wait = (): void => {
      callOff()
      if (hear === undefined) return
      const next = schedule.nextAt
      if (next === undefined) {
        if (!ended) hear({ kind: 'status', status: 'ended', says: 'The replay has reached its end.' })
        ended = true
        return
      }
      const delay = clock.until(next, timer.mono())
      callOff = Number.isFinite(delay) ? timer.after(delay, run) : (): void => undefined
    }
    const run = (): void => {
      const now = clock.now(timer.mono())
      play(() => (schedule.nextAt ?? Number.POSITIVE_INFINITY) <= now, MOST_AT_ONCE)
      wait()
    }
    const steer = (turn: (mono: number) => void): void => {
      turn(timer.mono())
      wait()
    }
    return {
      id: 'replay',
      witnesses: false,
      start: (listener) => {
        hear = listener
        listener({ kind: 'status', status: 'open', says: 'The replay has begun.' })
        wait()
      },
      stop: () => {
        hear = undefined
        callOff()
      },
      position: () => ({
        at: clock.now(timer.mono()),
        taken: schedule.taken,
        speed: clock.speed,
        paused: clock.paused,
        ended,
      }),
      pause: () => steer((mono) => clock.pause(mono)),
      resume: () => steer((mono) => clock.resume(mono)),
      setSpeed: (next) => steer((mono) => clock.setSpeed(next, mono)),
      step: (count) => {
        play(() => {
          const next = schedule.nextAt
          if (next !== undefined) clock.stepTo(next, timer.mono())
          return next !== undefined
        }, count)
        wait()
      },
    }
  },
} as const
