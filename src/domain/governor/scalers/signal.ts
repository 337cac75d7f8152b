import { ONE, say, text, ZERO } from '../../kernel/money.ts'
import { fraction } from '../../kernel/setting.ts'
import { defineFactor } from '../rule.ts'

/** × |signal|, and 0 below the least strength; 1 where the order carries no signal. */
export const signal = defineFactor({
  id: 'signal',
  title: 'Signal strength',
  code: 'SIGNAL_TOO_WEAK',
  says: 'Scales the proposal by the strength of the signal and refuses a weak one.',
  settings: {
    least: fraction({
      title: 'Least strength',
      help: 'Below this strength of the signal the size is zero.',
      least: '0',
      most: '1',
      stricter: 'higher',
    }),
  },
  evaluate({ order }, { least }) {
    if (order.signal === null) return { value: ONE, says: 'The order carries no signal.', facts: {} }
    const strength = order.signal.abs()
    const facts = { signal: text(order.signal) }
    if (strength.lt(least))
      return {
        value: ZERO,
        says: `The signal ${say(order.signal)} is weaker than ${say(least)}, so the size is zero.`,
        facts,
      }
    return { value: strength, says: `The signal ${say(order.signal)} scales the proposal.`, facts }
  },
})
