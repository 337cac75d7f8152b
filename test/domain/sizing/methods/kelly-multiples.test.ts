import { describe, expect, it } from 'vitest'
import { EDGE, figures, sentence, type Answer } from '../asking.ts'

const times = (count: number, r: number): number[] => new Array<number>(count).fill(r)
const facts = (answer: Answer): Readonly<Record<string, string>> => ('facts' in answer ? answer.facts : {})

describe('kelly_empirical', () => {
  const settings = { fraction: '0.25', cap: '0.5', minimumTrades: 30, windowDays: 365, fallbackRisk: '0.005' }
  // 55 wins of two R and 45 losses of one: f* = 0.55 − 0.45/2 = 0.325. The money says 0.2, so that one is told from the other.
  const multiples = [...times(55, 2), ...times(45, -1)]
  const of = (rMultiples: readonly number[] | undefined, changed: object = {}, edge: Partial<typeof EDGE> = {}) =>
    figures(
      'kelly_empirical',
      { edge: { ...EDGE, ...edge, ...(rMultiples === undefined ? {} : { rMultiples }) } },
      { ...settings, ...changed },
    )

  it('stakes a quarter of where growth over the actual R-multiples is greatest', () => {
    const answer = of(multiples)
    expect(answer).toMatchObject({ risk: '0.08125', facts: { kelly: '0.325', fraction: '0.25', trades: '100' } })
    expect(Object.keys(facts(answer))).toEqual(['kelly', 'growth', 'fraction', 'trades'])
    // 0.55·ln 1.1625 + 0.45·ln 0.91875.
    expect(Number(facts(answer)['growth'])).toBeCloseTo(0.044_681_519_358_865, 12)
    expect(answer).not.toHaveProperty('notes')
    expect(sentence('kelly_empirical', { edge: { ...EDGE, rMultiples: multiples } }, settings)).toBe(
      'Growth over 100 R-multiples is greatest at 32.50 %; × 0.25 = 8.12 % of equity at the stop.',
    )
  })

  it('caps full Kelly before the fraction', () => {
    expect(of(multiples, { cap: '0.2' })).toMatchObject({ risk: '0.05', facts: { kelly: '0.325' } })
  })

  it.each([
    ['no R-multiples', undefined, '0 closed trades had a stop, 30 are needed'],
    ['one R-multiple too few', times(29, 1), '29 closed trades had a stop, 30 are needed'],
  ])('falls back with %s, and says why', (_, rMultiples, why) => {
    expect(of(rMultiples)).toEqual({
      risk: '0.005',
      facts: { trades: '100', needed: '30', risk: '0.005' },
      notes: ['FALLBACK edge'],
    })
    const edge = { ...EDGE, ...(rMultiples === undefined ? {} : { rMultiples }) }
    expect(sentence('kelly_empirical', { edge }, settings)).toContain(why)
  })

  it('falls back to no more than a quarter of its own point estimate', () => {
    // 0.2 from the money, a quarter of it is 0.05.
    expect(of(undefined, { fallbackRisk: '0.05' }, { wins: 51, losses: 49 })).toMatchObject({ risk: '0.005' })
    expect(of(times(40, 1), { fallbackRisk: '0.05' }, { wins: 51, losses: 49 })).toMatchObject({ risk: '0.005' })
  })

  it('falls back while no trade with a stop lost, since growth is unbounded then', () => {
    expect(of(times(30, 1))).toMatchObject({ risk: '0.005', notes: ['FALLBACK edge'] })
    expect(sentence('kelly_empirical', { edge: { ...EDGE, rMultiples: times(30, 1) } }, settings)).toBe(
      'FALLBACK: No trade with a stop has lost yet, so growth over R-multiples has no greatest point. For strategy alpha the fallback risk of 0.50 % of equity stands in.',
    )
  })

  it('is enough with exactly the least number of multiples', () => {
    expect(of([...times(20, 1), ...times(10, -1)])).toMatchObject({
      facts: { kelly: '0.333333333333', trades: '30' },
    })
  })

  it('is zero where the multiples have no positive mean, though the money shows an edge', () => {
    expect(of([...times(30, 1), ...times(30, -1)])).toEqual({ refused: 'NO_EDGE edge.rMultiples' })
    expect(of([...times(30, 1), ...times(31, -1)])).toEqual({ refused: 'NO_EDGE edge.rMultiples' })
  })

  it('refuses multiples that are no numbers, and a record that is missing or without an edge', () => {
    expect(of([...multiples, Number.NaN])).toEqual({ refused: 'INPUT_NOT_FINITE edge.rMultiples' })
    expect(of([Number.POSITIVE_INFINITY])).toEqual({ refused: 'INPUT_NOT_FINITE edge.rMultiples' })
    expect(figures('kelly_empirical', {}, settings)).toEqual({ refused: 'INPUT_MISSING edge' })
    expect(of(multiples, {}, { wins: 40, losses: 60 })).toEqual({ refused: 'NO_EDGE edge' })
  })
})

