import { reason } from '../../kernel/reason.ts'
import { block, defineGate, pass } from '../rule.ts'

/** The account accepts new risk, and so does the state of the desk. */
export const accountEnabled = defineGate({
  id: 'account_enabled',
  title: 'Account enabled',
  code: 'NOT_ENABLED',
  says: 'The account is switched on for new risk.',
  settings: {},
  evaluate({ inputs }) {
    const { account, desk } = inputs
    if (desk === undefined && inputs.bookKind === 'live')
      return block(reason('INPUT_MISSING', 'desk is missing: a live order needs the state of its desk.', 'desk'))
    if (desk !== undefined && (!desk.entries || desk.state !== 'NORMAL'))
      return block(reason(desk.code ?? 'INTERNAL', desk.says, 'desk'))
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
