import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { balanceCurve, type BalanceChange } from '../../../src/domain/edge/balance-curve.ts'

const paid = (at: number, amount: string): BalanceChange => ({ at, amount, isFlow: true })
const earned = (at: number, amount: string): BalanceChange => ({ at, amount, isFlow: false })

describe('the closed balance', () => {
  it('adds what was paid in and earned, exactly', () => {
    const { points, last } = balanceCurve([paid(0, '0.1'), earned(1, '0.2')])
    expect(last).toBe('0.3')
    expect(points.map(({ balance }) => balance)).toEqual([0.1, 0.3])
  })

  it('marks the deepest fall with its beginning, its trough and its recovery', () => {
    const { deepest, points } = balanceCurve([
      paid(0, '1000'),
      earned(1, '100'),
      earned(2, '-330'),
      earned(3, '100'),
      earned(4, '230'),
      earned(5, '-10'),
    ])
    expect(deepest).toEqual({ from: 1, trough: 2, recovered: 4, amount: '330', share: '0.3' })
    expect(points.map(({ below }) => below)).toEqual([0, 0, 0.3, 230 / 1100, 0, 10 / 1100])
  })

  it('says so where the deepest fall is not over', () => {
    expect(balanceCurve([paid(0, '1000'), earned(1, '-1')]).deepest).toMatchObject({ trough: 1, recovered: null })
  })

  it('moves the peak with deposits and withdrawals: neither is a gain or a fall', () => {
    const curve = balanceCurve([paid(0, '1000'), earned(1, '-100'), paid(2, '500'), paid(3, '-700')])
    expect(curve.points.map(({ below }) => below)).toEqual([0, 0.1, 100 / 1500, 100 / 800])
    expect(balanceCurve([paid(0, '1000'), paid(1, '-900')]).deepest).toBeNull()
  })

  it('has no shares where nothing was ever paid in', () => {
    const { deepest, points, last } = balanceCurve([earned(1, '100'), earned(2, '-90')])
    expect(deepest).toBeNull()
    expect(points.map(({ below }) => below)).toEqual([null, null])
    expect(last).toBe('10')
  })

  it('has no point and no fall without changes', () => {
    expect(balanceCurve([])).toEqual({ points: [], deepest: null, last: '0' })
  })

  it('falls as deep as the deepest fall between any two points', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 60 }), { maxLength: 30 }), (profits) => {
        const { points, deepest } = balanceCurve([
          paid(0, '10000'),
          ...profits.map((profit, index) => earned(index + 1, String(profit))),
        ])
        const balances = points.map(({ balance }) => balance)
        const falls = balances.flatMap((peak, i) => balances.slice(i).map((later) => (peak - later) / peak))
        expect(Number(deepest?.share ?? 0)).toBeCloseTo(Math.max(0, ...falls), 10)
      }),
    )
  })
})