describe('kelly_risk_constrained', () => {
  const settings = {
    cap: '0.25',
    minimumTrades: 30,
    windowDays: 365,
    fallbackRisk: '0.005',
    alpha: '0.7',
    beta: '0.1',
  }
  // 55 wins of one R and 45 losses of one: growth alone takes 0.1.
  const multiples = [...times(55, 1), ...times(45, -1)]
  const of = (changed: object = {}, rMultiples: readonly number[] | undefined = multiples, edge: object = {}) =>
    figures('kelly_risk_constrained', { edge: { ...EDGE, ...edge, rMultiples } }, { ...settings, ...changed })

  it.each([
    ['0.7', '0.1', 0.026_899_743_495_058_5],
    ['0.5', '0.2', 0.060_310_385_455_261_1],
  ])('stakes what keeps the chance of ever falling below %s under %s', (alpha, beta, expected) => {
    // The root of 0.55·(1 + f)^−λ + 0.45·(1 − f)^−λ = 1 with λ = ln β / ln α, to 50 digits elsewhere.
    const answer = of({ alpha, beta })
    expect(Number('risk' in answer ? answer.risk : Number.NaN)).toBeCloseTo(expected, 11)
    expect(Number(facts(answer)['constrained'])).toBeCloseTo(expected, 11)
    expect(Number(facts(answer)['kelly'])).toBeCloseTo(0.1, 11)
    expect(facts(answer)).toMatchObject({ alpha, beta })
    expect(Object.keys(facts(answer))).toEqual(['constrained', 'kelly', 'alpha', 'beta'])
    expect(answer).not.toHaveProperty('notes')
  })

  it('stakes what growth alone takes where the bound is looser, and the cap where that is lower', () => {
    expect(of({ alpha: '0.01', beta: '0.99' })).toMatchObject({ risk: '0.1' })
    expect(of({ cap: '0.02' })).toMatchObject({ risk: '0.02' })
  })

  it('says what it keeps, and what full Kelly is', () => {
    const says = sentence('kelly_risk_constrained', { edge: { ...EDGE, rMultiples: multiples } }, settings)
    expect(says).toBe(
      '2.69 % of equity at the stop keeps the chance of ever falling below 70.00 % under 10.00 %; full Kelly is 10.00 %.',
    )
  })

  it('falls back with too few multiples or none that lost, to no more than its own estimate', () => {
    const fallback = {
      risk: '0.005',
      facts: { trades: '100', needed: '30', risk: '0.005' },
      notes: ['FALLBACK edge'],
    }
    expect(of({}, [])).toEqual(fallback)
    expect(of({}, times(29, -1))).toEqual(fallback)
    expect(of({}, times(40, 1))).toEqual(fallback)
    const few = sentence('kelly_risk_constrained', { edge: { ...EDGE, rMultiples: times(29, -1) } }, settings)
    expect(few).toContain('29 closed trades had a stop, 30 are needed')
    // f* of 51 wins and 49 losses is 0.02: no Kelly fraction is applied to it.
    for (const rMultiples of [[], times(40, 1)])
      expect(of({ fallbackRisk: '0.05' }, rMultiples, { wins: 51, losses: 49 })).toMatchObject({ risk: '0.02' })
    expect(of({ fallbackRisk: '0.05', cap: '0.01' }, [], { losses: 0, meanLoss: null })).toMatchObject({ risk: '0.01' })
  })

  it('is zero where the multiples have no positive mean', () => {
    expect(of({}, [...times(30, 1), ...times(30, -1)])).toEqual({ refused: 'NO_EDGE edge.rMultiples' })
  })

  it('refuses multiples that are no numbers, and a record that is missing', () => {
    expect(of({}, [...multiples, Number.NEGATIVE_INFINITY])).toEqual({ refused: 'INPUT_NOT_FINITE edge.rMultiples' })
    expect(figures('kelly_risk_constrained', {}, settings)).toEqual({ refused: 'INPUT_MISSING edge' })
  })
})

