import { render } from 'svelte/server'
import { describe, expect, it } from 'vitest'
import type { RiskContribution } from '../../../src/contract/portfolio/risk.ts'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import PositionRisks from '../../../src/ui/portfolio/PositionRisks.svelte'

chooseLocale('en-US')

const position = (symbol: string, share: number): RiskContribution => ({
  symbol,
  weight: 0.01,
  volatility: 0.2,
  marginal: 0.1,
  contribution: share / 10,
  share,
  riskAtStop: '100',
  says: '',
})

describe('positions by risk', () => {
  it('begin with the one that carries most, however many there are and wherever it stands', () => {
    const small = Array.from({ length: 60 }, (_, i) => position(`SMALL${i}`, 0.001))
    const { body } = render(PositionRisks, {
      props: { positions: [...small, position('HUGE', 0.94)], currency: 'USD' },
    })
    expect(body.indexOf('HUGE')).toBeGreaterThan(-1)
    expect(body.indexOf('HUGE')).toBeLessThan(body.indexOf('SMALL0'))
    expect(body).toContain('40 of 61 are shown')
  })
})
