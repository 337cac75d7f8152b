import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSearch } from '../../../src/ui/audit/search-tokens.ts'
import { endOfDay, startOfDay } from '../../../src/ui/format/zone-date.ts'

const zone = 'America/New_York'
const filter = (typed: string): unknown => {
  const search = readSearch(typed, zone)
  return search.ok ? search.filter : search.why
}

describe('the search of decisions', () => {
  it('reads words that ask for one thing, and free words', () => {
    expect(filter('symbol:AAPL outcome:refused code:daily_loss opening pullback')).toEqual({
      symbol: 'AAPL',
      outcome: 'rejected',
      code: 'DAILY_LOSS',
      text: 'opening pullback',
    })
    expect(filter('symbol:"BRK B" strategy:breakout')).toEqual({ symbol: 'BRK B', strategy: 'breakout' })
    expect(filter('')).toEqual({})
  })

  it('takes whole days of the account, the last one included', () => {
    expect(filter('after:2026-08-01 before:2026-08-01')).toEqual({
      from: Date.parse('2026-08-01T04:00:00Z'),
      to: Date.parse('2026-08-02T04:00:00Z') - 1,
    })
  })

  it('says what it does not understand instead of searching for something else', () => {
    expect(filter('outcome:maybe')).toContain('approved, reduced or refused')
    expect(filter('after:01.08.2026')).toContain('2026-08-01')
    expect(filter('after:2026-02-30')).toContain('not a day')
    expect(filter('symbol:')).toContain('symbol:AAPL')
    expect(filter('x'.repeat(201))).toContain('200')
  })

  it('takes an unknown word with a colon as plain text', () => {
    expect(filter('why:this')).toEqual({ text: 'why:this' })
  })

  it('never throws and never loses a plain word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (typed) => {
        const search = readSearch(typed, zone)
        return search.ok || search.why.length > 0
      }),
    )
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,12}$/), (word) => {
        expect(filter(word)).toEqual({ text: word })
      }),
    )
  })
})

describe('days of a zone', () => {
  it('have 23 and 25 hours when the clocks change', () => {
    const hours = (day: string): number => ((endOfDay(day, zone) ?? 0) - (startOfDay(day, zone) ?? 0)) / 3_600_000
    expect(hours('2026-03-08')).toBe(23)
    expect(hours('2026-11-01')).toBe(25)
    expect(hours('2026-06-01')).toBe(24)
  })
})
