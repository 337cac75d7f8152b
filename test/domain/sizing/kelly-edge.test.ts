import { describe, expect, it } from 'vitest'
import { dec, text, type Dec } from '../../../src/domain/kernel/money.ts'
import {
  decidedTrades,
  edgeOrFallback,
  fallback,
  pointEstimate,
  type PointEstimate,
} from '../../../src/domain/sizing/kelly-edge.ts'
import { rMultiplesOf } from '../../../src/domain/sizing/r-multiples.ts'
import { EDGE, named } from './asking.ts'

const plain = ({ winRate, payoff, kelly, meanWin, meanLoss }: PointEstimate) => ({
  winRate,
  payoff: text(payoff),
  kelly: text(kelly),
  meanWin: text(meanWin),
  meanLoss: text(meanLoss),
})
const estimate = (edge: object) => {
  const read = pointEstimate({ ...EDGE, ...edge })
  return read.ok ? plain(read.value) : named(read.error)
}

describe('the estimate from closed trades', () => {
  it('is win rate, payoff and full Kelly, in the money of the account', () => {
    // 30 wins of 150, 45 losses of 60: p = 0.4, b = 2.5, f* = 0.4 − 0.6/2.5 = 0.16.
    expect(estimate({ wins: 30, losses: 45, scratches: 25, meanWin: '150', meanLoss: '60' })).toEqual({
      winRate: 0.4,
      payoff: '2.5',
      kelly: '0.16',
      meanWin: '150',
      meanLoss: '60',
    })
    expect(decidedTrades({ ...EDGE, wins: 30, losses: 45, scratches: 25 })).toBe(75)
  })

  it('is the whole of equity against the trader where every trade lost, without looking at a mean win', () => {
    for (const meanWin of [null, '0', 'abc'])
      expect(estimate({ wins: 0, meanWin })).toEqual({
        winRate: 0,
        payoff: '0',
        kelly: '-1',
        meanWin: '0',
        meanLoss: '100',
      })
  })

  it('has no payoff without a loss, and none is made up', () => {
    expect(estimate({ losses: 0 })).toBe('EDGE_UNCERTAIN edge.losses')
    expect(estimate({ losses: 0, meanLoss: null })).toBe('EDGE_UNCERTAIN edge.losses')
    expect(estimate({ wins: 0, losses: 0, meanWin: null, meanLoss: null })).toBe('EDGE_UNCERTAIN edge.losses')
  })

  it.each(['wins', 'losses', 'scratches'])('refuses a count of %s that is none', (key) => {
    for (const value of [-1, 2.5, Number.MAX_SAFE_INTEGER + 1])
      expect(estimate({ [key]: value })).toBe(`INPUT_OUT_OF_RANGE edge.${key}`)
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(estimate({ [key]: value })).toBe(`INPUT_NOT_FINITE edge.${key}`)
    expect(estimate({ [key]: '60' })).toBe(`INPUT_NOT_FINITE edge.${key}`)
  })

  it('takes no scratches for a count', () => {
    expect(estimate({ scratches: 0 })).toMatchObject({ winRate: 0.6 })
  })

  it.each([
    ['meanWin', null, 'INPUT_MISSING'],
    ['meanWin', '0', 'INPUT_OUT_OF_RANGE'],
    ['meanWin', '-100', 'INPUT_OUT_OF_RANGE'],
    ['meanLoss', null, 'INPUT_MISSING'],
    ['meanLoss', '0', 'INPUT_OUT_OF_RANGE'],
    ['meanLoss', 'Infinity', 'INPUT_NOT_FINITE'],
  ])('refuses a %s of %s', (key, value, code) => {
    expect(estimate({ [key]: value })).toBe(`${code} edge.${key}`)
  })
})

