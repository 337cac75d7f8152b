import { describe, expect, it } from 'vitest'
import { NOW, position, reading, share } from '../../../support/sizing-fixtures.ts'
import { example, onThePage, printed } from './example.ts'

const NVDA = share({ symbol: 'NVDA', marginRate: '0.25' })
const BTC = share({
  symbol: 'BTCUSD',
  assetClass: 'crypto',
  calendar: 'crypto',
  lotStep: '0.001',
  minQuantity: '0.001',
})
// The sample forecast is of one day: 2 % expected, 1.5 % deviation. A year of it, 252 days, is what a decision takes.
const MU = 0.02 * 252
const SIGMA = 0.015 * Math.sqrt(252)

const nvda = (more: Record<string, unknown> = {}, held = '0', at = NOW) =>
  example(
    'leveraged-kelly',
    {
      instrument: NVDA,
      at,
      request: { entry: '150', stop: null, expectedReturn: MU.toFixed(6), volatility: SIGMA.toFixed(12), ...more },
    },
    {
      at,
      positions:
        held === '0'
          ? []
          : [position({ spec: NVDA, quantity: held, averagePrice: '150', stop: null, mark: reading('150') })],
    },
  )
const btc = (side = 'buy') =>
  example(
    'leveraged-kelly',
    {
      instrument: BTC,
      request: {
        side,
        entry: '50000',
        stop: null,
        expectedReturn: side === 'buy' ? '0.13464' : '-0.13464',
        volatility: '0.6',
      },
    },
    {
      positions: [
        position({ spec: BTC, quantity: '0.164', averagePrice: '50000', stop: null, mark: reading('50000') }),
      ],
    },
  )

describe('S1, half Kelly times the leverage of the class', () => {
  it('NVDA at its sample forecast asks for four times equity and gets 60 %', () => {
    const base = Math.max(-1, Math.min(1, (0.5 * MU) / SIGMA ** 2))
    const weight = base * 4
    expect([base, weight]).toEqual([1, 4])
    const decided = nvda()
    expect(Number(decided.proposed)).toBeCloseTo((weight * 100_000) / 150, 6)
    expect([decided.quantity, decided.binding]).toEqual([String(Math.floor((0.6 * 100_000) / 150)), 'single_asset'])
    expect(onThePage('s1-nvda', decided)).toBe(printed(decided))
  })

  it('NVDA as in its log line: base 0.234 is × 4 here, and what is held counts', () => {
    const decided = nvda({ expectedReturn: '0.04212', volatility: '0.3' }, '102')
    const asked = ((0.5 * 0.04212) / 0.3 ** 2) * 4
    expect(asked).toBeCloseTo(0.936, 9)
    const left = 0.6 - (102 * 150) / 100_000
    expect(decided.quantity).toBe(String(Math.floor((left * 100_000) / 150 + 1e-9)))
    expect(onThePage('s1-nvda-log', decided)).toBe(printed(decided))
  })

  it('BTCUSD as in its log line: base 0.187 is not leveraged, and never short', () => {
    const base = (0.5 * 0.13464) / 0.6 ** 2
    const decided = btc()
    expect(Number(decided.quantity)).toBeCloseTo((base * 100_000) / 50_000, 9)
    expect([decided.quantity, decided.outcome]).toEqual(['0.374', 'approved'])
    expect(onThePage('s1-btc', decided)).toBe(printed(decided))
  })

  it('trap 16: leverage is a cap as well as a multiplier, and the night’s is the stricter', () => {
    const evening = Date.UTC(2026, 9, 30, 15, 45)
    const many = { quantity: '5000' }
    const rungs = (at: number) => nvda(many, '0', at).ladder.find(({ rule }) => rule === 'leverage')
    expect(Number(rungs(NOW)?.limit)).toBe(400_000)
    expect(Number(rungs(evening)?.limit)).toBe(200_000)
  })

  it('trap 18: a missing forecast sizes nothing, where the source falls back to another rule', () => {
    const decided = nvda({ expectedReturn: null })
    expect(decided).toMatchObject({ quantity: '0', outcome: 'rejected' })
    expect(decided.reasons[0]).toMatchObject({ code: 'INPUT_MISSING', field: 'request.expectedReturn' })
  })
})
