import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFile } from './reading.ts'
import { cents, date, number, plain, style, write } from './table-style.ts'

const DAY = 86_400_000

describe('a table of bars', () => {
  const bars = fc.array(
    fc.record({ low: cents(1, 4_000_000), spread: cents(0, 100_000), volume: fc.nat(1e9).map(String) }),
    { minLength: 14, maxLength: 40 },
  )

  it('gives the same decimals in every delimiter, decimal mark, date format, line end and encoding', async () => {
    await fc.assert(
      fc.asyncProperty(bars, style, async (drawn, how) => {
        const expected = drawn.map(({ low, spread, volume }, index) => {
          const high = plain((Number(low) + Number(spread)).toFixed(4))
          return { at: Date.UTC(2024, 0, 1) + index * DAY, open: low, high, low, close: high, volume }
        })
        const header = ['Date', 'Open', 'High', 'Low', 'Close', 'Volume']
        const rows = expected.map((bar) => [
          date(bar.at, how),
          ...[bar.open, bar.high, bar.low, bar.close].map((price) => number(price, how)),
          bar.volume,
        ])
        const reading = await readFile('SAP.csv', write([header, ...rows], how), { decimalMark: how.mark })
        expect(reading.problems.filter(({ severity }) => severity !== 'warning')).toEqual([])
        expect(reading.bars.map(({ bar: { symbol, interval, ...bar } }) => [symbol, interval, bar])).toEqual(
          expected.map((bar) => ['SAP', '1d', bar]),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('guesses the decimal mark itself, or asks: no price is off by a power of ten', async () => {
    await fc.assert(
      fc.asyncProperty(bars, style, async (drawn, how) => {
        const header = ['Date', 'Close']
        const rows = drawn.map(({ low }, index) => [date(Date.UTC(2024, 0, 1) + index * DAY, how), number(low, how)])
        const reading = await readFile('SAP.csv', write([header, ...rows], how))
        const asked = reading.problems.some(({ severity }) => severity === 'question')
        if (!asked) expect(reading.bars.map(({ bar }) => bar.close)).toEqual(drawn.map(({ low }) => low))
      }),
      { numRuns: 300 },
    )
  })

  it('leaves out a bar that contradicts itself, one told twice, and one that is not complete', async () => {
    const reading = await readFile(
      'SAP.csv',
      'Date,Open,High,Low,Close\n2024-01-01,1,2,0.5,1.5\n2024-01-02,1,0.9,0.5,1.5\n2024-01-03,1,2,0.5,1.5\n2024-01-03,1,2,0.5,1.5\n2024-01-03,1,2,0.5,1.6\n2026-11-19,1,2,0.5,1.5\n2026-11-20,1,2,0.5,1.5\n',
      { interval: '1d' },
    )
    expect(reading.bars.map(({ line }) => line)).toEqual([2, 4, 7])
    expect(reading.skipped.map(({ line }) => line).sort()).toEqual([3, 5, 6, 8])
  })
})
