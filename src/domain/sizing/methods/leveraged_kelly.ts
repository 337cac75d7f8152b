import {
  divide,
  fromFloat,
  larger,
  ONE,
  sayPercent,
  smaller,
  text,
  toFloat,
  type Dec,
  type NotionalWeight,
} from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { err, ok } from '../../kernel/result.ts'
import { capTable, number, toggle } from '../../kernel/setting.ts'
import { expectedReturnOf, volatilityOf } from '../forecast.ts'
import { KELLY_SETTINGS } from '../kelly-settings.ts'
import { defineMethod } from '../method.ts'

/**
 * Kelly times the leverage of the asset class: clip(fraction·μ/σ², ±1) × multiplier; a notional weight. Crypto is long
 * only. The multiplier scales the proposal; what leverage is allowed is decided by the ceilings.
 */
export const leveragedKelly = defineMethod({
  id: 'leveraged_kelly',
  title: 'Leveraged Kelly',
  proposes: 'weight',
  needsStop: false,
  says: 'Half Kelly from forecasts, multiplied by the leverage of the asset class. It multiplies forecast errors too: not for forecasts without a tested record.',
  settings: {
    fraction: KELLY_SETTINGS.fraction,
    leverage: number({
      title: 'Leverage',
      help: 'Multiplier where the asset class has none of its own.',
      least: '0',
      most: '20',
      above: true,
    }),
    byClass: capTable({
      title: 'Leverage by asset class',
      help: 'Multipliers by asset class, such as equity 4 and crypto 1.',
      least: '0',
      most: '20',
    }),
    cryptoLongOnly: toggle('Crypto long only', 'Whether a short in crypto is refused.'),
  },
  propose(sizing, values) {
    const { order, instrument } = sizing
    const mu = expectedReturnOf(sizing)
    if (!mu.ok) return mu
    const sigma = volatilityOf(sizing)
    if (!sigma.ok) return sigma
    if (values.cryptoLongOnly && instrument.assetClass === 'crypto' && order.side === 'sell') {
      return err(reason('SHORT_NOT_ALLOWED', 'Crypto is long only under this method.', 'request.side'))
    }
    const base = clip(values.fraction.times(divide(mu.value, sigma.value.times(sigma.value))))
    const multiple = values.byClass.get(instrument.assetClass) ?? values.leverage
    const weight = fromFloat(toFloat(base.times(multiple)))
    return ok({
      kind: 'weight',
      weight: weight as NotionalWeight,
      says: `${instrument.symbol}: Kelly × ${text(values.fraction)}, leverage ${text(multiple)}×: fraction ${sayPercent(base)}, ${sayPercent(weight)} of equity.`,
      facts: {
        expectedReturn: text(mu.value),
        volatility: text(sigma.value),
        base: text(base.toSignificantDigits(12)),
        leverage: text(multiple),
      },
    })
  },
})

function clip(value: Dec): Dec {
  return larger(smaller(value, ONE), ONE.negated())
}
