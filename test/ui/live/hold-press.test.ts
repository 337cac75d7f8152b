import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HoldPress, holdMs, secondPressMs } from '../../../src/ui/live/hold-press.svelte.ts'
import { HandClock } from './hand-clock.ts'

function held(): { clock: HandClock; hold: HoldPress; count: () => number } {
  let count = 0
  const clock = new HandClock()
  return { clock, hold: new HoldPress(() => (count += 1), clock), count: () => count }
}

const tap = (hold: HoldPress): void => {
  hold.press()
  hold.release()
}

describe('approving live', () => {
  it('takes a hold of 0.6 s, and not a moment less', () => {
    const { clock, hold, count } = held()
    hold.press()
    clock.turn(holdMs - 1)
    expect(count()).toBe(0)
    clock.turn(1)
    expect(count()).toBe(1)
  })

  it('is one decision however long the key is held and however often it repeats', () => {
    const { clock, hold, count } = held()
    for (let repeat = 0; repeat < 200; repeat++) {
      hold.press()
      clock.turn(30)
    }
    hold.release()
    expect(count()).toBe(1)
  })

  it('takes two presses that begin 0.6 to 3 s apart, where holding is hard', () => {
    for (const gap of [holdMs, 1_500, secondPressMs - 1]) {
      const { clock, hold, count } = held()
      tap(hold)
      expect(hold.isWaiting).toBe(true)
      clock.turn(gap)
      tap(hold)
      expect(count()).toBe(1)
      expect(hold.isWaiting).toBe(false)
    }
  })

  it('takes no double press and none that comes late', () => {
    for (const gap of [10, 300, holdMs - 1, secondPressMs + 1]) {
      const { clock, hold, count } = held()
      tap(hold)
      clock.turn(gap)
      tap(hold)
      expect(count()).toBe(0)
    }
  })

  it('forgets the first press when the order changes', () => {
    const { clock, hold, count } = held()
    tap(hold)
    clock.turn(1_000)
    hold.forget()
    tap(hold)
    expect(count()).toBe(0)
  })

  it('never acts on presses that are all short and quick', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: holdMs / 2 - 1 }), { maxLength: 2 }), (gaps) => {
        const { clock, hold, count } = held()
        tap(hold)
        for (const gap of gaps) {
          clock.turn(gap)
          tap(hold)
        }
        return count() === 0
      }),
    )
  })
})
