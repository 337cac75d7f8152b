import { expect, it } from 'vitest'
import { arm } from '../../../src/domain/desk-state/arming.ts'
import type { Moment } from '../../../src/domain/desk-state/desk-clock.ts'
import { openLatch } from '../../../src/domain/desk-state/latch.ts'
import { PREFLIGHT } from '../../../src/domain/desk-state/preflight.ts'
import { latchText, reviveLatch } from '../../../src/domain/desk-state/revive.ts'
import { stepDesk, type Posture, type PostureEvent } from '../../../src/domain/desk-state/step-desk.ts'
import { nextDayStart } from '../../../src/domain/trading-day.ts'
import { Dice, historyCount } from '../../support/history-count.ts'
import { DAY, HOUR, RULES, START } from './desk-room.ts'

const SEED = Number(process.env['BALLAST_SEED'] ?? 20_261_120)
const HISTORIES = historyCount(500)
const STEPS = 40
const says = 'said'
const findings = Object.fromEntries(PREFLIGHT.map(([id]) => [id, { passed: true, says }]))

/** One look at the clocks as the world had it; the oracle reads the list of all of them, never the desk. */
interface Look {
  readonly real: number
  readonly moment: Moment
  readonly stamp: number | null
}

/** The latest instant that is certain at the end of a history: the furthest anchor plus what was measured since. */
function certain(looks: readonly Look[]): number {
  let latest = looks[0]?.moment.wall ?? 0
  looks.forEach((look, from) => {
    const anchor = from === 0 ? look.moment.wall : look.stamp
    if (anchor === null || anchor > look.moment.wall + 2_000) return
    let at = Math.min(anchor, look.moment.wall)
    for (let next = from + 1; next < looks.length; next += 1) at += measured(looks, next)
    latest = Math.max(latest, at)
  })
  return latest
}

function measured(looks: readonly Look[], index: number): number {
  const [before, now] = [looks[index - 1]?.moment, looks[index]?.moment]
  return before === undefined || now === undefined || before.boot !== now.boot || now.mono < before.mono
    ? 0
    : now.mono - before.mono
}

/** Days that really ended between two instants, counted one by one. */
function realDays(from: number, to: number): number {
  let days = 0
  for (let at = nextDayStart(from, RULES.zone); at <= to; at = nextDayStart(at, RULES.zone)) days += 1
  return days
}

it(`${HISTORIES} histories of clocks that jump, sleep and boot end as the oracle says`, { timeout: 3_600_000 }, () => {
  const seen = { jumps: 0, locks: 0, ended: 0, rolls: 0, disarmed: 0 }
  for (let history = 0; history < HISTORIES; history += 1) live(new Dice(SEED + history), seen)
  console.info(`${HISTORIES} histories of ${STEPS} steps, seed ${SEED}: ${JSON.stringify(seen)}`)
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(HISTORIES / 20)
})

