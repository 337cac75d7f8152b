import { marginOf } from '../../valued-position.ts'
import { ONE, say, sayPercent } from '../../kernel/money.ts'
import { fraction } from '../../kernel/setting.ts'
import { exposureCeiling } from '../linear-ceiling.ts'
import { defineCeiling } from '../rule.ts'

/** Margin in use and of this order ≤ the usable share of equity. An instrument without a margin rate is fully paid. */
export const buyingPower = defineCeiling({
  id: 'buying_power',
  title: 'Buying power',
  code: 'MARGIN',
  says: 'Margin in use stays within the usable share of equity.',
  settings: {
    usable: fraction({
      title: 'Usable share of equity',
      help: 'Share of equity that may be tied up as margin: 1 is all of it.',
      least: '0',
      most: '1',
      above: true,
    }),
  },
  evaluate({ standing, book, instrument, rate, notionalPerUnit }, { usable }) {
    const limit = standing.equity.times(usable)
    const perUnit = marginOf(instrument, ONE, notionalPerUnit, rate)
    const kind =
      instrument.marginPerUnit !== null
        ? 'a unit'
        : instrument.marginRate !== null
          ? `a unit, ${sayPercent(instrument.marginRate)} of its value`
          : 'a unit, fully paid'
    return exposureCeiling(
      {
        limit,
        before: book.marginUsed,
        says: `Margin of ${say(limit)} ${standing.currency} is usable, ${say(book.marginUsed)} is in use; this order needs ${say(perUnit)} ${kind}.`,
      },
      perUnit,
    )
  },
})
