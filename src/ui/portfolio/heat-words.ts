import type { HeatScene } from '../charts/heat-scene.ts'
import { numberText } from '../format/number-text.ts'
import type { ChartTable } from '../kit/chart-table.ts'
import { correlationText } from './portfolio-words.ts'
import { pairAt, strongestPairs, type CorrelationKind, type PairFigures, type StudyCells } from './study-cells.ts'

/** Pairs listed beside a map, so many that no frame waits for them; all of them go into the file. */
const MOST_LISTED = 200
const TITLES = { raw: 'Measured', shrunk: 'Shrunk', denoised: 'Denoised' } as const
/** Two digits without the zero before the point, as in a cell: .94 */
const cellText = (value: number): string => correlationText(value).replace(/^([\u2212-]?)0(?=\D\d)/, '$1')

/** The map of one kind of correlations. */
export function heatScene(cells: StudyCells, kind: CorrelationKind): HeatScene {
  return {
    names: cells.symbols,
    values: cells[kind],
    weak: cells.weak,
    text: (value) => (value === 1 ? '1' : cellText(value)),
  }
}

/** What a cell says: both names, the correlation, its interval, n, and the other two; or why it is not known. */
export function tellCell(cells: StudyCells, kind: CorrelationKind, row: number, column: number): string {
  const pair = pairAt(cells, row, column)
  const why = cells.why.get(pair.a) ?? cells.why.get(pair.b)
  if (why !== undefined) return `${pair.a} and ${pair.b}: not known. ${why}`
  if (row === column) return `${pair.a} with itself: 1.`
  const others = (['raw', 'shrunk', 'denoised'] as const)
    .filter((other) => other !== kind)
    .map((other) => `${TITLES[other].toLowerCase()} ${correlationText(pair[other])}`)
  const measured = `measured between ${correlationText(pair.low)} and ${correlationText(pair.high)} (95 %), n = ${periodsText(cells, pair)}`
  return `${pair.a} and ${pair.b}: ${correlationText(pair[kind])} ${TITLES[kind].toLowerCase()}, ${measured}; ${others.join(', ')}.`
}

/** The map in one sentence. */
export function heatSummary(cells: StudyCells, kind: CorrelationKind): string {
  const [most] = strongestPairs(cells, kind, 1)
  const strongest =
    most === undefined ? '' : ` The strongest pair is ${most.a} and ${most.b} at ${correlationText(most[kind])}.`
  const unknown = cells.symbols.length - cells.studied
  return `Correlations of ${cells.studied} instruments, ${TITLES[kind].toLowerCase()}, in cluster order.${strongest}${unknown === 0 ? '' : ` ${unknown} are not known.`}`
}

/** The strongest pairs as a table. */
export function heatTable(cells: StudyCells, kind: CorrelationKind): ChartTable {
  return { columns: COLUMNS, rows: strongestPairs(cells, kind, MOST_LISTED).map(pairRow) }
}

/** Every pair as rows of a file, a batch at a time, so that no frame waits for them. */
export function* pairBatches(cells: StudyCells): Generator<readonly (readonly string[])[]> {
  yield [COLUMNS]
  const n = cells.symbols.length
  for (let row = 0; row < n; row++) {
    const batch: (readonly string[])[] = []
    for (let column = row + 1; column < n; column++) batch.push(plainRow(pairAt(cells, row, column)))
    yield batch
  }
}

const COLUMNS = ['Pair', 'With', 'Measured', 'Low', 'High', 'n', 'Shrunk', 'Denoised']

function pairRow(pair: PairFigures): readonly string[] {
  const text = (value: number): string => correlationText(value, 3)
  return [
    pair.a,
    pair.b,
    text(pair.raw),
    text(pair.low),
    text(pair.high),
    numberText(pair.count),
    text(pair.shrunk),
    text(pair.denoised),
  ]
}

function plainRow(pair: PairFigures): readonly string[] {
  const text = (value: number): string => (Number.isFinite(value) ? value.toFixed(6) : '')
  return [
    pair.a,
    pair.b,
    text(pair.raw),
    text(pair.low),
    text(pair.high),
    Number.isFinite(pair.count) ? String(pair.count) : '',
    text(pair.shrunk),
    text(pair.denoised),
  ]
}

const periodsText = ({ study }: StudyCells, { count }: PairFigures): string =>
  `${numberText(count)} of ${numberText(study.periods)}`
