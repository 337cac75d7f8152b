import { describe, expect, it } from 'vitest'
import { feeds } from '../../src/feeds/registry.ts'
import type { FeedEvent, FeedTimer } from '../../src/desk/feed/ports.ts'
import type { ReplaySpeed } from '../../src/domain/feed/replay-clock.ts'
import type { Bar } from '../../src/domain/ledger/records.ts'

const START = Date.UTC(2026, 10, 16, 15)

/** A timer the test turns. */
class Turned implements FeedTimer {
  now = 0
  #jobs: { at: number; run: () => void }[] = []

  mono(): number {
    return this.now
  }

  after(ms: number, run: () => void): () => void {
    const job = { at: this.now + ms, run }
    this.#jobs.push(job)
    return () => {
      this.#jobs = this.#jobs.filter((one) => one !== job)
    }
  }

  turn(ms: number): void {
    const end = this.now + ms
    for (;;) {
      const [next] = this.#jobs.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
      if (next === undefined) break
      this.#jobs = this.#jobs.filter((job) => job !== next)
      this.now = Math.max(this.now, next.at)
      next.run()
    }
    this.now = end
  }

  get waiting(): number {
    return this.#jobs.length
  }
}

const bars: readonly Bar[] = Array.from({ length: 400 }, (_, minute) => ({
  symbol: minute % 2 === 0 ? 'A' : 'B',
  interval: '1m',
  at: START + Math.floor(minute / 2) * 60_000,
  open: '100',
  high: '102',
  low: '99',
  close: `10${minute % 10}`,
  volume: null,
}))

function begin(speed: ReplaySpeed) {
  const timer = new Turned()
  const told: FeedEvent[] = []
  const plan = {
    bars,
    quotes: [],
    termsOf: () => ({ tickSize: '0.01', spread: '0.02' }),
    orderOf: () => 'low-first' as const,
    source: 'replay',
  }
  const feed = feeds.replay.connect({ plan, speed, timer })
  feed.start((event) => told.push(event))
  const quotes = (): string[] => told.flatMap((event) => (event.kind === 'quote' ? [JSON.stringify(event.quote)] : []))
  const statuses = (): string[] => told.flatMap((event) => (event.kind === 'status' ? [event.status] : []))
  return { timer, feed, quotes, statuses }
}

function wholeOf(speed: ReplaySpeed, steer: (room: ReturnType<typeof begin>) => void): string[] {
  const room = begin(speed)
  steer(room)
  expect(room.statuses()).toEqual(['open', 'ended'])
  expect(room.timer.waiting).toBe(0)
  return room.quotes()
}

describe('the replay feed', () => {
  it('tells the same quotes in the same order in real time, faster, stepped, and with pauses', () => {
    const whole = wholeOf(1, ({ timer }) => timer.turn(201 * 60_000))
    expect(whole).toHaveLength(1_600)
    expect(wholeOf(1_000, ({ timer }) => timer.turn(30_000))).toEqual(whole)
    expect(wholeOf(100_000, ({ timer }) => timer.turn(1_000))).toEqual(whole)
    const stepped = wholeOf('stepped', ({ feed }) => {
      for (let time = 0; time < 20; time += 1) feed.step(99)
    })
    expect(stepped).toEqual(whole)
    const steered = wholeOf(10, ({ timer, feed }) => {
      timer.turn(10_000)
      feed.pause()
      timer.turn(1e6)
      feed.step(7)
      feed.resume()
      feed.setSpeed(60)
      timer.turn(300_000)
    })
    expect(steered).toEqual(whole)
  })

  it('stands still while it is paused, and says where it is', () => {
    const { timer, feed, quotes } = begin(60)
    timer.turn(1_000)
    expect(feed.position()).toMatchObject({ at: START + 60_000, taken: 10, paused: false, ended: false })
    feed.pause()
    timer.turn(60_000)
    expect(quotes()).toHaveLength(10)
    expect(feed.position()).toMatchObject({ at: START + 60_000, paused: true })
  })

  it('tells nothing once it is stopped', () => {
    const { timer, feed, quotes } = begin(60)
    timer.turn(1_000)
    feed.stop()
    feed.step(10)
    timer.turn(60_000)
    expect(quotes()).toHaveLength(10)
  })

  it('lets others have a turn between slices of many quotes', () => {
    const { timer, quotes } = begin(100_000)
    const lengths = new Set<number>()
    let others = 0
    const other = (): void => {
      lengths.add(quotes().length)
      if ((others += 1) < 50) timer.after(0, other)
    }
    timer.now = 200
    timer.after(0, other)
    timer.turn(0)
    expect([...lengths].some((length) => length > 0 && length < 1_600)).toBe(true)
    expect(quotes()).toHaveLength(1_600)
  })
})
