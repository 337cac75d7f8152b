import { reason } from '../../kernel/reason.ts'
import { block, defineGate, pass } from '../rule.ts'

/** The account accepts new risk. */
export const accountEnabled = defineGate({
  id: 'account_enabled',
  title: 'Account enabled',
  code: 'NOT_ENABLED',
  says: 'The account is switched on for new risk.',
  settings: {},
  evaluate({ inputs }) {
    const { account } = inputs
    if (account.enabled) return pass(`Account ${account.name} is enabled.`)
    return block(
      reason(
        'NOT_ENABLED',
        `Account ${account.name} is switched off for new risk: enable it in Settings.`,
        'account.enabled',
      ),
    )
  },
})
