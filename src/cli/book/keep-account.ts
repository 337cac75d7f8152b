import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand } from '../define-command.ts'
import { withBook } from '../open-book.ts'
import { readInstant } from '../read-instant.ts'
import { accountAnswer } from './make-book.ts'

interface NoteOptions {
  readonly note?: string
}

interface FlowOptions extends NoteOptions {
  readonly at?: string
}

const KINDS = ['opening', 'deposit', 'withdrawal', 'dividend', 'interest', 'fee', 'tax', 'adjustment'] as const
type Kind = (typeof KINDS)[number]

export const setEquity = defineCommand<NoteOptions>({
  name: 'set-equity',
  words: '<amount>',
  says: 'State what the account is worth now; the difference is booked, the first time as the opening balance.',
  examples: ['book set-equity 103250.40'],
  options: (command) => void command.option('--note <text>', 'kept with it'),
  action: (terminal, options, equity = '') =>
    withBook(options, terminal, async ({ calls }) => {
      await calls.account.setEquity({ equity, note: options.note ?? null })
      return accountAnswer(calls, 'Booked.')
    }),
})

export const cashFlow = defineCommand<FlowOptions>({
  name: 'cash-flow',
  words: '<kind> <amount>',
  says: `Book money in or out: ${KINDS.join(', ')}. Money out is negative.`,
  examples: ['book cash-flow deposit 5000', 'book cash-flow opening 100000 --at 2014-01-02T00:00:00Z'],
  options: (command) =>
    void command.option('--at <instant>', 'when; now where left out').option('--note <text>', 'kept with it'),
  action: (terminal, options, kind = '', amount = '') => {
    const known = KINDS.find((one) => one === kind)
    if (known === undefined)
      throw new CommandRefusal('USAGE', `«${kind}» is no kind of cash flow: give one of ${KINDS.join(', ')}.`, 'kind')
    return withBook(options, terminal, async ({ calls }) => {
      await calls.account.addCashFlow(flowOf(known, amount, options))
      return accountAnswer(calls, 'Booked.')
    })
  },
})

function flowOf(
  kind: Kind,
  amount: string,
  { at, note = null as string | null }: { readonly at?: string | undefined; readonly note?: string | null | undefined },
): { kind: Kind; amount: string; at?: number; note: string | null } {
  return { kind, amount, ...(at === undefined ? {} : { at: readInstant(at, '--at') }), note }
}
