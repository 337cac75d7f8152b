import { describe, expect, it } from 'vitest'
import { position, share, type Told } from '../../../support/sizing-fixtures.ts'
import { capped, correlations } from '../one-rule.ts'
import { working } from '../working-order.ts'

/** Positions at 50 with stops 5 away: a unit long risks 5. */
const holding = (units: Readonly<Record<string, number>>) => ({
  positions: Object.entries(units).map(([symbol, quantity]) =>
    position({
      spec: share({ symbol }),
      quantity: String(quantity),
      stop: quantity > 0 ? '45' : '55',
    }),
  ),
})
const study = (pairs: Readonly<Record<string, number>>) => correlations({ ACME: 0.2, BOLT: 0.2, CORD: 0.2 }, pairs)
describe('the open risk of correlated positions, with working orders', () => {
  const S = { max: '0.03', form: 'correlated', adjustment: '1.5' }
  const beside = (
    units: Readonly<Record<string, number>>,
    orders: Readonly<Record<string, number>>,
    told: Told,
    settings: typeof S = S,
  ) => capped('portfolio_risk', settings, told, { ...holding(units), working: working(orders) }).rung

  it.each([
    ['a buy counts as held', {}, { BOLT: 100 }, '534', '500'],
    ['a sell does not free what a long takes', { BOLT: 100 }, { BOLT: -100 }, '534', '500'],
    ['nor where it would turn it round', { BOLT: 100 }, { BOLT: -300 }, '534', '1000'],
    ['a buy does not free what a short takes from a sell', { BOLT: -100 }, { BOLT: 100 }, '599', '500'],
    ['a hedge that is not filled leaves no more than none', {}, { BOLT: -100 }, '599', '500'],
    ['nor does a hedge of another symbol', { BOLT: 100 }, { CORD: -100 }, '534', '500'],
    ['a buy and a sell: as if the sell were not filled', {}, { BOLT: 100, CORD: -100 }, '534', '500'],
    ['a buy of the symbol itself counts in full', {}, { ACME: 100 }, '499', '500'],
    ['a sell of the symbol itself frees nothing', { ACME: 100 }, { ACME: -50 }, '499', '500'],
    ['what would be over the limit if filled leaves nothing', {}, { BOLT: -601 }, '0', '3005'],
  ] as const)('%s', (_, units, orders, allows, before) => {
    const pairs = { 'ACME/BOLT': 0.6, 'ACME/CORD': 0.6, 'BOLT/CORD': 0.6 }
    expect(beside(units, orders, study(pairs))).toMatchObject({ allows, before })
  })

  it('keeps to the limit whichever of them fill', () => {
    // Held 500 with 0.6, a buy of 250 more in the same and a sell of 1,000 in what moves against the order.
    const rung = beside(
      { BOLT: 100 },
      { BOLT: 50, CORD: -200 },
      study({ 'ACME/BOLT': 0.6, 'ACME/CORD': -0.5, 'BOLT/CORD': 0.2 }),
    )
    const after = (added: number) =>
      [
        [500, 0],
        [750, 0],
        [500, -1000],
        [750, -1000],
      ].map(([bolt = 0, cord = 0]) =>
        Math.sqrt(
          bolt ** 2 + cord ** 2 + added ** 2 + 2 * (0.2 * bolt * cord + 0.6 * bolt * added - 0.5 * cord * added),
        ),
      )
    expect(Number(rung.before)).toBeCloseTo(Math.max(...after(0)), 7)
    expect(Number(rung.after)).toBeCloseTo(Math.max(...after(5 * Number(rung.allows))), 7)
    expect(Math.max(...after(5 * Number(rung.allows)))).toBeLessThanOrEqual(3000)
    expect(Math.max(...after(5 * Number(rung.allows) + 5))).toBeGreaterThan(3000)
  })

  it('counts what was not studied at the worst, and names it', () => {
    expect(beside({}, { BOLT: 100 }, {})).toMatchObject({
      allows: '499',
      facts: { stressed: '500', unknownPairs: 'ACME/BOLT' },
    })
    // A hedge that was not studied earns nothing and adds its own: √(500² − 2 · 500² + 3,000²) − 500 = 2,458.
    expect(beside({ BOLT: 100 }, { CORD: -100 }, {})).toMatchObject({ allows: '491', before: '707.106781187' })
  })

  it('tells the sum without diversification of the worst way to fill', () => {
    const { facts } = beside({ BOLT: 100 }, { BOLT: -300, CORD: -100 }, study({ 'ACME/BOLT': 0, 'ACME/CORD': 0 }))
    expect(facts['stressed']).toBe('1500')
  })

  it('counts one without a stop with the stated gap, and an exit on its way with nothing', () => {
    const [order] = working({ BOLT: 20 })
    if (order === undefined) throw new Error('no order')
    const of = (changes: object) =>
      capped('portfolio_risk', S, study({ 'ACME/BOLT': 0 }), { working: [{ ...order, ...changes }] }).rung.before
    expect([of({}), of({ stop: null }), of({ reduces: true })]).toEqual(['100', '1000', '0'])
  })

  it('takes each pair at its own worst where many symbols are working', () => {
    const many = (count: number, units: number) => {
      const symbols = Array.from({ length: count }, (_, index) => `S${String(index)}`)
      const pairs = symbols.flatMap((a) => [
        [`ACME/${a}`, 0.5] as const,
        ...symbols.map((b) => [`${a}/${b}`, 0] as const),
      ])
      const told = correlations(
        Object.fromEntries(['ACME', ...symbols].map((symbol) => [symbol, 0.2])),
        Object.fromEntries(pairs),
      )
      return beside({}, Object.fromEntries(symbols.map((symbol) => [symbol, units])), told).allows
    }
    // All filled: lean 0.5 · 500 · n, square n · 500².
    const all = (count: number) => {
      const lean = 250 * count
      return String(Math.floor((Math.sqrt(lean ** 2 - count * 500 ** 2 + 3000 ** 2) - lean) / 5))
    }
    expect([many(8, 100), many(9, 100)]).toEqual([all(8), all(9)])
    // None of eight sells filled is worst. Of nine, each counts itself and frees nothing: √(3,000² − 9 · 500²).
    expect([many(8, -100), many(9, -100)]).toEqual(['599', '519'])
  })
})

