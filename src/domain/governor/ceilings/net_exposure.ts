import { say, sayPercent } from '../../kernel/money.ts'
import { fraction } from '../../kernel/setting.ts'
import { exposureCeiling } from '../linear-ceiling.ts'
import { defineCeiling } from '../rule.ts'
import { spanOnSide } from '../held.ts'

/** Longs less shorts, in the order's direction, ≤ max · equity. A book that leans the other way leaves more room. */
export const netExposure = defineCeiling({
  id: 'net_exposure',
  title: 'Net exposure',
  code: 'NET_EXPOSURE',
  says: 'Longs less shorts stay within a share of equity in either direction.',
  settings: {
    max: fraction({
      title: 'Most net exposure',
      help: 'Longs less shorts as a share of equity: 1 is 100 %.',
      least: '0',
      most: '100',
      above: true,
    }),
  },
  evaluate({ standing, book, order, notionalPerUnit }, { max }) {
    const limit = standing.equity.times(max)
    const before = spanOnSide(book.net, order.side)
    return exposureCeiling(
      {
        limit,
        before,
        says: `The book may lean ${say(limit)} ${standing.currency} (${sayPercent(max)} of equity) to one side; it leans ${say(before)} to the ${order.side} side.`,
      },
      notionalPerUnit,
    )
  },
})
