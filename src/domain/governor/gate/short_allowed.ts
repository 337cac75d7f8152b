import { reason } from '../../kernel/reason.ts'
import { block, defineGate, pass } from '../rule.ts'

/** A sell that opens a short is allowed for the instrument; a naked short call never is, its loss has no bound. */
export const shortAllowed = defineGate({
  id: 'short_allowed',
  title: 'Short selling',
  code: 'SHORT_NOT_ALLOWED',
  says: 'Short positions are opened only in instruments that allow them.',
  settings: {},
  evaluate({ order, instrument }) {
    if (order.side === 'buy') return pass('The order buys.')
    if (instrument.option?.right === 'call') {
      return block(
        reason(
          'SHORT_NOT_ALLOWED',
          `The loss of a short call such as ${instrument.symbol} has no bound, so no limit could be kept.`,
          'request.side',
        ),
      )
    }
    if (instrument.shortable) return pass(`${instrument.symbol} may be sold short.`)
    return block(
      reason(
        'SHORT_NOT_ALLOWED',
        `${instrument.symbol} may not be sold short: its specification says so.`,
        'request.side',
      ),
    )
  },
})
