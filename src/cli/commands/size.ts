import type { Decision } from '../../contract/sizing.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { decisionText } from '../decision-text.ts'
import { defineCommand } from '../define-command.ts'
import { EXIT } from '../exit-code.ts'
import { withBook } from '../open-book.ts'
import { orderOptions, readAskedOrder, type AskedOrder, type OrderOptions } from '../order-options.ts'

interface Options extends OrderOptions {
  readonly id?: string
  readonly dryRun?: boolean
  readonly failOnZero?: boolean
}

export const size = defineCommand<Options>({
  name: 'size',
  says: 'Size one order and record the decision. The order comes as options, or as JSON on stdin: the request itself, or {request, accountId, asOf, decisionId}.',
  examples: [
    'size --symbol AAPL --side buy --entry 224.95 --stop 213.75',
    'size --symbol AAPL --side buy --method fixed_risk_atr --dry-run --json',
    `size --json < order.json`,
  ],
  options: (command) => {
    orderOptions(command)
      .option('--id <id>', 'id of the decision: the same id again answers with the first decision')
      .option('--dry-run', 'decide without recording')
      .option('--fail-on-zero', `end with exit code ${EXIT.sizeZero} where the size is 0`)
  },
  action: async (terminal, options) => {
    const order: AskedOrder & { decisionId?: string } = await readAskedOrder(
      terminal,
      options,
      options.id === undefined ? {} : { decisionId: options.id },
    )
    if (options.dryRun === true && order.decisionId !== undefined)
      throw new CommandRefusal(
        'USAGE',
        'A dry run records nothing, so it takes no id: leave out --id or --dry-run.',
        '--id',
      )
    return withBook(options, terminal, async ({ calls }) => {
      const { decisionId, ...asked } = order
      const decision: Decision =
        options.dryRun === true
          ? await calls.sizing.preview(asked)
          : await calls.sizing.decide(decisionId === undefined ? asked : { ...asked, decisionId })
      const zero = Number(decision.quantity) === 0 && decision.kind === 'entry'
      return {
        document: decision,
        text: decisionText(decision),
        exit: zero && options.failOnZero === true ? EXIT.sizeZero : EXIT.done,
      }
    })
  },
})
