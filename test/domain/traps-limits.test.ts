import { describe, expect, it } from 'vitest'
import { lookAhead } from '../../src/domain/simulation/lab/look-ahead.ts'
import { skillExample } from '../../src/domain/simulation/lab/skill-example.ts'
import { position, share } from '../support/sizing-fixtures.ts'
import { capped, correlations } from './governor/one-rule.ts'

const holding = (units: Readonly<Record<string, number>>) => ({
  positions: Object.entries(units).map(([symbol, quantity]) =>
    position({ spec: share({ symbol }), quantity: String(quantity), stop: quantity > 0 ? '45' : '55' }),
  ),
})

/** What published systems get wrong about limits, by the number of the trap; more of them beside this file. */
describe('traps of limits', () => {
  const S2 = { max: '0.03', form: 'penalised_sum', adjustment: '1.5' }
  const alike = correlations({ ACME: 0.2, BOLT: 0.2 }, { 'ACME/BOLT': 0.8 })

  it('trap 5: the charge for correlation holds below the limit as at it: what is allowed falls without a jump', () => {
    const penalty = 1 + 0.8 * 0.5
    for (const units of [0.001, 1, 100, 400, 428]) {
      const { facts, before } = capped('portfolio_risk', S2, alike, holding({ BOLT: units })).rung
      expect(Number(before)).toBeCloseTo(5 * units * penalty, 9)
      expect(Number(facts['capacity'])).toBeCloseTo((3000 - 5 * units * penalty) / penalty / 5, 5)
    }
  })

  it('trap 5: a hedge is not punished for the size of its correlation', () => {
    const long = capped('portfolio_risk', S2, alike, holding({ BOLT: 100 })).rung
    const hedge = capped('portfolio_risk', S2, alike, holding({ BOLT: -100 })).rung
    expect([long.facts['penalty'], hedge.facts['penalty']]).toEqual(['1.4', '1'])
    expect(Number(hedge.allows)).toBeGreaterThan(Number(long.allows))
    const correlated = { ...S2, form: 'correlated' }
    const room = (units: number) =>
      Number(capped('portfolio_risk', correlated, alike, holding({ BOLT: units })).rung.allows)
    expect(room(-100)).toBeGreaterThan(room(100))
  })

  it('trap 15: the three largest together are exactly bounded, whichever three they are', () => {
    const three = (units: Readonly<Record<string, number>>, mine: number): number =>
      [...Object.values(units).map((held) => held * 50), mine * 100]
        .sort((a, b) => b - a)
        .slice(0, 3)
        .reduce((sum, value) => sum + value, 0)
    for (const units of [
      { BOLT: 500 },
      { BOLT: 300, CORD: 200, DUNE: 190 },
      { BOLT: 10, CORD: 20, DUNE: 30, EAST: 40 },
    ]) {
      const allows = Number(capped('concentration', { max: '0.6' }, {}, holding(units)).rung.allows)
      expect(three(units, allows)).toBeLessThanOrEqual(60_000)
      expect(three(units, allows + 1)).toBeGreaterThan(60_000)
    }
  })

  const S1 = { intraday: '4', overnight: '2', byClass: {}, cutOffMinute: 1_440 }

  it('trap 16: leverage is a cap, not a multiplier: a small order stays small', () => {
    const asked = (quantity: string) => capped('leverage', S1, { request: { quantity } }).decision.quantity
    expect([asked('200'), asked('4000'), asked('5000')]).toEqual(['200', '4000', '4000'])
  })

  it('trap 16: forecasts that contain the answer are called so, and those that do not are not', () => {
    const headline = lookAhead(skillExample(0.6, 250, 7), [])
    expect(headline.suspected).toBe(true)
    expect(headline.says[0]).toContain('they contain part of the answer')
    expect(lookAhead(skillExample(0, 250, 7), []).suspected).toBe(false)
  })
})
