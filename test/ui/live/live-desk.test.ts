import { describe, expect, it } from 'vitest'
import type { DeskStateView, LiveSnapshot } from '../../../src/contract/desk-state.ts'
import { LiveDesk, type LiveSource } from '../../../src/ui/live/live-desk.svelte.ts'
import { stateShape, stateWord } from '../../../src/ui/live/state-shape.ts'

const state = (word: DeskStateView['state']): DeskStateView =>
  ({
    state: word,
    causes: [],
    arming: { armed: false, by: 'start', since: 0, says: '', canArm: true },
    session: { number: 1, start: 0, end: 10_000, left: 4_000, timeZone: 'UTC', dayRoll: '00:00' },
  }) as unknown as DeskStateView

/** A desk that tells one picture and then waits. */
function telling(first: LiveSnapshot, more: Partial<Record<string, () => Promise<unknown>>> = {}) {
  const heartbeats: unknown[] = []
  async function* watch(_: unknown, { signal }: { signal: AbortSignal }) {
    yield first
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  }
  const client = {
    state: {
      watch: (input: unknown, options: { signal: AbortSignal }) => Promise.resolve(watch(input, options)),
      heartbeat: (beat: unknown) => Promise.resolve(heartbeats.push(beat)),
      halt: () => Promise.resolve(state('HALTED')),
      ...more,
    },
  }
  return { source: { client } as unknown as LiveSource, heartbeats }
}
const picture = (view: DeskStateView): LiveSnapshot => ({
  at: 1,
  state: view,
  limits: null,
  feed: null,
  alerts: [],
  says: null,
})
const settle = () => new Promise((resolve) => setTimeout(resolve))

describe('the state on screen', () => {
  it('is not known before the desk told it, and forgotten when the line is left', async () => {
    const live = new LiveDesk(telling(picture(state('NORMAL'))).source)
    expect(live.state).toBeUndefined()
    void live.follow()
    await settle()
    expect(live.state?.state).toBe('NORMAL')
    expect(live.clock).toBe(6_000)
    live.leave()
    expect(live.state).toBeUndefined()
  })

  it('shows what an act answered at once', async () => {
    const live = new LiveDesk(telling(picture(state('NORMAL'))).source)
    void live.follow()
    await settle()
    expect(await live.halt()).toBeUndefined()
    expect(live.state?.state).toBe('HALTED')
    live.leave()
  })

  it('raises an alarm when a halt did not happen, until one does', async () => {
    const down = { halt: () => Promise.reject(new Error('socket closed')) }
    const live = new LiveDesk(telling(picture(state('NORMAL')), down).source)
    await live.halt()
    expect(live.alarm).toMatch(/^NOT halted: /)
  })

  it('keeps an arm alive only in the window that holds it', async () => {
    const armed = (windowId: string): DeskStateView => ({
      ...state('NORMAL'),
      arming: { armed: true, accountId: 'a-4471', windowId, since: 0, until: 9, left: 9, ending: false },
    })
    const other = telling(picture(armed('another')))
    const watching = new LiveDesk(other.source)
    void watching.follow()
    await settle()
    await watching.beat()
    expect([watching.isArmed, watching.isArmedHere, other.heartbeats]).toEqual([true, false, []])
    watching.snapshot = picture(armed(watching.windowId))
    await watching.beat()
    expect(other.heartbeats).toEqual([{ windowId: watching.windowId }])
    watching.leave()
  })
})

describe('the word of a state', () => {
  it('has a shape of its own where a state is stricter', () => {
    expect(stateWord('REDUCE_ONLY')).toBe('REDUCE ONLY')
    expect((['NORMAL', 'REDUCE_ONLY', 'LOCKED', 'HALTED', 'FAULT'] as const).map(stateShape)).toEqual([
      'ok',
      'near',
      'over',
      'halt',
      'over',
    ])
  })
})
