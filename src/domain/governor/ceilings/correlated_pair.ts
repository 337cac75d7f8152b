import { fromFloat, larger, say, sayPercent, text, toFloat, ZERO, type Dec } from '../../kernel/money.ts'
import { fraction } from '../../kernel/setting.ts'
import { heldRisks } from '../held-risks.ts'
import { heldOnSide } from '../held.ts'
import { exposureCeiling } from '../linear-ceiling.ts'
import { defineCeiling, open } from '../rule.ts'

/**
 * With any held position that moves the same way (direction-signed correlation above the threshold) the pair's exposure
 * ≤ max · equity. A pair that was not studied counts as moving together when both lean the same way. A symbol with
 * working orders counts in each direction that they may leave it in, as large as they may make it there.
 */
export const correlatedPair = defineCeiling({
  id: 'correlated_pair',
  title: 'Correlated pair',
  code: 'CORRELATION',
  says: 'Two positions that move together count as one.',
  settings: {
    threshold: fraction({
      title: 'Correlation',
      help: 'Above this correlation two positions in the same direction count as one.',
      least: '0',
      most: '1',
    }),
    max: fraction({
      title: 'Most in a pair',
      help: 'Exposure of the pair as a share of equity.',
      least: '0',
      most: '20',
      above: true,
    }),
  },
  evaluate(sizing, { threshold, max }) {
    const { standing, book, order, notionalPerUnit } = sizing
    const limit = standing.equity.times(max)
    const own = heldOnSide(book.bySymbol.get(order.symbol), order.side)
    const { own: ordered, correlations } = heldRisks(sizing)
    const moves = toFloat(threshold)
    let tightest: { readonly symbol: string; readonly size: Dec; readonly known: number | undefined } | undefined
    let least: Dec | undefined
    for (const [symbol, { high, low }] of book.bySymbol) {
      if (symbol === order.symbol) continue
      const known = correlations.at(ordered.place, correlations.placeOf(symbol))
      for (const [direction, size] of [
        [1, high],
        [-1, low.negated()],
      ] as const) {
        if (size.lte(0)) continue
        const together =
          known === undefined ? (direction === order.direction ? 1 : 0) : known * direction * order.direction
        if (together <= moves) continue
        const room = larger(limit.minus(own.plus(size)), ZERO)
        if (least !== undefined && room.gte(least)) continue
        least = room
        tightest = { symbol, size, known }
      }
    }
    if (tightest === undefined)
      return open(`No held position moves together with ${order.symbol} above a correlation of ${text(threshold)}.`)
    const { symbol, size, known } = tightest
    const how =
      known === undefined ? 'not studied, so counted as moving together' : `correlation ${fromFloat(known).toFixed(2)}`
    const before = own.plus(size)
    return exposureCeiling(
      {
        limit,
        before,
        says: `${order.symbol} and ${symbol} (${how}) may be ${say(limit)} ${standing.currency} (${sayPercent(max)} of equity) together; they are ${say(before)}.`,
        facts: { pair: symbol, correlation: known === undefined ? 'unknown' : String(known), held: text(size) },
      },
      notionalPerUnit,
    )
  },
})
