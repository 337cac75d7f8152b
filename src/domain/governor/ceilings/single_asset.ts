import { say, sayPercent } from '../../kernel/money.ts'
import { fraction } from '../../kernel/setting.ts'
import { exposureCeiling } from '../linear-ceiling.ts'
import { defineCeiling } from '../rule.ts'
import { heldOnSide } from '../held.ts'

/** Total weight of the symbol, with what is held and working, ≤ max. */
export const singleAsset = defineCeiling({
  id: 'single_asset',
  title: 'Single asset',
  code: 'SINGLE_ASSET',
  says: 'The exposure to one symbol, with what is held, stays within a share of equity.',
  settings: {
    max: fraction({
      title: 'Most in one asset',
      help: 'Exposure to one symbol as a share of equity: 0.2 is 20 %.',
      least: '0',
      most: '20',
      above: true,
    }),
  },
  evaluate({ standing, book, order, notionalPerUnit }, { max }) {
    const limit = standing.equity.times(max)
    const before = heldOnSide(book.bySymbol.get(order.symbol), order.side)
    return exposureCeiling(
      {
        limit,
        before,
        says: `${order.symbol} may be ${say(limit)} ${standing.currency} (${sayPercent(max)} of equity); ${say(before)} is held.`,
      },
      notionalPerUnit,
    )
  },
})
