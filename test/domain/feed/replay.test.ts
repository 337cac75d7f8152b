import { describe, expect, it } from 'vitest'
import { barQuotes } from '../../../src/domain/feed/bar-quotes.ts'
import { ReplayClock } from '../../../src/domain/feed/replay-clock.ts'
import { ReplaySchedule, type ReplayPlan } from '../../../src/domain/feed/replay-schedule.ts'
import type { Bar } from '../../../src/domain/ledger/records.ts'

const START = Date.UTC(2026, 10, 16, 15)
const bar = (symbol: string, minute: number, changes: Partial<Bar> = {}): Bar => ({
  symbol,
  interval: '1m',
  at: START + minute * 60_000,
  open: '100',
  high: '102',
  low: '99',
  close: '101',
  volume: '1000',
  ...changes,
})
const terms = { tickSize: '0.01', spread: '0.03' }

describe('a bar', () => {
  it('is its open, two extremes and close, half the spread outwards onto the tick', () => {
    const quotes = barQuotes(bar('ACME', 0), 'low-first', terms, 'replay')
    expect(quotes.map(({ bid, ask, at, continues }) => [bid, ask, at - START, continues])).toEqual([
      ['99.98', '100.02', 0, false],
      ['98.98', '99.02', 20_000, true],
      ['101.98', '102.02', 40_000, true],
      ['100.98', '101.02', 59_999, true],
    ])
    expect(quotes.map(({ bidSize }) => bidSize)).toEqual(['250', '250', '250', '250'])
    expect(barQuotes(bar('ACME', 0), 'high-first', terms, 'replay').map(({ last }) => last)).toEqual([
      '100',
      '102',
      '99',
      '101',
    ])
  })
})

describe('a replay', () => {
  const plan = (bars: readonly Bar[], asked: string[] = []): ReplayPlan => ({
    bars,
    quotes: [],
    termsOf: () => terms,
    orderOf: (symbol) => {
      asked.push(symbol)
      return 'low-first'
    },
    source: 'replay',
  })
  const drain = (schedule: ReplaySchedule): string[] => {
    const seen: string[] = []
    for (let quote = schedule.take(); quote !== undefined; quote = schedule.take())
      seen.push(`${quote.at - START} ${quote.symbol} ${quote.last ?? ''}`)
    return seen
  }

  it('plays bars of several symbols by time, the same whatever order they were given in', () => {
    const bars = [bar('B', 0), bar('A', 0), bar('B', 1), bar('A', 1, { open: '101' })]
    const seen = drain(new ReplaySchedule(plan(bars)))
    expect(seen).toHaveLength(16)
    expect(seen.slice(0, 4)).toEqual(['0 A 100', '0 B 100', '20000 A 99', '20000 B 99'])
    expect(drain(new ReplaySchedule(plan([...bars].reverse())))).toEqual(seen)
  })

  it('asks which extreme comes first only as the bar begins', () => {
    const asked: string[] = []
    const schedule = new ReplaySchedule(plan([bar('A', 0), bar('A', 1)], asked))
    for (let time = 0; time < 4; time += 1) schedule.take()
    expect(asked).toHaveLength(1)
    schedule.take()
    expect(asked).toHaveLength(2)
    expect(schedule.taken).toBe(5)
  })
})

describe('a replay clock', () => {
  it('runs as fast as it is told, and loses nothing by a pause or a change of speed', () => {
    const clock = new ReplayClock(START, 1_000, 10)
    expect(clock.now(2_000) - START).toBe(10_000)
    expect(clock.until(START + 20_000, 2_000)).toBe(1_000)
    clock.pause(2_000)
    expect(clock.now(9_000) - START).toBe(10_000)
    expect(clock.until(START + 20_000, 9_000)).toBe(Number.POSITIVE_INFINITY)
    clock.resume(10_000)
    clock.setSpeed(1, 11_000)
    expect(clock.now(12_000) - START).toBe(21_000)
  })

  it('stands still where it is stepped, and never goes back', () => {
    const clock = new ReplayClock(START, 0, 'stepped')
    expect(clock.now(99_000)).toBe(START)
    clock.stepTo(START + 500, 99_000)
    clock.stepTo(START + 400, 99_000)
    expect(clock.now(100_000)).toBe(START + 500)
  })

  it.each([0, -1, Number.NaN, 1e9])('does not run %s times as fast', (speed) => {
    expect(() => new ReplayClock(START, 0, speed)).toThrow('forward')
  })
})
