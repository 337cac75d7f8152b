import { describe, expect, it } from 'vitest'
import { codes, reading, size } from '../../../support/sizing-fixtures.ts'
import { braked, only, stepOf } from '../one-rule.ts'

const LIMIT = { limit: '0.2', factor: '4' }
const below = (peak: string, settings = LIMIT) =>
  braked('drawdown', settings, { account: { peakEquity: reading(peak) } })

describe('the drawdown brake of factor 4', () => {
  it('is a line from 1 at the peak to a quarter at the limit: 1 − drawdown ÷ 20 % × ¾', () => {
    // 100,000 of 125,000 is 20 % below, of 112,500 is 1/9: 1 − (1/9)/0.2 × 0.75 = 0.58333…
    expect(below('112500')).toEqual({
      stage: 'adjust',
      rule: 'drawdown',
      title: 'Drawdown',
      before: '200',
      after: '116.666666666666',
      factor: '0.583333333333',
      ceiling: null,
      passed: false,
      code: 'DRAWDOWN',
      facts: { drawdown: '0.111111111111', peak: '112500' },
      says: 'Equity is 11.11 % below its peak.',
    })
    expect(below('125000')).toMatchObject({ factor: '0.25', after: '50' })
  })

  it('leaves the size alone at and above the old peak, and says so', () => {
    for (const peak of ['100000', '50000'])
      expect(below(peak)).toMatchObject({
        factor: '1',
        after: '200',
        passed: true,
        code: null,
        facts: { drawdown: '0', peak },
        says: 'Equity is 0.00 % below its peak.',
      })
  })

  it('stops a cent beyond the limit', () => {
    expect(below('125000.01')).toMatchObject({
      factor: '0',
      after: '0',
      code: 'DRAWDOWN',
      facts: { drawdown: '0.200000064', peak: '125000.01' },
      says: 'Equity is 20.00 % below its peak, beyond the limit of 20.00 %.',
    })
  })

  it('of factor 1 does nothing up to the limit', () => {
    expect(below('125000', { limit: '0.2', factor: '1' })).toMatchObject({ factor: '1', passed: true })
  })

  it('stops on a peak that is not known, and gives its reason instead of the drawdown’s', () => {
    const decision = size({ account: { peakEquity: reading(null) } }, {}, only({ brakes: { drawdown: LIMIT } }))
    expect(stepOf(decision, 'drawdown')).toMatchObject({ factor: '0', code: 'INPUT_MISSING', facts: {} })
    expect([codes(decision)[0], decision.binding]).toEqual(['INPUT_MISSING account.peakEquity', 'drawdown'])
  })
})
