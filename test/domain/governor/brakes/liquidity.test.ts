import { describe, expect, it } from 'vitest'
import { reading } from '../../../support/sizing-fixtures.ts'
import { braked, market, studies } from '../one-rule.ts'

const scored = (score: string | null) => braked('liquidity', { unknown: '0.25' }, market({ liquidity: reading(score) }))

describe('the liquidity score', () => {
  it('is the multiplier', () => {
    expect(scored('0.35')).toEqual({
      stage: 'adjust',
      rule: 'liquidity',
      title: 'Liquidity',
      before: '200',
      after: '70',
      factor: '0.35',
      ceiling: null,
      passed: false,
      code: 'LIQUIDITY',
      facts: { score: '0.35' },
      says: 'The liquidity score is 0.35.',
    })
  })

  it.each([
    ['0', '0'],
    ['1', '1'],
    ['1.2', '1'],
    ['-0.1', '0'],
  ])('of %s counts as %s', (score, factor) => {
    expect(scored(score)).toMatchObject({ factor, facts: { score: factor } })
  })

  it('that is not known has a multiplier of its own', () => {
    const expected = { factor: '0.25', after: '50', facts: {}, says: 'The liquidity score is not known: × 0.25.' }
    expect(scored(null)).toMatchObject(expected)
    expect(scored('much')).toMatchObject(expected)
    expect(braked('liquidity', { unknown: '0.25' })).toMatchObject(expected)
    expect(braked('liquidity', { unknown: '0.25' }, { studies: studies() })).toMatchObject(expected)
  })
})
