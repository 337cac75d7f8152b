import { sayPercent, text, type NotionalWeight } from '../../kernel/money.ts'
import { ok } from '../../kernel/result.ts'
import { fraction } from '../../kernel/setting.ts'
import { defineMethod } from '../method.ts'

/** A set share of equity as position value, on the side of the order: w = ±fraction, a notional weight. */
export const fixedFraction = defineMethod({
  id: 'fixed_fraction',
  title: 'Fixed fraction of equity',
  proposes: 'weight',
  needsStop: false,
  says: 'Puts a set share of equity into the position. It bounds the position, not the loss: use fixed risk where the stop is known.',
  settings: {
    fraction: fraction({
      title: 'Share of equity',
      help: 'Position value as a share of equity: 0.02 is 2 %.',
      least: '0',
      most: '4',
      above: true,
    }),
  },
  propose({ order }, values) {
    return ok({
      kind: 'weight',
      weight: values.fraction.times(order.direction) as NotionalWeight,
      says: `A fixed ${sayPercent(values.fraction)} of equity is put into the position.`,
      facts: { fraction: text(values.fraction) },
    })
  },
})
