/** Which column orders the rows, and which way. */
export interface TableOrder {
  readonly column: string
  readonly way: 'ascending' | 'descending'
}

/** One column of a table: how a row is written in it, and what it is ordered by. */
export interface TableColumn<Row> {
  readonly id: string
  readonly title: string
  /** The text of a cell; also what is exported. */
  readonly text: (row: Row) => string
  /** Figures stand right and their header with them. */
  readonly numeric?: boolean
  /** Ordered by this; a column without it cannot be ordered. Decimal text is ordered as a number. */
  readonly key?: (row: Row) => number | string
  /** A width such as `8em`; the rest share what is left. */
  readonly width?: string
  /** Left out under 640 px. */
  readonly narrowHidden?: boolean
}

const numeric = /^[-\u2212]?\d+(\.\d+)?$/

/** The rows in the asked order; rows that compare equal keep their places. */
export function ordered<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  order: TableOrder | undefined,
): readonly Row[] {
  const key = columns.find(({ id }) => id === order?.column)?.key
  if (order === undefined || key === undefined) return rows
  const sign = order.way === 'ascending' ? 1 : -1
  return rows.toSorted((a, b) => sign * compareKeys(key(a), key(b)))
}

/** The place a key leads to from one row of many: arrows by one, Page keys by ten, Home and End; undefined for other keys. */
export function stepTo(key: string, at: number, count: number): number | undefined {
  const page = 10
  return {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: Math.min(at + page, count - 1),
    PageUp: Math.max(at - page, 0),
    Home: 0,
    End: count - 1,
  }[key]
}

function compareKeys(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [String(a), String(b)]
  if (numeric.test(left) && numeric.test(right)) return Number(left) - Number(right)
  return left.localeCompare(right, 'en', { numeric: true })
}
