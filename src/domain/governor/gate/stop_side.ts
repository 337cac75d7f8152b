import { sayExact, text } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { count } from '../../kernel/setting.ts'
import { block, defineGate, pass } from '../rule.ts'

/** The stop is below the entry of a buy and above that of a sell, and not nearer than a few ticks. */
export const stopSide = defineGate({
  id: 'stop_side',
  title: 'Stop',
  code: 'STOP_WRONG_SIDE',
  says: 'The stop lies on the losing side of the entry and not nearer than a few ticks.',
  settings: {
    leastTicks: count({
      title: 'Least distance',
      help: 'Ticks between entry and stop.',
      least: 1,
      most: 100_000,
      stricter: 'higher',
    }),
  },
  evaluate({ order, stop, instrument, stopSource }, _, { leastTicks }) {
    if (stop === null) return pass('The order has no stop: the stated gap is the loss.')
    const below = order.entry.minus(stop).times(order.direction)
    const facts = { entry: text(order.entry), stop: text(stop) }
    if (below.lte(0)) {
      const needs = order.side === 'buy' ? 'A buy needs it below' : 'A sell needs it above'
      return block(
        reason(
          'STOP_WRONG_SIDE',
          `The stop ${sayExact(stop)} is on the wrong side of the entry ${sayExact(order.entry)}. ${needs}.`,
          'request.stop',
        ),
        facts,
      )
    }
    const least = instrument.tickSize.times(leastTicks)
    if (below.lt(least)) {
      return block(
        reason(
          'STOP_TOO_NEAR',
          `The stop is ${sayExact(below)} from the entry; at least ${leastTicks} ticks (${sayExact(least)}) are needed.`,
          'request.stop',
        ),
        facts,
      )
    }
    return pass(
      `The stop ${sayExact(stop)} is ${sayExact(below)} away${stopSource === 'method' ? ', set by the method' : ''}.`,
      facts,
    )
  },
})
