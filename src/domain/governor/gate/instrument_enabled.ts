import { reason } from '../../kernel/reason.ts'
import { block, defineGate, pass } from '../rule.ts'

/** The instrument is enabled, not restricted, and its strategy is enabled. */
export const instrumentEnabled = defineGate({
  id: 'instrument_enabled',
  title: 'Instrument allowed',
  code: 'RESTRICTED',
  says: 'The instrument is enabled and not on the restricted list, and the strategy is enabled.',
  settings: {},
  evaluate({ instrument, inputs }) {
    if (instrument.restricted)
      return block(reason('RESTRICTED', `${instrument.symbol} is on the restricted list.`, 'instrument.restricted'))
    if (!instrument.enabled)
      return block(
        reason('NOT_ENABLED', `${instrument.symbol} is switched off: enable it in Settings.`, 'instrument.enabled'),
      )
    if (inputs.strategy?.enabled === false)
      return block(reason('NOT_ENABLED', `Strategy ${inputs.strategy.code} is switched off.`, 'strategy.enabled'))
    return pass(`${instrument.symbol} may be traded.`)
  },
})
