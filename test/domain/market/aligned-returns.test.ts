import { describe, expect, it } from 'vitest'
import type { CalendarId } from '../../../src/domain/inputs.ts'
import { alignReturns, isoDay, type DailyCloses } from '../../../src/domain/market/aligned-returns.ts'

/** Closes given by date. */
function bars(symbol: string, calendar: CalendarId, byDate: Readonly<Record<string, number>>): DailyCloses {
  return { symbol, calendar, at: Object.keys(byDate).map((date) => Date.parse(date)), close: Object.values(byDate) }
}
const aligned = (...told: Parameters<typeof alignReturns>) => {
  const found = alignReturns(...told)
  if (!found.ok) throw new Error(found.error.says)
  return found.value
}

// 2026-03-06 is a Friday.
const share = bars('ACME', 'equity', { '2026-03-05': 100, '2026-03-06': 110, '2026-03-09': 121, '2026-03-10': 121 })
const coin = bars('COIN', 'crypto', {
  '2026-03-05': 10,
  '2026-03-06': 20,
  '2026-03-07': 30,
  '2026-03-08': 40,
  '2026-03-09': 50,
  '2026-03-10': 60,
})

describe('returns brought to common periods', () => {
  it('set a coin’s weekend against the share’s step from Friday to Monday, and say so', () => {
    const { days, returns, says, from } = aligned([share, coin], 60)
    expect([isoDay(from), ...days.map(isoDay)]).toEqual(['2026-03-05', '2026-03-06', '2026-03-09', '2026-03-10'])
    expect(returns.map((column) => [...column])).toEqual([
      [Math.log(1.1), Math.log(121 / 110), 0],
      [Math.log(2), Math.log(50 / 20), Math.log(60 / 50)],
    ])
    expect(says).toContain('Calendars differ (equity, crypto): days on which one of them rests (2)')
  })

  it('of one calendar use all of its days', () => {
    expect(aligned([coin], 60).days).toHaveLength(5)
    expect(aligned([coin], 2).days.map(isoDay)).toEqual(['2026-03-09', '2026-03-10'])
    expect(aligned([coin], 60).says).toBe('Log returns from one common day to the next; missing closes stay missing.')
  })

  it('miss a return at both ends of a day without a close, when others of its calendar traded', () => {
    const other = bars('OTHER', 'equity', { '2026-03-05': 5, '2026-03-06': 5, '2026-03-10': 5 })
    const { returns, coverage } = aligned([share, other], 60)
    expect([...(returns[1] ?? [])]).toEqual([0, NaN, NaN])
    expect(coverage[1]).toEqual({ symbol: 'OTHER', known: 1, before: 0, after: 2, gaps: 0 })
  })

  it('count what is missing before, after and between', () => {
    const byDay = (skip: readonly number[]) =>
      Object.fromEntries(
        Array.from({ length: 12 }, (_, i) => i)
          .filter((i) => !skip.includes(i))
          .map((i) => [isoDay(20_000 + i), 100 + i]),
      )
    const { coverage } = aligned([bars('ALL', 'fx', byDay([])), bars('SOME', 'fx', byDay([0, 1, 5, 11]))], 60)
    expect(coverage).toEqual([
      { symbol: 'ALL', known: 11, before: 0, after: 0, gaps: 0 },
      { symbol: 'SOME', known: 6, before: 2, after: 1, gaps: 2 },
    ])
  })

  it('do not let a calendar that begins late cut the others short', () => {
    const late = bars('LATE', 'fx', { '2026-03-09': 1, '2026-03-10': 1.1 })
    const { days, returns } = aligned([share, late], 60)
    expect(days).toHaveLength(3)
    expect([...(returns[1] ?? [])]).toEqual([NaN, NaN, Math.log(1.1)])
  })

  it('leave a hole of more than ten days out instead of making one return of it', () => {
    const holed = bars('HOLE', 'equity', { '2026-01-05': 1, '2026-01-06': 2, '2026-02-02': 9, '2026-02-03': 18 })
    const { days, returns, says } = aligned([holed], 60)
    expect(days.map(isoDay)).toEqual(['2026-01-06', '2026-02-03'])
    expect([...(returns[0] ?? [])]).toEqual([Math.LN2, Math.LN2])
    expect(says).toContain('Steps of more than 10 days (1)')
  })
})
