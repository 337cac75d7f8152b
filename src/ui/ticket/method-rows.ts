import type { MethodComparison, MethodNumbers } from '../../contract/what-if.ts'
import { moneyText, numberText, percentText } from '../format/number-text.ts'
import { forDrawing, ratio } from '../format/ratio.ts'
import type { ChartTable } from '../kit/chart-table.ts'
import type { TableColumn } from '../kit/table-order.ts'
import { inWords } from './decision-text.ts'
import type { BarGroup } from './method-bars.ts'

/** The three stages drawn as bars, in the order they are gone through. */
export const barStages = ['Proposal', 'After brakes', 'After limits'] as const

/** Columns of the comparison: the stages of each method in units, what the size risks, and what set it. */
export const methodColumns: readonly TableColumn<MethodNumbers>[] = [
  { id: 'method', title: 'Method', text: ({ title }) => title, key: ({ title }) => title },
  {
    id: 'proposal',
    title: 'Proposal',
    text: (row) => unitsText(row, row.proposal),
    numeric: true,
    key: sizeKey('proposal'),
  },
  { id: 'brakes', title: 'Braked', text: (row) => unitsText(row, row.afterBrakes), numeric: true, narrowHidden: true },
  {
    id: 'ceilings',
    title: 'Limited',
    text: (row) => unitsText(row, row.afterCeilings),
    numeric: true,
    narrowHidden: true,
  },
  { id: 'size', title: 'Size', text: ({ quantity }) => numberText(quantity), numeric: true, key: sizeKey('quantity') },
  {
    id: 'risk',
    title: 'Risk',
    text: ({ riskFraction }) => (riskFraction === null ? '–' : percentText(riskFraction)),
    numeric: true,
    key: ({ riskFraction }) => Number(riskFraction ?? '0'),
  },
  { id: 'binding', title: 'Set by', text: settingText, narrowHidden: true },
]

function sizeKey(of: 'proposal' | 'quantity'): (row: MethodNumbers) => number {
  return (row) => forDrawing(ratio(row[of] ?? '0'))
}

/** Units of one stage; a dash where the method gives none. */
function unitsText({ proposal }: MethodNumbers, units: string | null): string {
  if (proposal === null || units === null) return '–'
  return numberText(units, { mostPlaces: /^0\.0/.test(units) ? 6 : 2 })
}

/** What set the size: a limit or brake by its title, or the code of the reason where there is none. */
function settingText({ outcome, reasons, bindingTitle }: MethodNumbers): string {
  const code = reasons[0]?.code
  if (outcome === 'rejected' && code !== undefined) return code
  return bindingTitle ?? 'as proposed'
}

/** The sentence about one method's row. */
export function methodSentence(row: MethodNumbers, currency: string): string {
  const instead = row.decidedWith === row.method ? '' : ` Sized by ${row.decidedWith} at this tier.`
  const risk = row.outcome === 'rejected' ? '' : ` Loss at stop ${moneyText(row.riskAmount, currency)} ${currency}.`
  return `${inWords(row.says)}${risk}${instead}`
}

/** Methods that give something, with their three bars as floats for drawing. */
export function methodBars({ rows }: MethodComparison): readonly BarGroup[] {
  return rows
    .filter(({ proposal }) => proposal !== null)
    .map(({ title, proposal, afterBrakes, afterCeilings }) => ({
      label: title,
      values: [proposal ?? '0', afterBrakes, afterCeilings].map((units) => forDrawing(ratio(units))),
    }))
}

/** The same numbers as a table, exactly as they were decided. */
export function methodTable({ rows, currency }: MethodComparison): ChartTable {
  return {
    columns: ['Method', ...barStages, 'Size', `Risk ${currency}`, 'Set by', 'Why'],
    rows: rows.map((row) => [
      row.title,
      row.proposal ?? '',
      row.proposal === null ? '' : row.afterBrakes,
      row.proposal === null ? '' : row.afterCeilings,
      row.quantity,
      row.riskAmount,
      row.bindingTitle ?? '',
      row.outcome === 'rejected' ? (row.reasons[0]?.says ?? '') : '',
    ]),
  }
}
