import type { LabRow } from '../../contract/simulation/lab.ts'
import { numberText, percentText } from '../format/number-text.ts'
import type { TableColumn } from '../kit/table-order.ts'

const NONE = '–'
const share = (value: number | null, places = 2): string =>
  value === null ? NONE : Math.abs(value) >= 100 ? `${huge(value * 100)} %` : percentText(value, places)
const figure = (value: number | null): string =>
  value === null ? NONE : Math.abs(value) >= 10_000 ? huge(value) : numberText(value, { places: 2 })
/** What no method earns is written short, so that it is seen to be absurd. */
const huge = (value: number): string =>
  Math.abs(value) >= 1e6 ? value.toExponential(1).replace('e+', 'e') : numberText(value, { mostPlaces: 0 })
const chance = (value: number | null): string => (value === null ? NONE : percentText(value, 1))

/** Every measure of the lab as a column; what a method does not have comes last in either order of its column. */
export const labColumns: readonly TableColumn<LabRow>[] = [
  { id: 'title', title: 'Method', text: ({ title }) => title, key: ({ title }) => title },
  column('totalReturn', 'Return', share),
  column('cagr', 'CAGR', share),
  column('volatility', 'Volatility', share),
  column('sharpe', 'Sharpe', figure),
  column('deflatedSharpe', 'Deflated', chance),
  column('probabilisticSharpe', 'Sharpe > 0', chance),
  column('sortino', 'Sortino', figure),
  column('maxDrawdown', 'Drawdown', share),
  column('calmar', 'Calmar', figure),
  column('squantified', 'Squantified', figure),
  column('valueAtRisk95', 'VaR 95', share),
  column('expectedShortfall95', 'ES 95', share),
  column('valueAtRisk99', 'VaR 99', share),
  column('expectedShortfall99', 'ES 99', share),
  column('skewness', 'Skew', figure),
  column('kurtosis', 'Kurtosis', figure),
  column('interestPaid', 'Interest', share),
  column('costsPaid', 'Costs', share),
  column('averageLeverage', 'Leverage', figure),
  column('overnightLeverage', 'Overnight', figure),
  column('turnover', 'Turnover', figure),
]

/** The whole table as rows of a file. */
export const labCsvRows = (rows: readonly LabRow[]): readonly (readonly string[])[] => [
  labColumns.map(({ title }) => title),
  ...rows.map((row) => labColumns.map(({ text }) => text(row))),
]

type Measure = { [Key in keyof LabRow]: LabRow[Key] extends number | null ? Key : never }[keyof LabRow]

function column(id: Measure, title: string, text: (value: number | null) => string): TableColumn<LabRow> {
  return { id, title, numeric: true, text: (row) => text(row[id]), key: (row) => row[id] ?? -Infinity }
}
