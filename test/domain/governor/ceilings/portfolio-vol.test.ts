import { describe, expect, it } from 'vitest'
import { position, share, type Told } from '../../../support/sizing-fixtures.ts'
import { capped, correlations } from '../one-rule.ts'
import { working } from '../working-order.ts'

const S0 = { max: '0.15' }
const holding = (units: Readonly<Record<string, number>>) => ({
  positions: Object.entries(units).map(([symbol, quantity]) =>
    position({ spec: share({ symbol }), quantity: String(quantity), stop: null }),
  ),
})
const SIGMA = { ACME: 0.2, BOLT: 0.4, CORD: 0.5 }
const study = (pairs: Readonly<Record<string, number>>) => correlations(SIGMA, pairs)
const SELL: Told = { request: { side: 'sell', stop: '105' } }
const of = (units: Readonly<Record<string, number>>, told: Told, settings = S0) =>
  capped('portfolio_vol', settings, told, holding(units))

/** Largest weight w of the order with √(square + 2·lean·w + 0.2²·w²) ≤ 15 %, by halving: no formula in common. */
function most(square: number, lean: number, cap = 0.15): number {
  let [low, high] = [0, 10]
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2
    if (Math.sqrt(square + 2 * lean * middle + 0.04 * middle * middle) <= cap) low = middle
    else high = middle
  }
  return low
}