describe('what is done about an edge', () => {
  const needed = { minimumTrades: 20, fallbackRisk: dec('0.005') }
  const judged = (edge: object | null, own: (kelly: Dec | null) => Dec = () => dec('1')) => {
    const read = edgeOrFallback(edge === null ? null : { ...EDGE, ...edge }, needed, own)
    if (!('answer' in read)) return plain(read.point)
    return read.answer.ok ? read.answer.value : named(read.answer.error)
  }

  it('is to go on with a positive estimate from enough trades', () => {
    expect(judged({})).toEqual({ winRate: 0.6, payoff: '1', kelly: '0.2', meanWin: '100', meanLoss: '100' })
    expect(judged({ wins: 12, losses: 8 })).toMatchObject({ kelly: '0.2' })
  })

  it('is to ask the method what it would give, at the estimate or where none is known', () => {
    const asked: (string | null)[] = []
    const own = (kelly: Dec | null): Dec => {
      asked.push(kelly === null ? null : text(kelly))
      return dec('0.003')
    }
    expect(judged({ wins: 12, losses: 7 }, own)).toMatchObject({ kind: 'risk', facts: { risk: '0.003' } })
    expect(judged({ losses: 0 }, own)).toMatchObject({ kind: 'risk', facts: { risk: '0.003' } })
    expect(asked).toEqual(['0.263157894737', null])
  })

  it('is to refuse what is broken, missing or without an edge, never to fall back from it', () => {
    expect(judged(null)).toBe('INPUT_MISSING edge')
    expect(judged({ wins: Number.NaN })).toBe('INPUT_NOT_FINITE edge.wins')
    expect(judged({ wins: 1, losses: 2 })).toBe('NO_EDGE edge')
    expect(judged({ wins: 10, losses: 10 })).toBe('NO_EDGE edge')
  })
})

describe('the fallback', () => {
  const needed = { minimumTrades: 20, fallbackRisk: dec('0.005') }

  it('is the fallback risk, or what the method would give where that is less', () => {
    const stands = fallback({ ...EDGE, wins: 3, losses: 2 }, needed, dec('0.004'))
    expect(stands).toEqual({
      ok: true,
      value: {
        kind: 'risk',
        fraction: dec('0.004'),
        says: 'FALLBACK: 5 closed trades, 20 are needed (strategy alpha); the fallback risk of 0.40 % of equity stands in.',
        facts: { trades: '5', needed: '20', risk: '0.004' },
        notes: [
          {
            code: 'FALLBACK',
            says: 'FALLBACK: 5 closed trades, 20 are needed (strategy alpha); the fallback risk of 0.40 % of equity stands in.',
            field: 'edge',
          },
        ],
      },
    })
    const most = fallback(EDGE, needed, dec('1'))
    expect(most.ok && most.value.facts['risk']).toBe('0.005')
  })

  it('names the cause it is told, else the one it sees', () => {
    const says = (...cause: [string?]): string => {
      const stands = fallback(EDGE, needed, dec('1'), ...cause)
      return stands.ok ? stands.value.says : ''
    }
    expect(says()).toContain('no losing trade yet')
    expect(says('No trade had a stop.')).toBe(
      'FALLBACK: No trade had a stop. For strategy alpha the fallback risk of 0.50 % of equity stands in.',
    )
    const exactly = fallback({ ...EDGE, wins: 20, losses: 0 }, needed, dec('1'))
    expect(exactly.ok && exactly.value.says).toContain('no losing trade yet')
  })
})

describe('the R-multiples', () => {
  const of = (rMultiples: readonly number[] | undefined, needed: number) => {
    const read = rMultiplesOf({ ...EDGE, ...(rMultiples === undefined ? {} : { rMultiples }) }, needed)
    return read.ok ? read.value : `${named(read.error)}: ${read.error.says}`
  }

  it('are all those there are, where they are enough', () => {
    expect(of([1, -1, 2.5], 3)).toEqual([1, -1, 2.5])
    expect(of(undefined, 0)).toEqual([])
  })

  it('are too few below what is needed', () => {
    expect(of([1, -1], 3)).toMatch(/^EDGE_UNCERTAIN edge.rMultiples: 2 closed trades had a stop, 3 are needed/)
    expect(of(undefined, 1)).toMatch(/^EDGE_UNCERTAIN edge.rMultiples: 0 closed/)
  })

  it('are refused with the place of the first that is no number, however few they are', () => {
    expect(of([Number.NaN], 3)).toBe('INPUT_NOT_FINITE edge.rMultiples: edge.rMultiples holds NaN at 0.')
    expect(of([1, Number.POSITIVE_INFINITY, Number.NaN], 3)).toMatch('holds Infinity at 1.')
  })
})
