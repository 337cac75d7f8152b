import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { bookRisk } from '../../../src/domain/governor/book-risk.ts'
import { fromFloat, rounded } from '../../../src/domain/kernel/money.ts'
import { book, DISCRETIONARY, position, share } from '../../support/sizing-fixtures.ts'
import { capped, correlations } from './one-rule.ts'
import { working } from './working-order.ts'

const GAP = DISCRETIONARY.general.gapLoss
const held = (symbol: string, quantity: number, risk = 5) =>
  position({
    spec: share({ symbol }),
    quantity: String(quantity),
    stop: risk === 0 ? null : String(quantity > 0 ? 50 - risk : 50 + risk),
  })
const study = (pairs: Readonly<Record<string, number>>) =>
  correlations({ ACME: 0.2, BOLT: 0.4, CORD: 0.5 }, pairs).studies.correlation
const PAIRS = { 'ACME/BOLT': 0.6, 'ACME/CORD': 0.9, 'BOLT/CORD': 0.7 }

describe('the risk of a book by its correlations', () => {
  it('is what it is by hand: 100 long at a risk of 500 against 200 short at a risk of 1,000, correlation 0.6', () => {
    const risk = bookRisk(valueBook(book({ positions: [held('ACME', 100), held('BOLT', -200)] })), GAP, study(PAIRS))
    // 500² + 1,000² − 2 · 0.6 · 500 · 1,000 = 650,000
    expect(risk.correlated).toBeCloseTo(806.225775, 6)
    expect(risk.added).toBe(1_500)
    // Opposite directions at 0: 500² + 1,000² = 1,250,000
    expect(risk.stressed).toBeCloseTo(1_118.033989, 6)
    expect(risk.together).toBe(0)
    // 5,000 · 0.2 = 1,000 and −10,000 · 0.4 = −4,000: 1e6 + 16e6 − 2 · 0.6 · 4e6 = 12.2e6
    expect(risk.volatility).toEqual({ amount: Math.sqrt(12.2e6) })
    const [acme, bolt] = risk.shares
    expect([acme?.symbol, acme?.exposure, acme?.risk, acme?.volatility]).toEqual(['ACME', 5_000, 500, 0.2])
    expect(acme?.ofVolatility).toBeCloseTo(-1.4 / 12.2, 12)
    expect(bolt?.ofVolatility).toBeCloseTo(13.6 / 12.2, 12)
    expect(acme?.ofRisk).toBeCloseTo(-50 / 650, 12)
    expect(bolt?.ofRisk).toBeCloseTo(700 / 650, 12)
    expect(risk.unknown).toEqual([])
  })

  it('counts what was not studied at the worst, and does not tell a volatility', () => {
    const positions = [held('ACME', 100), held('DUNE', 100), held('EAST', -100)]
    const risk = bookRisk(valueBook(book({ positions })), GAP, study(PAIRS))
    // ACME and DUNE as one, EAST no hedge: (500 + 500)² + 500²
    expect(risk.correlated).toBeCloseTo(Math.sqrt(1_250_000), 9)
    expect(risk.unknown).toEqual(['ACME/DUNE', 'ACME/EAST', 'DUNE/EAST'])
    expect(risk.volatility).toEqual({ missing: 'volatility of DUNE' })
    expect(risk.shares.map(({ ofVolatility }) => ofVolatility)).toEqual([undefined, undefined, undefined])
    expect(risk.shares.map(({ ofRisk }) => ofRisk)).toEqual([0.4, 0.4, 0.2])
  })

  it('is nothing while nothing is held', () => {
    const risk = bookRisk(valueBook(book()), GAP, null)
    expect(risk).toMatchObject({ correlated: 0, added: 0, stressed: 0, volatility: { amount: 0 }, shares: [] })
    expect(risk.pairsAbove(0, 10)).toEqual([])
  })

  it('names the pairs that move together as they are held, largest first', () => {
    const positions = [held('ACME', 100), held('CORD', 300), held('BOLT', -200), held('DUNE', 10)]
    const pairs = bookRisk(valueBook(book({ positions })), GAP, study(PAIRS)).pairsAbove(0.8, 10)
    expect(pairs.map(({ symbols, size, correlation }) => [symbols.join('/'), size.toNumber(), correlation])).toEqual([
      ['ACME/CORD', 20_000, 0.9],
      ['CORD/DUNE', 15_500, undefined],
      ['ACME/DUNE', 5_500, undefined],
    ])
    const two = bookRisk(valueBook(book({ positions })), GAP, study(PAIRS)).pairsAbove(0.8, 2)
    expect(two.map(({ symbols }) => symbols.join('/'))).toEqual(['ACME/CORD', 'CORD/DUNE'])
    const short = [held('ACME', -100), held('CORD', -300)]
    expect(bookRisk(valueBook(book({ positions: short })), GAP, study(PAIRS)).pairsAbove(0.8, 10)).toHaveLength(1)
    const hedged = [held('ACME', 100), held('CORD', -300)]
    expect(bookRisk(valueBook(book({ positions: hedged })), GAP, study(PAIRS)).pairsAbove(0.8, 10)).toEqual([])
  })

  it('is exactly what the ceilings start from, whatever is held and on order', () => {
    const units = fc.integer({ min: -300, max: 300 })
    const correlation = fc.double({ min: -0.4, max: 0.9, noNaN: true })
    const order = fc.record({ symbol: fc.constantFrom('ACME', 'BOLT', 'CORD', 'DUNE'), quantity: units })
    fc.assert(
      fc.property(
        fc.tuple(fc.integer({ min: 1, max: 300 }), units, units),
        fc.tuple(correlation, correlation, correlation),
        fc.array(order, { maxLength: 3 }),
        fc.integer({ min: 100, max: 500 }),
        (quantities, [ab, ac, bc], orders, adjustment) => {
          const symbols = ['ACME', 'BOLT', 'CORD']
          const positions = quantities.flatMap((quantity, place) =>
            quantity === 0 ? [] : [held(symbols[place] ?? '', quantity, place * 2)],
          )
          const on = orders.flatMap(({ symbol, quantity }) => (quantity === 0 ? [] : working({ [symbol]: quantity })))
          const told = correlations(
            { ACME: 0.2, BOLT: 0.4, CORD: 0.5 },
            { 'ACME/BOLT': ab, 'ACME/CORD': ac, 'BOLT/CORD': bc },
          )
          const risk = bookRisk(valueBook(book({ positions, working: on })), GAP, told.studies.correlation)
          const before = (rule: string, settings: unknown): string | null =>
            capped(rule, settings, told, { positions, working: on }).rung.before
          const correlated = before('portfolio_risk', { max: '0.5', form: 'correlated', adjustment: '1.5' })
          expect(rounded(fromFloat(risk.correlated))).toBe(correlated)
          const penalty = fromFloat(1 + risk.together * (adjustment / 100 - 1))
          expect(rounded(fromFloat(risk.added).times(penalty))).toBe(
            before('portfolio_risk', { max: '0.5', form: 'penalised_sum', adjustment: String(adjustment / 100) }),
          )
          if ('amount' in risk.volatility)
            expect(Number(before('portfolio_vol', { max: '1' }))).toBeCloseTo(risk.volatility.amount / 100_000, 12)
          else
            expect(
              capped('portfolio_vol', { max: '1' }, told, { positions, working: on }).decision.quantity,
              'what is not known allows nothing',
            ).toBe('0')
        },
      ),
      { numRuns: 60 },
    )
  })
})
