import { say, ZERO } from '../../kernel/money.ts'
import { amount } from '../../kernel/setting.ts'
import { exposureCeiling } from '../linear-ceiling.ts'
import { defineCeiling } from '../rule.ts'

/** Value of one order ≤ max, account currency. */
export const orderNotional = defineCeiling({
  id: 'order_notional',
  title: 'Order value',
  code: 'MAX_NOTIONAL',
  says: 'One order stays within a maximum value: a slipped finger is caught here.',
  settings: {
    max: amount({
      title: 'Most value an order',
      help: 'Value of any one order in account currency.',
      least: '0',
      most: '1000000000000',
      above: true,
    }),
  },
  evaluate({ standing, notionalPerUnit }, { max }) {
    return exposureCeiling(
      { limit: max, before: ZERO, says: `One order may be worth ${say(max)} ${standing.currency}.` },
      notionalPerUnit,
    )
  },
})
