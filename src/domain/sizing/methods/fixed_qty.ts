import { text, type Quantity } from '../../kernel/money.ts'
import { ok } from '../../kernel/result.ts'
import { units } from '../../kernel/setting.ts'
import { readPositive } from '../../kernel/money.ts'
import { defineMethod } from '../method.ts'

/** The request's own quantity, else the strategy's, else the default. Units of the instrument. */
export const fixedQty = defineMethod({
  id: 'fixed_qty',
  title: 'Fixed quantity',
  proposes: 'quantity',
  needsStop: false,
  says: 'Trades a set number of units. Simple and predictable; blind to volatility and account size, so the ceilings do the sizing.',
  settings: {
    quantity: units({
      title: 'Default quantity',
      help: 'Units traded where neither the order nor the strategy names a quantity.',
      least: '0',
      most: '1000000000',
      above: true,
    }),
  },
  propose({ inputs }, { quantity }) {
    const own = inputs.strategy?.fixedQuantity ?? null
    if (own === null) {
      return ok({
        kind: 'quantity',
        quantity: quantity as Quantity,
        says: `The profile's default quantity is ${text(quantity)}.`,
        facts: { default: text(quantity) },
      })
    }
    const read = readPositive(own, 'strategy.fixedQuantity')
    if (!read.ok) return read
    return ok({
      kind: 'quantity',
      quantity: read.value as Quantity,
      says: `Strategy ${inputs.strategy?.code ?? ''} trades ${text(read.value)} units an order.`,
      facts: { strategyQuantity: text(read.value) },
    })
  },
})
