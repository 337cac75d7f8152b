import { describe, expect, it } from 'vitest'
import { valueBook, type Book } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import {
  alike,
  countedCorrelation,
  countedProduct,
  mostAlike,
  type HeldRisk,
} from '../../../src/domain/governor/held-risks.ts'
import { openRisk } from '../../../src/domain/governor/open-risk.ts'
import { correlationsOf } from '../../../src/domain/governor/study-correlations.ts'
import { dec, text } from '../../../src/domain/kernel/money.ts'
import { book, inputs, position, share } from '../../support/sizing-fixtures.ts'
import { capped, correlations, only, rungOf } from './one-rule.ts'

const study = (pairs: Readonly<Record<string, number>>) => correlations({ ACME: 0.2, BOLT: 0.4, CORD: 0.5 }, pairs)
const stored = (pairs: Readonly<Record<string, number>>) => {
  const { correlation } = study(pairs).studies
  if (correlation === null) throw new Error('no study')
  return correlation
}
const holding = (units: Readonly<Record<string, number>>) => ({
  positions: Object.entries(units).map(([symbol, quantity]) =>
    position({ spec: share({ symbol }), quantity: String(quantity), stop: null }),
  ),
})
const one = (symbol: string, place: number, exposure: number): HeldRisk => ({
  symbol,
  place,
  exposure,
  risk: exposure,
  volatility: 0.2,
})

