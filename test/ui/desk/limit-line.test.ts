import { describe, expect, it } from 'vitest'
import type { LiveLimit, LiveRisk } from '../../../src/contract/live-limits.ts'
import { headroomSays } from '../../../src/ui/desk/limit-line.ts'
import { riskSays } from '../../../src/ui/desk/risk-says.ts'

const limit = (more: Partial<LiveLimit>): LiveLimit => ({
  rule: 'portfolio_vol',
  title: 'Portfolio volatility',
  subject: null,
  unit: 'fraction',
  used: '0.1',
  limit: '0.15',
  left: '0.05',
  utilisation: '0.6667',
  state: 'ok',
  says: '',
  key: 'portfolio_vol',
  band: 'safe',
  headroom: { money: null, units: null, typicalLosses: null },
  isLoss: false,
  readings: '',
  ...more,
})

describe('what is left of a limit', () => {
  it('is said in per cent where the limit is a share, in money, units and losses where it is money', () => {
    expect(headroomSays(limit({}), 'USD')).toBe('Left: 5.00 %.')
    const headroom = { money: '2500', units: '25', typicalLosses: '12.5' }
    expect(headroomSays(limit({ unit: 'money', headroom }), 'USD')).toBe(
      'Left: 2,500.00 USD, 25 units, 12.5 typical losses.',
    )
  })

  it('is not known where nothing of it is', () => {
    expect(headroomSays(limit({ left: null }), 'USD')).toBe('What is left is not known.')
  })
})

describe('the risk by position', () => {
  it('says what it rests on, how old that is, and what is not known', () => {
    const risk: LiveRisk = {
      volatility: null,
      correlated: '1',
      added: '1',
      stressed: '1',
      contributions: [],
      study: { at: 0, age: 7_200_000, madeAt: 0, periods: 60, source: '60 common days, denoised' },
      unknown: ['Portfolio volatility: the volatility of NEW is not known.'],
    }
    expect(riskSays(risk)).toEqual([
      'Shares of all positions add up to 100 %, a hedge is negative. 60 common days, denoised, bars 2 h old.',
      'Portfolio volatility: the volatility of NEW is not known.',
    ])
    expect(riskSays({ ...risk, study: null, unknown: [] })).toEqual([])
    const none = { at: 0, age: 0, madeAt: 0, periods: 0, source: 'not studied: There are no recent bars of NEW.' }
    expect(riskSays({ ...risk, study: none, unknown: [] })).toEqual([
      'Shares of all positions add up to 100 %, a hedge is negative. Not studied: There are no recent bars of NEW.',
    ])
  })
})
