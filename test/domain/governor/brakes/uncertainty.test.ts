import { describe, expect, it } from 'vitest'
import type { EdgeInput } from '../../../../src/domain/inputs.ts'
import { EDGE } from '../asking.ts'
import { braked } from '../one-rule.ts'

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
    ['the lower bound is nothing', { kellyLow: '0' }, '0.00 %', '0'],
    ['the lower bound is negative', { kellyLow: '-0.05' }, '-5.00 %', '-0.05'],
    ['the estimate itself is negative', { wins: 30, losses: 70 }, '10.00 %', '0.1'],
    ['the estimate is nothing', { wins: 50, losses: 50, meanWin: '100' }, '10.00 %', '0.1'],
    ['there is no win', { wins: 0 }, '10.00 %', '0.1'],
  ])('stops where %s', (_, changes, percent, kellyLow) => {
    expect(of(changes)).toMatchObject({
      factor: '0',
      facts: { kellyLow },
      says: `The lower bound of the edge is ${percent}: there may be none.`,
    })
  })

  it('stops where no trade, no loss, no mean or no bound is known, and says which', () => {
    expect(braked('uncertainty', {})).toMatchObject({
      factor: '0',
      facts: {},
      says: 'No closed trades are known, so the edge has no lower bound.',
    })
    expect(of({ losses: 0 })).toMatchObject({
      factor: '0',
      facts: {},
      says: 'There is no losing trade yet, so the payoff ratio is not defined.',
    })
    expect(of({ meanWin: null })).toMatchObject({
      factor: '0',
      facts: {},
      says: 'edge.meanWin is missing: give a decimal number.',
    })
    expect(of({ kellyLow: null })).toMatchObject({
      factor: '0',
      facts: {},
      says: 'edge.kellyLow is missing: give a decimal number.',
    })
  })
})
