import { kellyContinuous } from '../../edge/kelly-continuous.ts'
import { divide, fromFloat, sayPercent, smaller, text, toFloat, type NotionalWeight } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { err, ok } from '../../kernel/result.ts'
import { fraction } from '../../kernel/setting.ts'
import { expectedReturnOf, volatilityOf } from '../forecast.ts'
import { KELLY_SETTINGS, RISK_FREE } from '../kelly-settings.ts'
import { defineMethod } from '../method.ts'

/**
 * The smaller of fractional Kelly and the volatility target: min(fraction·f*, target/σ); a notional weight. Kelly already
 * divides by σ², so the target bounds it and never multiplies it. All three values are reported.
 */
export const kellyVol = defineMethod({
  id: 'kelly_vol',
  title: 'Kelly bounded by volatility',
  proposes: 'weight',
  needsStop: false,
  says: 'Fractional Kelly from forecasts, never more than the volatility target allows. For portfolios of forecast-driven positions.',
  settings: {
    fraction: KELLY_SETTINGS.fraction,
    riskFree: RISK_FREE,
    target: fraction({
      title: 'Target volatility',
      help: 'Volatility of the position a year, as a share of equity.',
      least: '0',
      most: '5',
      above: true,
    }),
  },
  propose(sizing, values) {
    const mu = expectedReturnOf(sizing)
    if (!mu.ok) return mu
    const sigma = volatilityOf(sizing)
    if (!sigma.ok) return sigma
    const kelly = fromFloat(kellyContinuous(toFloat(mu.value), toFloat(values.riskFree), toFloat(sigma.value)))
    const along = kelly.times(sizing.order.direction)
    if (along.lte(0))
      return err(
        reason(
          'NO_EDGE',
          `Kelly is ${sayPercent(kelly)} of equity: there is no edge for a ${sizing.order.side}, so the size is zero.`,
          'request.expectedReturn',
        ),
      )
    const staked = along.times(values.fraction)
    const byVolatility = fromFloat(toFloat(divide(values.target, sigma.value)))
    const weight = smaller(staked, byVolatility)
    return ok({
      kind: 'weight',
      weight: weight.times(sizing.order.direction) as NotionalWeight,
      says: `Full Kelly ${sayPercent(kelly)}, × ${text(values.fraction)} = ${sayPercent(staked)}; the volatility target gives ${sayPercent(byVolatility)}; the smaller, ${sayPercent(weight)} of equity, is proposed.`,
      facts: {
        kelly: text(kelly),
        fractionalKelly: text(staked),
        volatilityTarget: text(byVolatility),
        weight: text(weight),
      },
    })
  },
})
