import { describe, expect, it } from 'vitest'
import { position, share, size, type Told } from '../../../support/sizing-fixtures.ts'
import { capped, correlations, only, rungOf } from '../one-rule.ts'

/** Positions at 50 with stops 5 away: a unit long risks 5. */
const holding = (units: Readonly<Record<string, number>>, stops = true) => ({
  positions: Object.entries(units).map(([symbol, quantity]) =>
    position({
      spec: share({ symbol }),
      quantity: String(quantity),
      stop: stops ? (quantity > 0 ? '45' : '55') : null,
    }),
  ),
})
const study = (pairs: Readonly<Record<string, number>>) => correlations({ ACME: 0.2, BOLT: 0.2, CORD: 0.2 }, pairs)
const SELL: Told = { request: { side: 'sell', stop: '105' } }

describe('the open risk of correlated positions', () => {
  const S = { max: '0.03', form: 'correlated', adjustment: '1.5' }
  const of = (units: Readonly<Record<string, number>>, told: Told) =>
    capped('portfolio_risk', S, told, holding(units)).rung

  it('is √(r′Cr): 500 held at a correlation of 0.6 leaves √(300² − 500² + 3,000²) − 300 of 3,000', () => {
    const rung = of({ BOLT: 100 }, study({ 'ACME/BOLT': 0.6 }))
    // √8,840,000 − 300 = 2,673.21: 534 shares. 534 risk 2,670: √(500² + 2 · 0.6 · 500 · 2,670 + 2,670²) = 2,996.81.
    expect(rung).toMatchObject({
      code: 'OPEN_RISK',
      allows: '534',
      unit: 'money',
      limit: '3000',
      before: '500',
      after: '2996.81497594',
      says: 'Open risk may be 3,000.00 USD (3.00 % of equity); correlated it is 500.00, with all correlations at 1 it is 500.00.',
      facts: { stressed: '500', unknownPairs: '' },
    })
    expect(Number(rung.facts['capacity'])).toBeCloseTo((Math.sqrt(8_840_000) - 300) / 5, 6)
  })

  it.each([
    ['a hedge leaves more', { BOLT: -100 }, study({ 'ACME/BOLT': 0.6 }), '654'],
    ['what moves the other way leaves more', { BOLT: 100 }, study({ 'ACME/BOLT': -0.6 }), '654'],
    ['a sell beside a short leaves less', { BOLT: -100 }, { ...study({ 'ACME/BOLT': 0.6 }), ...SELL }, '534'],
    ['nothing in common leaves √(3,000² − 500²)', { BOLT: 100 }, study({ 'ACME/BOLT': 0 }), '591'],
    ['the symbol itself counts in full', { ACME: 100 }, study({}), '499'],
  ] as const)('%s', (_, units, told, allows) => {
    expect(of(units, told).allows).toBe(allows)
  })

  it('counts the correlation of what is held, and tells the sum without diversification beside it', () => {
    // 500 and 1,000 at 0.5, the order at 0.2 and 0.4 with them.
    const held = 500 ** 2 + 1000 ** 2 + 2 * 0.5 * 500 * 1000
    const lean = 0.2 * 500 + 0.4 * 1000
    const rung = of({ BOLT: 100, CORD: 200 }, study({ 'ACME/BOLT': 0.2, 'ACME/CORD': 0.4, 'BOLT/CORD': 0.5 }))
    const most = Math.sqrt(lean ** 2 - held + 3000 ** 2) - lean
    expect(rung).toMatchObject({
      allows: String(Math.floor(most / 5)),
      before: '1322.87565553',
      facts: { stressed: '1500' },
    })
    const mixed = of({ BOLT: 100, CORD: -200 }, study({ 'ACME/BOLT': 0.2, 'ACME/CORD': 0.4, 'BOLT/CORD': 0.5 }))
    expect(mixed).toMatchObject({ before: '866.025403784', facts: { stressed: '1118.03398875' } })
  })

  it('keeps to the last lot: one more would be over', () => {
    const told = study({ 'ACME/BOLT': 0.6 })
    const at = (quantity: number): number => {
      const added = 5 * quantity
      return Math.sqrt(500 ** 2 + 2 * 0.6 * 500 * added + added ** 2)
    }
    const allows = Number(of({ BOLT: 100 }, told).allows)
    expect([at(allows) <= 3000, at(allows + 1) > 3000]).toEqual([true, true])
  })

  it('counts pairs that were not studied at the worst, and names them', () => {
    const rung = of({ CORD: 100, BOLT: 100 }, {})
    expect(rung).toMatchObject({
      allows: '399',
      before: '1000',
      facts: { stressed: '1000', unknownPairs: 'ACME/BOLT ACME/CORD BOLT/CORD' },
    })
    expect(rung.says).toMatch(/Not studied, so counted at the worst: ACME\/BOLT, ACME\/CORD, BOLT\/CORD\.$/)
    // An unknown hedge earns nothing: √(3,000² − 500²).
    expect(of({ BOLT: -100 }, {})).toMatchObject({ allows: '591', facts: { unknownPairs: 'ACME/BOLT' } })
  })

  it('allows nothing where the limit is used up, a hedge neither', () => {
    expect(of({ BOLT: 601 }, study({ 'ACME/BOLT': -1 }))).toMatchObject({
      before: '3005',
      allows: '0',
      state: 'over',
      facts: { capacity: '0' },
    })
    expect(of({ BOLT: 600 }, study({ 'ACME/BOLT': 0.6 }))).toMatchObject({ before: '3000', allows: '0' })
    // At the limit a hedge has room until it is as large again on the other side: 2 · 0.6 · 3,000.
    expect(of({ BOLT: 600 }, study({ 'ACME/BOLT': -0.6 })).allows).toBe('719')
  })

  it('counts what has no stop with the stated gap on its whole size', () => {
    const bare = (gapLoss: string) =>
      rungOf(
        size(
          { ...study({ 'ACME/BOLT': 0 }), request: { quantity: '5000' } },
          holding({ BOLT: -100 }, false),
          only({ general: { gapLoss }, ceilings: { portfolio_risk: { ...S, max: '0.06' } } }),
        ),
        'portfolio_risk',
      )
    expect([bare('1').before, bare('0.2').before]).toEqual(['5000', '1000'])
  })

  it('adds up the positions of several strategies in one symbol', () => {
    const twice = {
      positions: [
        position({ spec: share({ symbol: 'BOLT' }), strategy: 'a' }),
        position({ spec: share({ symbol: 'BOLT' }), strategy: 'b', quantity: '-40', stop: '55' }),
      ],
    }
    expect(capped('portfolio_risk', S, study({ 'ACME/BOLT': 0 }), twice).rung.before).toBe('300')
  })
})

