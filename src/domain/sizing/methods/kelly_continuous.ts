import { kellyContinuous } from '../../edge/kelly-continuous.ts'
import { fromFloat, sayPercent, text, toFloat, type NotionalWeight } from '../../kernel/money.ts'
import { ok } from '../../kernel/result.ts'
import { expectedReturnOf, volatilityOf } from '../forecast.ts'
import { KELLY_SETTINGS, RISK_FREE } from '../kelly-settings.ts'
import { defineMethod } from '../method.ts'

/** Continuous Kelly: f* = (μ − r)/σ², annualised, times the Kelly fraction; a notional weight with its sign (Merton 1969). */
export const kellyContinuousMethod = defineMethod({
  id: 'kelly_continuous',
  title: 'Kelly from forecasts',
  proposes: 'weight',
  needsStop: false,
  says: 'Position value from expected return over variance. Only as good as the return forecast, which is usually far too high; keep the fraction low.',
  settings: { fraction: KELLY_SETTINGS.fraction, riskFree: RISK_FREE },
  propose(sizing, values) {
    const mu = expectedReturnOf(sizing)
    if (!mu.ok) return mu
    const sigma = volatilityOf(sizing)
    if (!sigma.ok) return sigma
    const kelly = fromFloat(kellyContinuous(toFloat(mu.value), toFloat(values.riskFree), toFloat(sigma.value)))
    const weight = kelly.times(values.fraction)
    return ok({
      kind: 'weight',
      weight: weight as NotionalWeight,
      says: `Kelly (${sayPercent(mu.value)} − ${sayPercent(values.riskFree)}) / (${sayPercent(sigma.value)})² = ${sayPercent(kelly)}; × ${text(values.fraction)} = ${sayPercent(weight)} of equity.`,
      facts: {
        expectedReturn: text(mu.value),
        volatility: text(sigma.value),
        riskFree: text(values.riskFree),
        kelly: text(kelly),
      },
    })
  },
})
