import { describe, expect, it } from 'vitest'
import type { EdgeInput } from '../../../../src/domain/inputs.ts'
import { EDGE } from '../asking.ts'
import { size } from '../../../support/sizing-fixtures.ts'
import { braked, only, stepOf } from '../one-rule.ts'

/** 60 wins of 200 and 40 losses of 100: payoff 2, Kelly 0.6 − 0.4/2 = 0.4. */
const SURE: EdgeInput = { ...EDGE, wins: 60, losses: 40, meanWin: '200', kellyLow: '0.1' }
const of = (changes: Partial<EdgeInput>) => braked('uncertainty', {}, { edge: { ...SURE, ...changes } })

describe('the uncertainty of the edge', () => {
  it('multiplies by the lower bound over the point estimate: 0.1 of 0.4 is a quarter', () => {
    expect(of({})).toEqual({
      stage: 'adjust',
      rule: 'uncertainty',
      title: 'Edge uncertainty',
      before: '200',
      after: '50',
      factor: '0.25',
      ceiling: null,
      passed: false,
      code: 'EDGE_UNCERTAIN',
      facts: { kelly: '0.4', kellyLow: '0.1' },
      says: 'The lower bound of Kelly is 10.00 % of 40.00 %.',
    })
  })

  it('never multiplies by more than 1', () => {
    expect(of({ kellyLow: '0.5' })).toMatchObject({ factor: '1', after: '200', code: null })
  })

  it.each([
    ['nothing', '0', '0.00 %', '0'],
    ['negative', '-0.05', '-5.00 %', '-0.05'],
  ])('stops where the lower bound is %s', (_, kellyLow, percent, told) => {
    expect(of({ kellyLow })).toMatchObject({
      factor: '0',
      code: 'EDGE_UNCERTAIN',
      facts: { kellyLow: told },
      says: `The lower bound of the edge is ${percent}: there may be none.`,
    })
  })

  it.each([
    ['is negative', { wins: 30, losses: 70 }, '-5.00 %'],
    ['is nothing', { wins: 50, losses: 50, meanWin: '100' }, '0.00 %'],
    ['is negative without a win', { wins: 0 }, '-100.00 %'],
    // 0.4 − 0.6 ÷ 1.5 is 5.6e-17 in float64, and the bound of it would look like all of the edge.
    ['breaks even but for rounding', { wins: 40, losses: 60, meanWin: '150', kellyLow: '0.000000000000001' }, '0.00 %'],
    ['breaks even but for rounding, at long odds', { wins: 90, losses: 10, meanWin: '11.1111111111111111' }, '0.00 %'],
  ])('stops where the estimate itself %s', (_, changes, percent) => {
    expect(of(changes)).toMatchObject({
      factor: '0',
      code: 'EDGE_UNCERTAIN',
      says: `The trades show no edge (Kelly ${percent}), so there is none to be sure of.`,
    })
  })

  it('counts an edge beyond what rounding leaves: a hundred-millionth is one', () => {
    // 0.5 − 0.5 ÷ 1.00000002 is 1·10⁻⁸.
    expect(Number(of({ wins: 50, losses: 50, meanWin: '100.000002', kellyLow: '0.000000005' }).factor)).toBeCloseTo(
      0.5,
      6,
    )
  })

  it.each([
    ['no trade', null, 'INPUT_MISSING', 'edge', 'No closed trades are known, so the edge has no lower bound.'],
    [
      'no loss',
      { losses: 0 },
      'EDGE_UNCERTAIN',
      'edge.losses',
      'There is no losing trade yet, so the payoff ratio is not defined.',
    ],
    ['no mean', { meanWin: null }, 'INPUT_MISSING', 'edge.meanWin', 'edge.meanWin is missing: give a decimal number.'],
    [
      'no bound',
      { kellyLow: null },
      'INPUT_MISSING',
      'edge.kellyLow',
      'edge.kellyLow is missing: give a decimal number.',
    ],
  ] as const)('stops where %s is known, and its reason names the field', (_, changes, code, field, says) => {
    const told = { edge: changes === null ? null : { ...SURE, ...changes } }
    for (const aggregate of ['weakest_link', 'product']) {
      const decision = size(told, {}, only({ general: { aggregate }, brakes: { uncertainty: {} } }))
      expect(stepOf(decision, 'uncertainty')).toMatchObject({ factor: '0', facts: {}, code, says })
      expect(decision.reasons).toContainEqual({ code, field, says })
      expect(decision.quantity).toBe('0')
    }
  })
})
