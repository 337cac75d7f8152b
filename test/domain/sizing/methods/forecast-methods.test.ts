import { describe, expect, it } from 'vitest'
import { share, type Told } from '../../../support/sizing-fixtures.ts'
import { figures, fresh, market, sentence, stale } from '../asking.ts'

const forecast = (expectedReturn: string, volatility: string, more: Record<string, unknown> = {}): Told => ({
  request: { expectedReturn, volatility, ...more },
})
const SHORT = { side: 'sell', stop: '105' }

describe('kelly_continuous', () => {
  const settings = { fraction: '0.25', riskFree: '0.06' }

  it('stakes a quarter of (μ − r)/σ²: of 11 % over 6 % at 15 % volatility that is 2.22 times equity', () => {
    expect(figures('kelly_continuous', forecast('0.11', '0.15'), settings)).toEqual({
      weight: '0.555555555555',
      facts: { expectedReturn: '0.11', volatility: '0.15', riskFree: '0.06', kelly: '2.22222222222' },
    })
    expect(sentence('kelly_continuous', forecast('0.11', '0.15'), settings)).toBe(
      'Kelly (11.00 % − 6.00 %) / (15.00 %)² = 222.22 %; × 0.25 = 55.56 % of equity.',
    )
  })

  it('keeps the sign of the edge, whatever the side asked for', () => {
    for (const side of [{}, SHORT])
      expect(figures('kelly_continuous', forecast('-0.04', '0.2', side), settings)).toMatchObject({ weight: '-0.625' })
  })

  it('is zero of equity at exactly the risk-free rate', () => {
    expect(figures('kelly_continuous', forecast('0.06', '0.2'), settings)).toMatchObject({ weight: '0' })
  })
})

describe('kelly_vol', () => {
  const settings = { fraction: '0.25', riskFree: '0', target: '0.15' }

  it('takes fractional Kelly where it is the smaller: 0.25 · 0.3/0.36 against 0.15/0.6', () => {
    expect(figures('kelly_vol', forecast('0.3', '0.6'), settings)).toEqual({
      weight: '0.20833333333325',
      facts: {
        kelly: '0.833333333333',
        fractionalKelly: '0.20833333333325',
        volatilityTarget: '0.25',
        weight: '0.20833333333325',
      },
    })
  })

  it('takes the volatility target where that is the smaller, and never multiplies the two', () => {
    expect(figures('kelly_vol', forecast('0.72', '0.6'), settings)).toEqual({
      weight: '0.25',
      facts: { kelly: '2', fractionalKelly: '0.5', volatilityTarget: '0.25', weight: '0.25' },
    })
    expect(sentence('kelly_vol', forecast('0.72', '0.6'), settings)).toBe(
      'Full Kelly 200.00 %, × 0.25 = 50.00 %; the volatility target gives 25.00 %; the smaller, 25.00 % of equity, is proposed.',
    )
  })

  it('sells short on a negative edge', () => {
    expect(figures('kelly_vol', forecast('-0.72', '0.6', SHORT), settings)).toEqual({
      weight: '-0.25',
      facts: { kelly: '-2', fractionalKelly: '0.5', volatilityTarget: '0.25', weight: '0.25' },
    })
  })

  it('refuses an edge against the side, and none at all', () => {
    for (const told of [forecast('-0.72', '0.6'), forecast('0.72', '0.6', SHORT), forecast('0', '0.6')])
      expect(figures('kelly_vol', told, settings)).toEqual({ refused: 'NO_EDGE request.expectedReturn' })
    expect(sentence('kelly_vol', forecast('-0.72', '0.6'), settings)).toBe(
      'Kelly is -200.00 % of equity: there is no edge for a buy, so the size is zero.',
    )
    expect(figures('kelly_vol', forecast('0.03', '0.6'), { ...settings, riskFree: '0.03' })).toEqual({
      refused: 'NO_EDGE request.expectedReturn',
    })
  })
})

describe('vol_target', () => {
  it('asks for target over volatility, once, signed by the side', () => {
    const facts = { target: '0.15', volatility: '0.6' }
    expect(figures('vol_target', { request: { volatility: '0.6' } }, { target: '0.15' })).toEqual({
      weight: '0.25',
      facts,
    })
    expect(figures('vol_target', { request: { volatility: '0.6', ...SHORT } }, { target: '0.15' })).toEqual({
      weight: '-0.25',
      facts,
    })
    expect(sentence('vol_target', { request: { volatility: '0.6' } }, { target: '0.15' })).toBe(
      '15.00 % target over 60.00 % volatility is 25.00 % of equity.',
    )
  })

  it('rounds the weight to twelve digits', () => {
    expect(figures('vol_target', { request: { volatility: '0.7' } }, { target: '0.15' })).toMatchObject({
      weight: '0.214285714286',
    })
  })

  it('needs no forecast of the return', () => {
    const told = { studies: market({ volatility: fresh('0.3') }) }
    expect(figures('vol_target', told, { target: '0.15' })).toMatchObject({ weight: '0.5' })
  })
})