describe('kelly_conservative', () => {
  const settings = { fraction: '0.5', cap: '0.5', minimumTrades: 20, windowDays: 365, fallbackRisk: '0.0025' }
  const cautious = { ...EDGE, meanWin: '200', winRateLow: '0.5', payoffLow: '1.5' }
  const of = (edge: object = {}, changed: object = {}) =>
    figures('kelly_conservative', { edge: { ...cautious, ...edge } }, { ...settings, ...changed })

  it('stakes half of Kelly at the lower bounds: 0.5 − 0.5/1.5 = 1/6', () => {
    expect(of()).toEqual({
      risk: '0.0833333333335',
      facts: { winRateLow: '0.5', payoffLow: '1.5', kelly: '0.166666666667', point: '0.4' },
    })
    expect(sentence('kelly_conservative', { edge: cautious }, settings)).toBe(
      'Kelly 16.67 % at the lower bounds (point 40.00 %); × 0.5 = 8.33 % of equity at the stop.',
    )
  })

  it('never stakes more than the point estimate or the cap', () => {
    expect(of({ winRateLow: '0.9', payoffLow: '3' })).toMatchObject({ risk: '0.2' })
    expect(of({ winRateLow: '1', payoffLow: '3' })).toMatchObject({ risk: '0.2', facts: { kelly: '1' } })
    expect(of({}, { cap: '0.1' })).toMatchObject({ risk: '0.05' })
  })

  it('is zero where the lower bounds show no edge, at exactly none too', () => {
    for (const [winRateLow, payoffLow] of [
      ['0.5', '1'],
      ['0.4', '1.4'],
      ['0', '9'],
    ])
      expect(of({ winRateLow, payoffLow })).toEqual({ refused: 'EDGE_UNCERTAIN edge' })
    const says = sentence('kelly_conservative', { edge: { ...cautious, payoffLow: '0.75' } }, settings)
    expect(says).toBe(
      'At the lower bounds (win rate 50.00 %, payoff 0.75) there is no edge after 100 trades, so the size is zero.',
    )
  })

  it.each([
    ['winRateLow', null, 'INPUT_MISSING'],
    ['winRateLow', undefined, 'INPUT_MISSING'],
    ['winRateLow', 'NaN', 'INPUT_NOT_FINITE'],
    ['winRateLow', '-0.01', 'INPUT_OUT_OF_RANGE'],
    ['winRateLow', '1.01', 'INPUT_OUT_OF_RANGE'],
    ['payoffLow', null, 'INPUT_MISSING'],
    ['payoffLow', '0', 'INPUT_OUT_OF_RANGE'],
    ['payoffLow', '-1', 'INPUT_OUT_OF_RANGE'],
  ])('refuses a lower bound: %s of %s', (key, value, code) => {
    expect(of({ [key]: value })).toEqual({ refused: `${code} edge.${key}` })
  })

  it('falls back with too few trades, to no more than half of its point estimate or cap', () => {
    expect(of({ wins: 12, losses: 7 })).toMatchObject({ risk: '0.0025', notes: ['FALLBACK edge'] })
    expect(of({ wins: 51, losses: 49, meanWin: '100' }, { minimumTrades: 200, fallbackRisk: '0.05' })).toMatchObject({
      risk: '0.01',
    })
    expect(of({ losses: 0, meanLoss: null }, { fallbackRisk: '0.05', cap: '0.04' })).toMatchObject({ risk: '0.02' })
    expect(figures('kelly_conservative', {}, settings)).toEqual({ refused: 'INPUT_MISSING edge' })
  })
})
