import { describe, expect, it } from 'vitest'
import { position, reading, share } from '../../../support/sizing-fixtures.ts'
import { example, onThePage, printed, studies } from './example.ts'

const coin = (symbol: string) =>
  share({
    symbol,
    assetClass: 'crypto',
    calendar: 'crypto',
    lotStep: '0.0001',
    minQuantity: '0.0001',
    clusters: ['crypto_major', 'layer1'],
  })
const BTC = coin('BTCUSD')
const ETH = coin('ETHUSD')
const CORRELATION = {
  symbols: ['BTCUSD', 'ETHUSD'],
  correlation: [1, 0.85, 0.85, 1],
  volatility: [0.6, 0.7],
  periods: 60,
  source: 'example',
  at: 0,
}

const btc = (more: Record<string, unknown> = {}) =>
  example('crypto-vol-target', {
    instrument: BTC,
    request: { entry: '50000', stop: null, expectedReturn: '0.30', volatility: '0.60', signal: '0.8', ...more },
    studies: studies({ liquidity: '0.95' }, { correlation: CORRELATION }),
  })
const eth = () =>
  example(
    'crypto-vol-target',
    {
      instrument: ETH,
      request: { entry: '2500', stop: null, expectedReturn: '0.35', volatility: '0.70', signal: '0.6' },
      studies: studies({ liquidity: '0.90' }, { correlation: CORRELATION }),
    },
    {
      positions: [position({ spec: BTC, quantity: '0.3', averagePrice: '50000', stop: null, mark: reading('50000') })],
    },
  )

describe('S0, a quarter of Kelly under a volatility target', () => {
  it('BTC: the smaller of fraction·f* and target/σ, × signal, × liquidity, then the 15 % cap', () => {
    const kelly = 0.3 / 0.6 ** 2
    const proposed = Math.min(0.25 * kelly, 0.15 / 0.6)
    const adjusted = proposed * 0.8 * 0.95
    expect(adjusted).toBeGreaterThan(0.15)
    const size = Math.min(adjusted, 0.15, 0.2)
    const decided = btc()
    expect(Number(decided.quantity)).toBeCloseTo((size * 100_000) / 50_000, 4)
    expect(Number(decided.proposed)).toBeCloseTo((proposed * 100_000) / 50_000, 8)
    expect([decided.quantity, decided.binding]).toEqual(['0.3', 'kelly_cap'])
    expect(onThePage('s0-btc', decided)).toBe(printed(decided))
  })

  it('ETH beside it: the pair above 0.80 counts as one asset, below the volatility the portfolio has left', () => {
    const wanted = Math.min((0.25 * 0.35) / 0.7 ** 2, 0.15 / 0.7) * 0.6 * 0.9
    const [a, rho] = [0.15 * 0.6, 0.85]
    const byVolatility = (-rho * a + Math.sqrt((rho * a) ** 2 - a ** 2 + 0.15 ** 2)) / 0.7
    const byPair = 0.2 - 0.15
    expect(byPair).toBeLessThan(byVolatility)
    expect(byVolatility).toBeLessThan(wanted)
    const decided = eth()
    expect(Number(decided.quantity)).toBeCloseTo((byPair * 100_000) / 2_500, 4)
    expect(decided.binding).toBe('correlated_pair')
    const rung = decided.ladder.find(({ rule }) => rule === 'portfolio_vol')
    expect(Number(rung?.allows)).toBeCloseTo((byVolatility * 100_000) / 2_500, 3)
    expect(onThePage('s0-eth', decided)).toBe(printed(decided))
  })

  it('trap 3: the volatility target bounds Kelly and never multiplies it, which would be a 1/σ³ rule', () => {
    const weight = (volatility: string) => {
      const decided = btc({ volatility, signal: null })
      return Number(decided.proposed) / 2
    }
    expect(weight('0.60') / weight('1.20')).toBeCloseTo(4, 6)
  })

  it('a signal below 0.1, a Sharpe ratio below 0.5 and half a per cent of equity are refused', () => {
    expect(btc({ signal: '0.09' }).quantity).toBe('0')
    expect(btc({ expectedReturn: '0.29' }).reasons[0]?.code).toBe('SHARPE_TOO_LOW')
    const small = btc({ quantity: '0.0099', signal: null })
    expect(small.reasons.map(({ code }) => code)).toContain('BELOW_MIN_SIZE')
  })
})