describe('the open risk as a sum with a penalty', () => {
  const S = { max: '0.03', form: 'penalised_sum', adjustment: '1.5' }
  const of = (units: Readonly<Record<string, number>>, told: Told, settings = S) =>
    capped('portfolio_risk', settings, told, holding(units)).rung

  it('is the sum times 1 + ρ̄ · (1.5 − 1), ρ̄ the mean over all pairs of what moves together', () => {
    // Pairs 0.75, −0.4 (which counts 0) and 0: ρ̄ = 0.25, × 1.125. 1,000 held is 1,125; 1,875 ÷ 1.125 ÷ 5 = 333.33.
    const rung = of({ BOLT: 100, CORD: 100 }, study({ 'ACME/BOLT': 0.75, 'ACME/CORD': -0.4, 'BOLT/CORD': 0 }))
    expect(rung).toMatchObject({
      code: 'OPEN_RISK',
      allows: '333',
      limit: '3000',
      before: '1125',
      after: '2998.125',
      says: 'Open risk may be 3,000.00 USD (3.00 % of equity); it is 1,000.00 × 1.1250 for a mean correlation of 0.25.',
      facts: { meanCorrelation: '0.25', penalty: '1.125', unknownPairs: '' },
    })
    expect(Number(rung.facts['capacity'])).toBeCloseTo(1875 / 1.125 / 5, 6)
  })

  it('counts correlation by direction: a short beside the order is a hedge, a short beside a short is not', () => {
    const told = study({ 'ACME/BOLT': 0.8, 'ACME/CORD': 0.8, 'BOLT/CORD': 0.8 })
    expect(of({ BOLT: -100, CORD: -100 }, told).facts['penalty']).toBe(String(1 + (0.8 / 3) * 0.5).slice(0, 13))
    expect(of({ BOLT: -100, CORD: -100 }, { ...told, ...SELL }).facts['penalty']).toBe('1.4')
    expect(of({ BOLT: -100 }, study({ 'ACME/BOLT': -0.8 })).facts['penalty']).toBe('1.4')
    expect(of({ BOLT: -100 }, study({ 'ACME/BOLT': 0.8 })).facts['penalty']).toBe('1')
  })

  it('has no pair to charge for in an empty book, or where only the symbol itself is held', () => {
    expect(of({}, study({}))).toMatchObject({
      allows: '599',
      before: '0',
      facts: { meanCorrelation: '0', penalty: '1' },
    })
    expect(of({ ACME: 100 }, study({}))).toMatchObject({ allows: '499', before: '500', facts: { penalty: '1' } })
  })

  it('counts a symbol once where it is held already', () => {
    const rung = of({ ACME: 100, BOLT: 100 }, study({ 'ACME/BOLT': 0.5 }))
    expect(rung).toMatchObject({ before: '1250', facts: { meanCorrelation: '0.5', penalty: '1.25' } })
  })

  it('takes no pair with a symbol whose positions of two strategies cancel each other', () => {
    const flat = {
      positions: [
        position({ spec: share({ symbol: 'BOLT' }), strategy: 'a' }),
        position({ spec: share({ symbol: 'BOLT' }), strategy: 'b', quantity: '-100', stop: '55' }),
      ],
    }
    const { facts } = capped('portfolio_risk', S, study({ 'ACME/BOLT': 0.8 }), flat).rung
    expect(facts).toMatchObject({ meanCorrelation: '0', penalty: '1' })
  })

  it('charges the penalty of an adjustment of 1 to nobody, and of 3 twice over', () => {
    const told = study({ 'ACME/BOLT': 0.5 })
    expect(of({ BOLT: 100 }, told, { ...S, adjustment: '1' }).facts['penalty']).toBe('1')
    expect(of({ BOLT: 100 }, told, { ...S, adjustment: '3' }).facts['penalty']).toBe('2')
  })

  it('counts pairs that were not studied at the worst', () => {
    expect(of({ CORD: 100, BOLT: 100 }, {}).facts).toMatchObject({
      meanCorrelation: '1',
      unknownPairs: 'ACME/BOLT ACME/CORD BOLT/CORD',
    })
    expect(of({ BOLT: -100 }, {}).facts).toMatchObject({ meanCorrelation: '0', unknownPairs: 'ACME/BOLT' })
  })

  it('allows nothing where the limit is used up', () => {
    expect(of({ BOLT: 600 }, study({ 'ACME/BOLT': 0 }))).toMatchObject({
      before: '3000',
      allows: '0',
      facts: { capacity: '0' },
    })
    expect(of({ BOLT: 700 }, study({ 'ACME/BOLT': 0 }))).toMatchObject({ allows: '0', state: 'over' })
  })
})