describe('the correlations of a study', () => {
  const { placeOf, at, volatilityAt } = correlationsOf(stored({ 'ACME/BOLT': 0.3, 'ACME/CORD': 0.4, 'BOLT/CORD': 0.5 }))

  it('stand by symbol, and those of what was not studied nowhere', () => {
    expect(['ACME', 'BOLT', 'CORD', 'DUNE'].map(placeOf)).toEqual([0, 1, 2, -1])
    expect([at(0, 1), at(2, 0), at(1, 2), at(1, 1)]).toEqual([0.3, 0.4, 0.5, 1])
    expect([at(-1, 1), at(1, -1), at(-1, -1), at(2, 3), at(3, 0)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect([volatilityAt(1), volatilityAt(-1), volatilityAt(3)]).toEqual([0.4, undefined, undefined])
  })

  it('are none where they are no correlations: beyond ±1 by more than arithmetic leaves, or no number', () => {
    const of = (value: number) => correlationsOf(stored({ 'ACME/BOLT': value })).at(0, 1)
    expect([of(1 + 1e-9), of(-1 - 1e-9), of(1.00001), of(-1.00001), of(NaN), of(Infinity)]).toEqual([
      1 + 1e-9,
      -1 - 1e-9,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    const volatility = (value: number) =>
      correlationsOf(correlations({ ACME: value }, {}).studies.correlation).volatilityAt(0)
    expect([volatility(0.1), volatility(0), volatility(-1), volatility(NaN), volatility(Infinity)]).toEqual([
      0.1,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('take the first of two entries of a symbol', () => {
    const twice = { ...stored({}), symbols: ['ACME', 'BOLT', 'ACME'] }
    expect(correlationsOf(twice).placeOf('ACME')).toBe(0)
  })

  it.each([null, undefined])('of no study (%s) are none', (none) => {
    const unstudied = correlationsOf(none)
    expect([unstudied.placeOf('ACME'), unstudied.at(0, 0), unstudied.volatilityAt(0)]).toEqual([
      -1,
      undefined,
      undefined,
    ])
  })
})

describe('a correlation as it counts', () => {
  const known = correlationsOf(stored({ 'ACME/BOLT': -0.3 }))

  it('is as studied, 1 of a symbol with itself, and the worst where it was not studied, which is noted', () => {
    const unknown = new Set<string>()
    const count = (a: HeldRisk, b: HeldRisk) => countedCorrelation(known, a, b, unknown)
    expect(count(one('ACME', 0, 5), one('BOLT', 1, 5))).toBe(-0.3)
    expect(count(one('DUNE', -1, 5), one('DUNE', -1, -5))).toBe(1)
    expect(unknown.size).toBe(0)
    expect(count(one('DUNE', -1, 5), one('BOLT', 1, 7))).toBe(1)
    expect(count(one('DUNE', -1, -5), one('BOLT', 1, -7))).toBe(1)
    expect(count(one('DUNE', -1, 5), one('BOLT', 1, -7))).toBe(0)
    expect(count(one('DUNE', -1, 0), one('BOLT', 1, 7))).toBe(0)
    expect(count(one('DUNE', -1, 5), one('BOLT', 1, 0))).toBe(0)
    expect([...unknown]).toEqual(['BOLT/DUNE'])
  })

  it('moves alike by the directions, and not at all where it is a hedge or nothing is held', () => {
    const [long, short, flat] = [one('A', 0, 5), one('B', 1, -5), one('C', 2, 0)]
    expect([alike(long, long, 0.4), alike(short, short, 0.4), alike(long, short, -0.4)]).toEqual([0.4, 0.4, 0.4])
    expect([alike(long, short, 0.4), alike(long, flat, 0.4), alike(flat, flat, 0.4)].map(Math.abs)).toEqual([0, 0, 0])
  })

  it('multiplies two risks as studied; an unknown one takes nothing off where orders are working', () => {
    const unknown = new Set<string>()
    const product = (a: HeldRisk, b: HeldRisk, working: boolean) => countedProduct(known, a, b, working, unknown)
    const [acme, bolt, dune] = [one('ACME', 0, 5), one('BOLT', 1, 7), one('DUNE', -1, -3)]
    expect([product(acme, bolt, false), product(acme, bolt, true)]).toEqual([-10.5, -10.5])
    expect([product(dune, dune, true), product({ ...acme, risk: -5 }, dune, true)]).toEqual([9, 15])
    // The exposures lean the same way and the risks do not, as where two strategies face each other in a symbol.
    expect([product({ ...dune, risk: 3 }, { ...bolt, exposure: -7 }, false), product(dune, bolt, true)]).toEqual([
      21, 0,
    ])
    expect(product({ ...dune, exposure: 3 }, bolt, true)).toBe(0)
    expect([...unknown].sort()).toEqual(['ACME/DUNE', 'BOLT/DUNE'])
  })

  it('moves alike as much as any two of the directions that orders may leave', () => {
    const most = (a: readonly number[], b: readonly number[], at = known) =>
      mostAlike(
        at,
        a.map((size) => one('ACME', 0, size)),
        b.map((size) => one('BOLT', 1, size)),
        new Set(),
      )
    expect([most([5], [5]), most([5], [5, -1]), most([-5, 2], [3]), most([0, 5], [0, 5])]).toEqual([0, 0.3, 0.3, 0])
  })

  it('of an order that was not studied is the worst with what was', () => {
    const partly = correlations({ BOLT: 0.4, CORD: 0.5 }, { 'BOLT/CORD': 0.1 })
    const S2 = { max: '0.5', form: 'penalised_sum', adjustment: '1.5' }
    const { facts } = capped('portfolio_risk', S2, partly, holding({ CORD: 10 })).rung
    expect(facts).toMatchObject({ meanCorrelation: '1', unknownPairs: 'ACME/CORD' })
  })
})

describe('risks worked out once a book', () => {
  const UNITS = holding({ BOLT: 100, CORD: -50 })
  const held = valueBook(book(UNITS))
  // One object a study: what is remembered goes by it.
  const studies = new Map<object, ReturnType<typeof study>>()
  const studied = (pairs: Readonly<Record<string, number>>) => {
    const made = studies.get(pairs) ?? study(pairs)
    studies.set(pairs, made)
    return made
  }
  type Asked = readonly [pairs: Readonly<Record<string, number>>, gapLoss: string, side?: 'buy' | 'sell']
  const askOf = (valued: Book, ...[pairs, gapLoss, side = 'buy']: Asked) => {
    const told = { ...studied(pairs), request: { side, stop: side === 'buy' ? '95' : '105', quantity: '5000' } }
    const ceilings = {
      portfolio_risk: { max: '0.2', form: 'correlated', adjustment: '1.5' },
      portfolio_vol: { max: '0.15' },
    }
    const decision = decide(inputs(told), valued, only({ general: { gapLoss }, ceilings }))
    const [risk, vol] = [rungOf(decision, 'portfolio_risk'), rungOf(decision, 'portfolio_vol')]
    return [risk.before, risk.allows, vol.allows]
  }
  const ask = (...asked: Asked) => askOf(held, ...asked)
  const fresh = (...asked: Asked) => askOf(valueBook(book(UNITS)), ...asked)
  const LOW = { 'ACME/BOLT': 0.1, 'ACME/CORD': 0.1, 'BOLT/CORD': 0.1 }
  const HIGH = { 'ACME/BOLT': 0.9, 'ACME/CORD': 0.5, 'BOLT/CORD': 0.6 }

  it('are worked out again for another study, another gap or another order of the same book', () => {
    const questions: readonly Asked[] = [
      [LOW, '1'],
      [HIGH, '1'],
      [HIGH, '0.5'],
      [HIGH, '0.5', 'sell'],
      [LOW, '0.5'],
      [LOW, '1'],
    ]
    for (const asked of questions) expect(ask(...asked)).toEqual(fresh(...asked))
    expect(ask(LOW, '1')).not.toEqual(ask(HIGH, '1'))
    expect(ask(HIGH, '1')[0]).not.toBe(ask(HIGH, '0.5')[0])
  })

  it('of the stops alone too', () => {
    const amount = (gap: string) => text(openRisk(held, dec(gap)).amount)
    expect([amount('1'), amount('0.5'), amount('1')]).toEqual(['7500', '3750', '7500'])
    const gap = dec('0.25')
    expect(openRisk(held, gap)).toBe(openRisk(held, gap))
    expect([text(openRisk(held, gap).amount), openRisk(held, gap).unstopped]).toEqual(['1875', 'BOLT, CORD'])
  })
})