function live(
  dice: Dice,
  seen: { jumps: number; locks: number; ended: number; rolls: number; disarmed: number },
): void {
  let real = START
  let skew = 0
  let slept = 0
  let boots = 0
  let believed = false
  const looks: Look[] = []
  const now = (): Moment => ({ wall: real + skew, mono: real - START - slept, boot: String(boots) })
  const look = (stamp: number | null = null): Moment => {
    looks.push({ real, moment: now(), stamp })
    return now()
  }
  let posture: Posture = {
    latch: openLatch(look(), RULES),
    arming: { armed: false, by: 'start', at: START },
  }
  let lock: { until: number; asked: number } | null = null
  const step = (event: PostureEvent): void => {
    const before = posture
    const { posture: after, advance } = stepDesk(posture, event, RULES)
    posture = after
    if (advance.rolled) seen.rolls += 1
    if (after.latch.clock.proven < before.latch.clock.proven) believed = true
    if (before.arming.armed && !after.arming.armed) seen.disarmed += 1
    const locked = after.latch.causes.some(({ id }) => id === 'lock')
    if (lock !== null && !locked) {
      seen.ended += 1
      expect(real, 'a lock-out ends at its instant or after its time').toBeGreaterThanOrEqual(
        Math.min(lock.until, lock.asked),
      )
      lock = null
    }
  }
  for (let turn = 0; turn < STEPS; turn += 1) {
    const kind = dice.below(12)
    if (kind <= 3) real += dice.below(3 * HOUR)
    else if (kind === 4) real += dice.below(60_000)
    else if (kind === 5) {
      const pause = dice.below(2 * DAY)
      real += pause
      slept += pause
    } else if (kind === 6) skew += (dice.below(2) * 2 - 1) * dice.pick([1_000, 3_000, 90_000, HOUR, DAY, 400 * DAY])
    else if (kind === 7) skew = 0
    else if (kind === 8) {
      real += dice.below(DAY)
      if (dice.below(2) === 0) boots += 1
      const text = latchText(posture.latch)
      posture = { latch: reviveLatch([text, text], look(), RULES), arming: { armed: false, by: 'start', at: real } }
      // Reviving lets time pass as well.
      if (lock !== null && !posture.latch.causes.some(({ id }) => id === 'lock')) {
        seen.ended += 1
        expect(real).toBeGreaterThanOrEqual(Math.min(lock.until, lock.asked))
        lock = null
      }
    } else if (kind === 9) step({ kind: 'witness', stamp: real, moment: look(real) })
    else if (kind === 10 && lock === null) {
      const asked = dice.below(30 * HOUR) + 1
      step({ kind: 'lock', lasts: asked, says, moment: look() })
      const found = posture.latch.causes.find((cause) => cause.kind === 'lock')
      if (found?.kind === 'lock') lock = { until: found.until, asked: real + asked }
      seen.locks += 1
    } else {
      for (let time = 0; time < 2; time += 1) step({ kind: 'prices', fresh: true, says, moment: look() })
      for (const { id } of posture.latch.causes)
        step({ kind: 'release', cause: id, reason: 'looked', preflight: true, armed: false, moment: look() })
      const armed = arm(
        {
          bookKind: 'live',
          accountId: 'U4471',
          lastFour: '4471',
          minutes: 1_000,
          findings,
          state: posture.latch.causes.length === 0 ? 'NORMAL' : 'REDUCE_ONLY',
        },
        now(),
      )
      if (armed.ok) posture = { ...posture, arming: armed.value }
    }
    const previous = looks.at(-1)
    const moment = look()
    step({ kind: 'tick', moment })
    checkLook(posture, moment, previous, looks, real, seen, believed)
  }
}

function checkLook(
  { latch, arming }: Posture,
  moment: Moment,
  previous: Look | undefined,
  looks: readonly Look[],
  real: number,
  seen: { jumps: number },
  believed: boolean,
): void {
  const { proven } = latch.clock
  expect(proven, 'nothing is proven before it has come').toBeLessThanOrEqual(real)
  const oracle = certain(looks)
  // A clock set back by a second is followed, since a slewed clock looks the same: then less is proven, never more.
  expect(proven).toBeLessThanOrEqual(oracle)
  // Unless a person took a clock that was set back at its word, which proves less, never more.
  if (!believed) expect(proven, 'what was measured counts').toBeGreaterThanOrEqual(oracle - 2_000 * looks.length)
  expect(latch.session.number - 1, 'a loss budget is given back once a real day').toBeLessThanOrEqual(
    realDays(START, real),
  )
  expect(latch.session.end, 'no session that has certainly ended goes on').toBeGreaterThan(proven)
  const gap = moment.wall - proven
  const turned = previous === undefined ? 0 : moment.wall - previous.moment.wall - measured(looks, looks.length - 1)
  if (gap > 60_000 || gap < -2_000 || turned > 60_000 || turned < -2_000) {
    seen.jumps += 1
    expect(latch.causes.map(({ id }) => id)).toContain('clock')
    expect(arming.armed).toBe(false)
  }
}
