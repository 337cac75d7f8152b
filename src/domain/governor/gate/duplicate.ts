import { readDecimal, sayExact } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { milliseconds } from '../../kernel/setting.ts'
import { block, defineGate, pass } from '../rule.ts'

/** The same symbol, side and quantity was not decided moments before. */
export const duplicate = defineGate({
  id: 'duplicate',
  title: 'Duplicate order',
  code: 'DUPLICATE',
  says: 'The same order was not decided moments before.',
  settings: {
    window: milliseconds({
      title: 'Window',
      help: 'The same symbol, side and quantity within this time is a duplicate.',
      least: 0,
      most: 3_600_000,
      stricter: 'higher',
    }),
  },
  evaluate({ order, inputs, now }, quantity, { window }) {
    for (const recent of inputs.recent) {
      if (recent.symbol !== order.symbol || recent.side !== order.side) continue
      const age = now - recent.at
      if (age < 0 || age > window) continue
      const same = readDecimal(recent.quantity, 'recent.quantity')
      if (same.ok && same.value.eq(quantity) && quantity.gt(0)) {
        return block(
          reason(
            'DUPLICATE',
            `${order.side === 'buy' ? 'Buying' : 'Selling'} ${sayExact(quantity)} ${order.symbol} was decided ${age} ms ago; wait ${window} ms to repeat it on purpose.`,
            'request',
          ),
        )
      }
    }
    return pass('It does not repeat a recent order.')
  },
})
