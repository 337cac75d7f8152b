import { describe, expect, it } from 'vitest'
import { gzipSync } from 'node:zlib'
import { readFile } from './reading.ts'

const TABLE = `date,GOOG,AAPL,FB,T
2024-01-02,,10.5,,20
2024-01-03,100,10.6,,20.5
2024-01-04,101,,,21
2024-01-05,102,10.8,5,21.5
`

describe('a table with one column of closes a symbol', () => {
  it('gives daily bars of the close alone, and says so', async () => {
    const { bars, settings, notes, instruments } = await readFile('prices.csv', TABLE)
    expect(bars.filter(({ bar }) => bar.symbol === 'GOOG').map(({ bar }) => [bar.close, bar.interval])).toEqual([
      ['100', '1d'],
      ['101', '1d'],
      ['102', '1d'],
    ])
    expect(bars.every(({ bar }) => bar.open === bar.close && bar.high === bar.close && bar.volume === null)).toBe(true)
    expect(settings).toMatchObject({ mapping: { time: 0 }, timeZone: 'UTC' })
    expect(notes.join(' ')).toContain('closing prices alone')
    expect(instruments.map(({ symbol }) => symbol).sort()).toEqual(['AAPL', 'FB', 'GOOG', 'T'])
  })

  it('fills no blank, and says how many each column has', async () => {
    const { bars, notes } = await readFile('prices.csv', TABLE)
    expect(bars).toHaveLength(11)
    expect(notes).toContain('5 empty cells are missing prices and stay missing, none is filled: FB 3, GOOG 1, AAPL 1.')
  })

  it('is read packed as well', async () => {
    const plain = await readFile('prices.csv', TABLE)
    const packed = await readFile('prices.csv.gz', gzipSync(TABLE))
    expect(packed.bars).toEqual(plain.bars)
  })
})
