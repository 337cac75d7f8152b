import { say, sayPercent, ZERO } from '../../kernel/money.ts'
import { fraction } from '../../kernel/setting.ts'
import { exposureCeiling } from '../linear-ceiling.ts'
import { defineCeiling } from '../rule.ts'

/** Value of this order ≤ max · equity: the most a Kelly-type method may put into one position. */
export const kellyCap = defineCeiling({
  id: 'kelly_cap',
  title: 'Kelly cap',
  code: 'KELLY_CAP',
  says: 'One order stays within a share of equity, whatever the edge says.',
  settings: {
    max: fraction({
      title: 'Most an order',
      help: 'Value of one order as a share of equity: 0.15 is 15 %.',
      least: '0',
      most: '20',
      above: true,
    }),
  },
  evaluate({ standing, notionalPerUnit }, { max }) {
    const limit = standing.equity.times(max)
    return exposureCeiling(
      {
        limit,
        before: ZERO,
        says: `One order may be ${say(limit)} ${standing.currency} (${sayPercent(max)} of equity).`,
      },
      notionalPerUnit,
    )
  },
})
