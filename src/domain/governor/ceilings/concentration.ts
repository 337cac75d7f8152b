import { divideDown, larger, magnitude, say, sayPercent, text, ZERO, type Dec } from '../../kernel/money.ts'
import { fraction } from '../../kernel/setting.ts'
import { heldOnSide } from '../held.ts'
import { defineCeiling } from '../rule.ts'

/** The three largest exposures together ≤ max · equity. The sum of the largest is convex, so its capacity is exact. */
export const concentration = defineCeiling({
  id: 'concentration',
  title: 'Three largest',
  code: 'CONCENTRATION',
  says: 'The three largest positions together stay within a share of equity.',
  settings: {
    max: fraction({
      title: 'Most in the three largest',
      help: 'Share of equity: 0.6 is 60 %.',
      least: '0',
      most: '60',
      above: true,
    }),
  },
  evaluate({ standing, book, order, notionalPerUnit }, { max }) {
    const others: Dec[] = []
    for (const [symbol, { high, low }] of book.bySymbol)
      if (symbol !== order.symbol) others.push(larger(magnitude(high), magnitude(low)))
    others.sort((a, b) => b.comparedTo(a))
    const two = (others[0] ?? ZERO).plus(others[1] ?? ZERO)
    const third = others[2] ?? ZERO
    const held = heldOnSide(book.bySymbol.get(order.symbol), order.side)
    const limit = standing.equity.times(max)
    const useOf = (quantity: Dec): Dec => two.plus(larger(third, held.plus(notionalPerUnit.times(quantity))))
    const before = useOf(ZERO)
    const room = before.gt(limit) ? ZERO : larger(limit.minus(two).minus(held), ZERO)
    return {
      kind: 'cap',
      unit: 'money',
      limit,
      before,
      useOf,
      capacity: divideDown(room, notionalPerUnit),
      says: `The three largest may be ${say(limit)} ${standing.currency} (${sayPercent(max)} of equity); they are ${say(before)}.`,
      facts: { twoOthers: text(two), third: text(third), held: text(held) },
    }
  },
})