describe('the volatility of the portfolio', () => {
  it('solves the quadratic for the order: 5 % of equity in BOLT at 40 %, correlation 0.5', () => {
    // w′Σw = (0.05 · 0.4)² = 0.0004, lean 0.05 · 0.4 · 0.2 · 0.5 = 0.002: 69.49 % of equity in ACME at 20 %.
    const { rung } = of({ BOLT: 100 }, study({ 'ACME/BOLT': 0.5 }))
    expect(rung).toMatchObject({
      code: 'PORTFOLIO_VOL',
      allows: '694',
      unit: 'fraction',
      limit: '0.15',
      before: '0.02',
      after: '0.149804672824',
      says: 'Portfolio volatility may be 15.00 % a year; it is 2.00 %, and ACME moves 20.0 %.',
      facts: { volatility: '0.2', before: '0.02' },
    })
    expect(Number(rung.facts['capacity'])).toBeCloseTo(1000 * most(0.0004, 0.002), 5)
    expect(Number(rung.facts['capacity'])).toBeLessThan(1000 * most(0.0004, 0.002))
  })

  it('of nothing held leaves 15/20 of equity', () => {
    expect(of({}, study({})).rung).toMatchObject({ allows: '749', before: '0' })
  })

  const two = study({ 'ACME/BOLT': 0.5, 'ACME/CORD': -0.3, 'BOLT/CORD': 0.25 })
  it.each([
    ['long beside long', { BOLT: 200, CORD: 100 }, two, 1, 1],
    ['long beside short', { BOLT: 200, CORD: -100 }, two, 1, -1],
    ['a sell beside them', { BOLT: 200, CORD: 100 }, { ...two, ...SELL }, -1, 1],
  ] as const)('counts every pair with its sign: %s', (_, units, told, direction, cord) => {
    const [bolt, other] = [0.1 * 0.4, cord * 0.05 * 0.5]
    const square = bolt ** 2 + other ** 2 + 2 * 0.25 * bolt * other
    const lean = direction * 0.2 * (0.5 * bolt - 0.3 * other)
    const { rung } = of(units, told)
    expect(rung.allows).toBe(String(Math.floor(1000 * most(square, lean))))
    expect(Number(rung.before)).toBeCloseTo(Math.sqrt(square), 11)
    expect(Number(rung.after)).toBeLessThanOrEqual(0.15)
  })

  it('counts the symbol itself in full', () => {
    expect(of({ ACME: 500 }, study({})).rung).toMatchObject({ before: '0.05', allows: '499' })
  })

  it('allows nothing above the limit, a hedge neither; at the limit a hedge has room', () => {
    expect(of({ BOLT: 751 }, study({ 'ACME/BOLT': -0.5 })).rung).toMatchObject({
      before: '0.1502',
      allows: '0',
      state: 'over',
      facts: { capacity: '0' },
    })
    expect(of({ BOLT: 750 }, study({ 'ACME/BOLT': 0.5 })).rung).toMatchObject({ before: '0.15', allows: '0' })
    // From 15 % back to 15 %: 2 · 0.15 · 0.2 · 0.5 ÷ 0.2² = 75 % of equity.
    expect(of({ BOLT: 750 }, study({ 'ACME/BOLT': -0.5 })).rung).toMatchObject({ allows: '749' })
  })

  it.each([
    ['nothing was studied', {}, {}, 'volatility of ACME'],
    ['the order’s own was not', {}, correlations({ BOLT: 0.4 }, {}), 'volatility of ACME'],
    ['the order’s own is no number', {}, correlations({ ...SIGMA, ACME: NaN }, {}), 'volatility of ACME'],
    ['the order’s own has no bound', {}, correlations({ ...SIGMA, ACME: Infinity }, {}), 'volatility of ACME'],
    ['the order’s own is nothing', {}, correlations({ ...SIGMA, ACME: 0 }, {}), 'volatility of ACME'],
    ['the order’s own is negative', {}, correlations({ ...SIGMA, ACME: -0.2 }, {}), 'volatility of ACME'],
    ['that of what is held was not', { BOLT: 1 }, correlations({ ACME: 0.2 }, {}), 'volatility of BOLT'],
    [
      'that of the last held is nothing',
      { BOLT: 1, CORD: 1 },
      correlations({ ...SIGMA, CORD: 0 }, { 'ACME/BOLT': 0, 'ACME/CORD': 0, 'BOLT/CORD': 0 }),
      'volatility of CORD',
    ],
    ['the order and what is held were not compared', { BOLT: 1 }, study({}), 'correlation of ACME and BOLT'],
    [
      'what is held was not compared',
      { BOLT: 1, CORD: 1 },
      study({ 'ACME/BOLT': 0, 'ACME/CORD': 0 }),
      'correlation of BOLT and CORD',
    ],
    ['a correlation is above 1', { BOLT: 1 }, study({ 'ACME/BOLT': 1.01 }), 'correlation of ACME and BOLT'],
    ['a correlation is below −1', { BOLT: 1 }, study({ 'ACME/BOLT': -1.01 }), 'correlation of ACME and BOLT'],
  ] as const)('is not known where %s: nothing is allowed', (_, units, told, what) => {
    const { rung, decision } = of(units, told)
    expect(rung).toMatchObject({ allows: '0', code: 'INPUT_MISSING', state: 'unknown' })
    expect(decision.reasons[0]).toEqual({
      code: 'INPUT_MISSING',
      field: 'correlation',
      says: `The ${what} is not known, so the portfolio's volatility is not: import bars, or switch this ceiling off.`,
    })
  })

  it.each([
    ['a buy counts as held', {}, { BOLT: 100 }, '694', '0.02'],
    ['a sell does not free what a long takes', { BOLT: 100 }, { BOLT: -100 }, '694', '0.02'],
    ['nor where it would turn it round', { BOLT: 100 }, { BOLT: -300 }, '694', '0.04'],
    ['a hedge that is not filled leaves no more than none', {}, { BOLT: -100 }, '749', '0.02'],
    ['nor does a hedge of another symbol', { BOLT: 100 }, { CORD: -80 }, '694', '0.02'],
    ['a buy of the symbol itself counts in full', {}, { ACME: 500 }, '499', '0.05'],
    ['what would be over the target if filled leaves nothing', {}, { BOLT: -751 }, '0', '0.1502'],
  ] as const)('with working orders: %s', (_, units, orders, allows, before) => {
    const told = study({ 'ACME/BOLT': 0.5, 'ACME/CORD': 0.5, 'BOLT/CORD': 0.5 })
    const held = { ...holding(units), working: working(orders) }
    expect(capped('portfolio_vol', S0, told, held).rung).toMatchObject({ allows, before })
  })

  it('keeps to the target whichever working orders fill', () => {
    // BOLT 10 % of equity at 40 %, 5 % more working; CORD sold 10 % at 50 %.
    const held = { ...holding({ BOLT: 200 }), working: working({ BOLT: 100, CORD: -200 }) }
    const { rung } = capped('portfolio_vol', S0, two, held)
    const after = (weight: number) =>
      [
        [0.04, 0],
        [0.06, 0],
        [0.04, -0.05],
        [0.06, -0.05],
      ].map(([bolt = 0, cord = 0]) =>
        Math.sqrt(
          bolt ** 2 +
            cord ** 2 +
            (0.2 * weight) ** 2 +
            2 * (0.25 * bolt * cord + 0.2 * weight * (0.5 * bolt - 0.3 * cord)),
        ),
      )
    expect(Number(rung.before)).toBeCloseTo(Math.max(...after(0)), 10)
    const allowed = Number(rung.allows) / 1000
    expect(Math.max(...after(allowed))).toBeLessThanOrEqual(0.15)
    expect(Math.max(...after(allowed + 0.001))).toBeGreaterThan(0.15)
  })

  it('is not known where what is working was not studied', () => {
    const told = correlations({ ACME: 0.2 }, {})
    const { rung } = capped('portfolio_vol', S0, told, { working: working({ BOLT: -1 }) })
    expect(rung).toMatchObject({ allows: '0', code: 'INPUT_MISSING' })
  })

  it('takes a correlation of 1 that arithmetic left a hair above it', () => {
    expect(of({ BOLT: 1 }, study({ 'ACME/BOLT': 1 + 1e-10 })).rung.state).not.toBe('unknown')
  })
})
