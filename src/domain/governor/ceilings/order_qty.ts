import { sayExact, smaller, ZERO } from '../../kernel/money.ts'
import { units } from '../../kernel/setting.ts'
import { defineCeiling } from '../rule.ts'

/** Units of one order ≤ the profile's maximum and the instrument's own. */
export const orderQty = defineCeiling({
  id: 'order_qty',
  title: 'Order quantity',
  code: 'MAX_QTY',
  says: 'One order stays within a maximum of units: a slipped finger is caught here.',
  settings: {
    max: units({
      title: 'Most units an order',
      help: 'Units of any one order; an instrument may set a smaller one.',
      least: '0',
      most: '1000000000000',
      above: true,
    }),
  },
  evaluate({ instrument }, { max }) {
    const limit = instrument.maxQuantity === null ? max : smaller(max, instrument.maxQuantity)
    return {
      kind: 'cap',
      unit: 'quantity',
      limit,
      before: ZERO,
      useOf: (quantity) => quantity,
      capacity: limit,
      says: `One order may be ${sayExact(limit)} units${limit.eq(max) ? '' : `, the maximum of ${instrument.symbol}`}.`,
      facts: {},
    }
  },
})
