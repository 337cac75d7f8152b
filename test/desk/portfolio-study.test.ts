import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packMatrix, unpackMatrix } from '../../src/contract/matrix-codec.ts'
import { marketsRoom, noise } from './portfolio-room.ts'
import { NOON } from './trading-room.ts'

const DAY = 86_400_000
const shared = noise(120, 1)
const own = noise(120, 2)

describe('a packed matrix', () => {
  it('comes out as it went in, with what is not known still not known', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.infiniteStream(fc.double()), (n, stream) => {
        const full = new Float64Array(n * n)
        for (let i = 0; i < n; i++) {
          full[i * n + i] = 1
          for (let j = i + 1; j < n; j++) full[i * n + j] = full[j * n + i] = stream.next().value as number
        }
        expect(unpackMatrix(packMatrix(full, n), n, 1)).toEqual(full)
      }),
      { seed: 7, numRuns: 100 },
    )
  })

  it('is little-endian float64 in base64, row by row above the diagonal', () => {
    const cells = Buffer.from(packMatrix([1, 0.5, -2, 0.5, 1, 3, -2, 3, 1], 3), 'base64')
    expect([0, 8, 16].map((at) => cells.readDoubleLE(at))).toEqual([0.5, -2, 3])
  })

  it('is refused where its length is of another number of rows', () => {
    expect(() => unpackMatrix(packMatrix([1, 0, 0, 1], 2), 3, 1)).toThrow(RangeError)
  })
})

describe('a study of the book', () => {
  it('shows copies as one, strangers as strangers, and how many periods each pair has', async () => {
    const room = await marketsRoom({ AAA: shared, BBB: shared, CCC: own.slice(0, 80) })
    const study = await room.calls.portfolio.study({ lookback: 100 })
    expect(study.symbols).toEqual(['AAA', 'BBB', 'CCC'])
    const n = 3
    const raw = unpackMatrix(study.raw, n, 1)
    const low = unpackMatrix(study.low, n, 1)
    const high = unpackMatrix(study.high, n, 1)
    const counts = unpackMatrix(study.counts, n, study.periods)
    expect(raw[1]).toBeCloseTo(1, 9)
    expect(Math.abs(raw[2] ?? 1)).toBeLessThan(0.35)
    expect(low[2]).toBeLessThan(raw[2] ?? -1)
    expect(high[2]).toBeGreaterThan(raw[2] ?? 1)
    expect([counts[1], counts[2], counts[0]]).toEqual([100, 80, 100])
    expect(study.assets.find(({ symbol }) => symbol === 'CCC')).toMatchObject({
      known: 80,
      before: 20,
      gaps: 0,
      studied: true,
      says: 'Periods missing: 20 before its first bar.',
    })
    expect(study.missing.map(({ says }) => says)).toEqual([
      'AAA and CCC have 80 of 100 periods in common.',
      'BBB and CCC have 80 of 100 periods in common.',
    ])
    expect(study.missingPairs).toBe(2)
    expect(study.eigenvalues.reduce((sum, value) => sum + value, 0)).toBeCloseTo(3, 9)
    expect([...study.order].sort()).toEqual([0, 1, 2])
    expect(Math.abs(study.order.indexOf(0) - study.order.indexOf(1))).toBe(1)
    expect(study.age).toBe(NOON - Math.floor(NOON / DAY) * DAY)
  })

  it('leaves out what has too few periods, and names it with the reason', async () => {
    const room = await marketsRoom({ AAA: shared, BBB: own, NEW: noise(15, 3) })
    const study = await room.calls.portfolio.study({})
    expect(study.symbols).toEqual(['AAA', 'BBB'])
    expect(study.leftOut).toEqual([
      { symbol: 'NEW', says: 'NEW is left out: its volatility is not known: it needs 30 returns that move.' },
    ])
    expect(study.missing[0]).toMatchObject({ periods: 15, says: expect.stringContaining('fewer than 20') as string })
  })

  it('sees nothing later than the instant asked for, and refuses one that is not yet', async () => {
    const room = await marketsRoom({ AAA: [...shared, 0.5], BBB: [...own, -0.5] })
    const [now, then] = await Promise.all([
      room.calls.portfolio.study({}),
      room.calls.portfolio.study({ asOf: Math.floor(NOON / DAY) * DAY - 1 }),
    ])
    expect(now.at - then.at).toBe(DAY)
    expect(then.assets[0]?.volatility ?? 9).toBeLessThan((now.assets[0]?.volatility ?? 0) / 2)
    await expect(room.calls.portfolio.study({ asOf: NOON + DAY })).rejects.toThrow('asOf lies after')
  })

  it.each([
    [{ lookback: 10 }, 'lookback is 10; it must be a whole number, at least 20 and at most 2000.'],
    [{ lookback: 'x' }, 'lookback is "x"'],
    [{ symbols: ['NONE', 'AAA'] }, 'NONE is not a known instrument'],
    [{ symbols: ['AAA'] }, 'A correlation needs at least two instruments'],
  ])('refuses %o in one sentence', async (asked, says) => {
    const room = await marketsRoom({ AAA: shared })
    await expect(room.calls.portfolio.study(asked)).rejects.toThrow(says)
  })
})
