/** A square of values from −1 to 1, row by row, with the names of its rows and columns. */
export interface HeatScene {
  readonly names: readonly string[]
  /** names × names; NaN where a value is not known. */
  readonly values: Float64Array
  /** 1 where a value stands on less than it should; a corner of such a cell is marked. */
  readonly weak: Uint8Array
  /** The number in a cell. */
  readonly text: (value: number) => string
}

/** Where a square stands inside its canvas, in CSS pixels. */
export interface HeatBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** One cell. */
export interface HeatCell {
  readonly row: number
  readonly column: number
}

/** Beyond so many rows a cell is too small for an element of its own: the square is drawn as a picture. */
export const MOST_ELEMENTS = 40

const NAME_LEAST = 11
const MOST_LETTERS = 9
/** What a name of that length takes, in pixels. */
const NAME_WIDTH = 62
/** About what the names beside the rows, or upright over the columns, take, in pixels. */
export const NAME_ROOM = 60

/** The cell a key leads to; `undefined` for keys that lead nowhere. */
export function heatStep(key: string, { row, column }: HeatCell, n: number, isFar: boolean): HeatCell | undefined {
  const by = isFar ? 10 : 1
  const inside = (place: number): number => Math.min(n - 1, Math.max(0, place))
  switch (key) {
    case 'ArrowRight':
      return { row, column: inside(column + by) }
    case 'ArrowLeft':
      return { row, column: inside(column - by) }
    case 'ArrowDown':
      return { row: inside(row + by), column }
    case 'ArrowUp':
      return { row: inside(row - by), column }
    case 'PageDown':
      return { row: inside(row + 10), column }
    case 'PageUp':
      return { row: inside(row - 10), column }
    case 'Home':
      return { row, column: 0 }
    case 'End':
      return { row, column: n - 1 }
    default:
      return undefined
  }
}

/** The cell under a place in the canvas; `undefined` outside the square. */
export function heatCellAt(box: HeatBox, n: number, x: number, y: number): HeatCell | undefined {
  const column = Math.floor(((x - box.left) / box.width) * n)
  const row = Math.floor(((y - box.top) / box.height) * n)
  return column >= 0 && column < n && row >= 0 && row < n ? { row, column } : undefined
}

/** Every how many names one is written, so that none covers the next. */
export const nameStride = (n: number, pixels: number): number => Math.max(1, Math.ceil((n * NAME_LEAST) / pixels))

/** Whether the names over the columns stand upright, in a chart of so many pixels across. */
export const isUpright = (n: number, pixels: number): boolean => n * NAME_WIDTH > pixels - NAME_ROOM

/** Size of names in pixels. */
export const nameSize = (n: number): number => (n > 24 ? 10 : 11)

/** A name as far as there is room for it. */
export const shortName = (name: string): string =>
  name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS - 1)}…` : name
