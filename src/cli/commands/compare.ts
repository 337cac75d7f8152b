import type { MethodComparison, MethodNumbers } from '../../contract/what-if.ts'
import { defineCommand } from '../define-command.ts'
import { figure, money, percent, plain } from '../figures.ts'
import { withBook } from '../open-book.ts'
import { orderOptions, readAskedOrder, type OrderOptions } from '../order-options.ts'
import { table } from '../table.ts'

export const compare = defineCommand<OrderOptions>({
  name: 'compare',
  says: 'What every sizing method makes of an order, side by side. Nothing is recorded. The order comes as options, or as JSON on stdin.',
  examples: [
    'compare --symbol AAPL --side buy --entry 224.95 --stop 213.75',
    'compare --symbol AAPL --side buy --entry market --stop 213.75 --strategy trend --json',
  ],
  options: (command) => void orderOptions(command, ['quantity', 'method', 'note']),
  action: async (terminal, options) => {
    const order = await readAskedOrder(terminal, options, {})
    return withBook(options, terminal, async ({ calls }) => {
      const comparison = await calls.whatIf.compare(order)
      return { document: comparison, text: comparisonText(comparison) }
    })
  },
})

function comparisonText({ symbol, currency, chosen, rows }: MethodComparison): string {
  if (rows.length === 0) return `The order closes a position in ${symbol}: an exit is not sized by a method.`
  const right = { align: 'right' } as const
  const columns = [
    { head: '' },
    { head: 'Method' },
    { head: 'proposal', ...right },
    { head: 'braked', ...right },
    { head: 'limited', ...right },
    { head: 'size', ...right },
    { head: `risk ${currency}`, ...right },
    { head: 'of equity', ...right },
    { head: 'set by' },
    { head: 'why none' },
  ]
  const cells = rows.map((row) => [
    row.method === chosen ? '>' : '',
    row.method,
    row.proposal === null ? '–' : places(row.proposal),
    row.proposal === null ? '–' : places(row.afterBrakes),
    row.proposal === null ? '–' : places(row.afterCeilings),
    plain(row.quantity),
    money(row.riskAmount),
    percent(row.riskFraction, 2),
    row.bindingTitle ?? '',
    whyNone(row),
  ])
  return `${symbol}: units proposed, after brakes, after limits, and on the lot\n${table(columns, cells)}`
}

const places = (units: string): string => (units.includes('.') ? figure(units, 4) : plain(units))

function whyNone({ outcome, decidedWith, method, reasons }: MethodNumbers): string {
  const [first] = reasons
  if (outcome === 'rejected' && first !== undefined) return `${first.code}: ${first.says}`
  return decidedWith === method ? '' : `sized by ${decidedWith} at this tier`
}