describe('leveraged_kelly', () => {
  const settings = { fraction: '0.5', leverage: '2', byClass: { equity: '4', crypto: '1' }, cryptoLongOnly: true }
  const coin = share({ symbol: 'BTCUSD', assetClass: 'crypto', calendar: 'crypto', lotStep: '0.001' })

  it('multiplies half Kelly by the leverage of the class: 0.5 · 0.05/0.25 = 0.1, times 4', () => {
    expect(figures('leveraged_kelly', forecast('0.05', '0.5'), settings)).toEqual({
      weight: '0.4',
      facts: { expectedReturn: '0.05', volatility: '0.5', base: '0.1', leverage: '4' },
    })
    expect(sentence('leveraged_kelly', forecast('0.05', '0.5'), settings)).toBe(
      'ACME: Kelly × 0.5, leverage 4×: fraction 10.00 %, 40.00 % of equity.',
    )
  })

  it('takes the general multiplier for a class without its own', () => {
    const told = { ...forecast('0.05', '0.5'), instrument: share({ assetClass: 'etf' }) }
    expect(figures('leveraged_kelly', told, settings)).toMatchObject({ weight: '0.2', facts: { leverage: '2' } })
  })

  it('clips half Kelly at one equity on either side before the leverage', () => {
    expect(figures('leveraged_kelly', forecast('0.3', '0.3'), settings)).toMatchObject({
      weight: '4',
      facts: { base: '1' },
    })
    expect(figures('leveraged_kelly', forecast('-0.3', '0.3', SHORT), settings)).toMatchObject({
      weight: '-4',
      facts: { base: '-1' },
    })
    expect(figures('leveraged_kelly', forecast('-0.05', '0.5', SHORT), settings)).toMatchObject({ weight: '-0.4' })
  })

  it('is long only in crypto while the profile says so', () => {
    const short = { ...forecast('-0.05', '0.5', SHORT), instrument: coin }
    expect(figures('leveraged_kelly', short, settings)).toEqual({ refused: 'SHORT_NOT_ALLOWED request.side' })
    expect(figures('leveraged_kelly', short, { ...settings, cryptoLongOnly: false })).toMatchObject({ weight: '-0.1' })
    expect(figures('leveraged_kelly', { ...forecast('0.05', '0.5'), instrument: coin }, settings)).toMatchObject({
      weight: '0.1',
    })
  })
})

describe('growth_optimal', () => {
  const settings = { fraction: '0.5', cost: '0.02' }

  it.each([
    ['0.05', '0.277777777778', '0.555555555556'],
    ['0.1', '0.5', '1'],
    ['0.2', '1', '2'],
    ['-0.2', '-1', '-2'],
    ['0', '0', '0'],
  ])('with a return of %s at 30 % volatility and a cost of 2 % half of the optimum is %s', (mu, weight, optimum) => {
    expect(figures('growth_optimal', forecast(mu, '0.3'), settings)).toEqual({
      weight,
      facts: { expectedReturn: mu, volatility: '0.3', cost: '0.02', optimum },
    })
  })

  it('says at what cost growth is greatest', () => {
    expect(sentence('growth_optimal', forecast('0.1', '0.3'), settings)).toBe(
      'Growth is greatest at 100.00 % of equity with leverage at 2.00 % a year; × 0.5 = 50.00 %.',
    )
  })
})

describe.each(['kelly_continuous', 'kelly_vol', 'leveraged_kelly', 'growth_optimal'])('the return %s needs', (id) => {
  it('is the order’s own forecast, else the estimate of the instrument, else missing', () => {
    const studied = market({ expectedReturn: fresh('0.3'), volatility: fresh('0.5') })
    const own = figures(id, { studies: studied, request: { expectedReturn: '0.4', volatility: '0.5' } })
    const estimated = figures(id, { studies: studied })
    expect(own).not.toEqual(estimated)
    expect(own).toEqual(figures(id, forecast('0.4', '0.5')))
    expect(estimated).toEqual(figures(id, forecast('0.3', '0.5')))
    const without = market({ volatility: fresh('0.5') })
    const unstudied = { studies: market({}, { market: null }), request: { volatility: '0.5' } }
    for (const told of [{ studies: without }, unstudied, { request: { volatility: '0.5' } }])
      expect(figures(id, told)).toEqual({ refused: 'INPUT_MISSING request.expectedReturn' })
    expect(figures(id, { studies: market({ expectedReturn: fresh('NaN'), volatility: fresh('0.5') }) })).toEqual({
      refused: 'INPUT_NOT_FINITE request.expectedReturn',
    })
  })
})

describe.each(['kelly_continuous', 'kelly_vol', 'vol_target', 'leveraged_kelly', 'growth_optimal'])(
  'the volatility %s needs',
  (id) => {
    const mu = { expectedReturn: '0.1' }

    it('is the order’s own forecast, else the measured one, fresh', () => {
      const studies = market({ volatility: fresh('0.5') })
      expect(figures(id, { studies, request: { ...mu, volatility: '0.4' } })).toEqual(
        figures(id, { request: { ...mu, volatility: '0.4' } }),
      )
      expect(figures(id, { studies, request: mu })).toEqual(figures(id, { request: { ...mu, volatility: '0.5' } }))
    })

    it.each([
      ['forecast of zero', { request: { ...mu, volatility: '0' } }, 'INPUT_OUT_OF_RANGE request.volatility'],
      ['nothing', { request: mu }, 'INPUT_MISSING request.volatility'],
      [
        'studies without a market',
        { request: mu, studies: market({}, { market: null }) },
        'INPUT_MISSING request.volatility',
      ],
      ['unknown measure', { request: mu, studies: market({}) }, 'INPUT_MISSING market.volatility'],
      [
        'stale measure',
        { request: mu, studies: market({ volatility: stale('0.5') }) },
        'QUOTE_STALE market.volatility',
      ],
      [
        'measure of zero',
        { request: mu, studies: market({ volatility: fresh('0') }) },
        'INPUT_OUT_OF_RANGE market.volatility',
      ],
      [
        'measure that is no number',
        { request: mu, studies: market({ volatility: fresh('NaN') }) },
        'INPUT_NOT_FINITE market.volatility',
      ],
    ])('refuses a %s', (_, told, refused) => {
      expect(figures(id, told)).toEqual({ refused })
    })
  },
)
