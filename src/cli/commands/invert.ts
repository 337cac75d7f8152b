import type { Inverse, InverseAnswer } from '../../contract/what-if.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand } from '../define-command.ts'
import { money, percent, plain } from '../figures.ts'
import { withBook } from '../open-book.ts'
import { orderOptions, readAskedOrder, type OrderOptions } from '../order-options.ts'
import { table } from '../table.ts'

interface Options extends Omit<OrderOptions, 'quantity'> {
  readonly quantity?: string
  readonly through?: string
  readonly solve?: string
}

const UNKNOWNS = ['stop', 'entry', 'risk', 'equity', 'win_rate'] as const satisfies readonly InverseAnswer['unknown'][]

export const invert = defineCommand<Options>({
  name: 'invert',
  says: 'Which stop, entry, risk, equity or win rate would allow a quantity, each alone, and which limits must move. Nothing is recorded. The order comes as options, or as JSON on stdin.',
  examples: [
    'invert --quantity 200 --symbol AAPL --side buy --entry 224.95 --stop 213.75',
    'invert --quantity 200 --through typed --solve stop,equity --symbol AAPL --side buy --entry market --stop 213.75 --json',
  ],
  options: (command) => {
    orderOptions(command, ['quantity', 'note'])
      .option('--quantity <units>', 'the quantity to be allowed, on the lot grid')
      .option('--through <who>', '«method»: the method has to propose it; «typed»: you type it, limits hold alike')
      .option('--solve <names>', `what to solve for, of ${UNKNOWNS.join(', ')}; all where left out`)
  },
  action: async (terminal, options) => {
    const { quantity, through, solve, ...order } = options
    const asked = await readAskedOrder(terminal, order, {
      ...(quantity === undefined ? {} : { quantity }),
      ...(through === undefined ? {} : { through: throughOf(through) }),
      ...(solve === undefined ? {} : { unknowns: solve.split(',').map(unknownOf) }),
    })
    const { quantity: wanted } = asked as { readonly quantity?: string | number }
    if (wanted === undefined)
      throw new CommandRefusal('USAGE', 'No quantity is given: name it with --quantity.', '--quantity')
    return withBook(options, terminal, async ({ calls }) => {
      const inverse = await calls.whatIf.invert({ ...asked, quantity: String(wanted) })
      return { document: inverse, text: inverseText(inverse) }
    })
  },
})

function throughOf(word: string): 'method' | 'typed' {
  if (word === 'method' || word === 'typed') return word
  throw new CommandRefusal('USAGE', `--through is «${word}»: give method or typed.`, '--through')
}

function unknownOf(word: string): InverseAnswer['unknown'] {
  const found = UNKNOWNS.find((name) => name === word.trim())
  if (found !== undefined) return found
  throw new CommandRefusal('USAGE', `--solve names «${word}»: known are ${UNKNOWNS.join(', ')}.`, '--solve')
}

function inverseText({ quantity, through, allowed, now, answers, limits, moved }: Inverse): string {
  const who = through === 'typed' ? 'typed' : `proposed by ${now.method ?? 'the method'}`
  const rows = answers.map(({ unknown, present, value, gives, says }) => [
    unknown.replace('_', ' '),
    valueText(unknown, present),
    valueText(unknown, value),
    plain(gives),
    says,
  ])
  const right = { align: 'right' } as const
  const columns = [
    { head: '' },
    { head: 'now', ...right },
    { head: 'needed', ...right },
    { head: 'gives', ...right },
    { head: 'answer' },
  ]
  const settings = limits.map(({ says, setting }) =>
    setting === null ? `  ${says}` : `  ${says} ${setting.path}: ${setting.from} → ${setting.to}`,
  )
  return [
    `${plain(quantity)}, ${who}: ${allowed ? 'allowed as it stands' : 'not allowed as it stands'}. ${now.says}`,
    `Each alone, all else as it is\n${table(columns, rows)}`,
    limits.length === 0
      ? 'No limit of the profile stands in the way.'
      : `Limits in the way, the tightest first\n${settings.join('\n')}\n  With all of them moved: ${moved.says}`,
  ].join('\n\n')
}

function valueText(unknown: InverseAnswer['unknown'], value: string | null): string {
  if (unknown === 'equity') return money(value)
  return unknown === 'risk' || unknown === 'win_rate' ? percent(value, 3) : plain(value)
}
