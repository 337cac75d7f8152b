import { weekendOf } from '../../calendar.ts'
import { reason } from '../../kernel/reason.ts'
import { choice } from '../../kernel/setting.ts'
import { block, defineGate, pass } from '../rule.ts'

/** The instrument's market is not shut for the weekend. Exchange holidays and hours are not known to Ballast, and it says so. */
export const session = defineGate({
  id: 'session',
  title: 'Trading session',
  code: 'SESSION_CLOSED',
  says: 'The market is not shut for the weekend; orders planned on paper may be sized ahead.',
  settings: { applies: choice(['always', 'live'], 'Applies', 'Only to live books, or always.', 'lower') },
  evaluate({ instrument, inputs, now }, _, { applies }) {
    const shut = weekendOf(now, instrument.calendar)
    if (!shut) return pass('The market is not shut for the weekend; holidays and hours are not known here.')
    if (applies === 'live' && inputs.bookKind !== 'live')
      return pass('The market is shut for the weekend; this order is planned ahead.')
    return block(
      reason('SESSION_CLOSED', `The market of ${instrument.symbol} is shut for the weekend.`, 'instrument.calendar'),
    )
  },
})
