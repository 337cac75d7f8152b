import { divide, fromFloat, sayPercent, text, toFloat, type NotionalWeight } from '../../kernel/money.ts'
import { ok } from '../../kernel/result.ts'
import { fraction } from '../../kernel/setting.ts'
import { volatilityOf } from '../forecast.ts'
import { defineMethod } from '../method.ts'

/** Volatility target: w = target / σ, annualised; a notional weight. The signal multiplies once, as a scaler. */
export const volTarget = defineMethod({
  id: 'vol_target',
  title: 'Volatility target',
  proposes: 'weight',
  needsStop: false,
  says: 'Gives every position the same volatility. A target per position is not one for the portfolio: several at once need the portfolio volatility ceiling.',
  settings: {
    target: fraction({
      title: 'Target volatility',
      help: 'Volatility of the position a year, as a share of equity.',
      least: '0',
      most: '5',
      above: true,
    }),
  },
  propose(sizing, { target }) {
    const sigma = volatilityOf(sizing)
    if (!sigma.ok) return sigma
    const weight = fromFloat(toFloat(divide(target, sigma.value)))
    return ok({
      kind: 'weight',
      weight: weight.times(sizing.order.direction) as NotionalWeight,
      says: `${sayPercent(target)} target over ${sayPercent(sigma.value)} volatility is ${sayPercent(weight)} of equity.`,
      facts: { target: text(target), volatility: text(sigma.value) },
    })
  },
})