describe('the open risk as a sum with a penalty', () => {
  const S = { max: '0.03', form: 'penalised_sum', adjustment: '1.5' }

  it.each([
    // 500 held and 500 working: the mean of one pair is 0.75, of all three 0.25; 3,000 − 1,375 ÷ 1.375 ÷ 5.
    [
      'a buy that moves with nothing lowers no mean',
      { BOLT: 100 },
      { CORD: 100 },
      [0.75, -0.4, 0],
      '0.75',
      '1375',
      '236',
    ],
    ['a buy that moves with both raises it', { BOLT: 100 }, { CORD: 100 }, [0.2, 0.8, 0.8], '0.6', '1300', '261'],
    ['a sell frees nothing of a long', { BOLT: 100 }, { BOLT: -100 }, [0.5, 0, 0], '0.5', '625', '379'],
    ['a sell that turns a long round counts larger', { BOLT: 100 }, { BOLT: -300 }, [0.5, 0, 0], '0.5', '1250', '279'],
    ['a sell of what moves against the order', {}, { BOLT: -100 }, [-0.8, 0, 0], '0.8', '700', '328'],
    ['a hedge that may fill', {}, { BOLT: -100 }, [0.8, 0, 0], '0', '500', '499'],
    ['a sell of the symbol itself beside a short', { BOLT: -100 }, { ACME: -100 }, [0.8, 0, 0], '0.8', '1400', '228'],
    ['two buys', {}, { BOLT: 100, CORD: 100 }, [0.3, 0.6, 0.9], '0.6', '1300', '261'],
    ['two buys of which one moves with the order', {}, { BOLT: 100, CORD: 100 }, [0.1, 0.6, 0], '0.6', '1300', '261'],
  ] as const)('with working orders: %s', (_, units, orders, [ab, ac, bc], mean, before, allows) => {
    const told = study({ 'ACME/BOLT': ab, 'ACME/CORD': ac, 'BOLT/CORD': bc })
    const rung = capped('portfolio_risk', S, told, { ...holding(units), working: working(orders) }).rung
    expect(Number(rung.facts['meanCorrelation'])).toBeCloseTo(Number(mean), 12)
    expect(rung).toMatchObject({ before, allows })
  })
})
