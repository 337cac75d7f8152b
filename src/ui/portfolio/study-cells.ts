import { unpackMatrix } from '../../contract/matrix-codec.ts'
import type { StudyView } from '../../contract/portfolio/study.ts'

/** A study with its matrices opened, in cluster order; what could not be studied stands last, not known. */
export interface StudyCells {
  readonly study: StudyView
  readonly symbols: readonly string[]
  /** How many of `symbols` were studied. */
  readonly studied: number
  /** symbols × symbols; NaN where not known. */
  readonly raw: Float64Array
  readonly shrunk: Float64Array
  readonly denoised: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly counts: Float64Array
  /** 1 where a pair lacks periods. */
  readonly weak: Uint8Array
  /** Why an instrument was not studied. */
  readonly why: ReadonlyMap<string, string>
}

/** Which correlations are shown. */
export type CorrelationKind = 'raw' | 'shrunk' | 'denoised'

/** Instruments left out that are shown as unknown rows; more are only listed. */
const MOST_LEFT_OUT = 20

/** Opens the matrices of a study one by one, and lets the window draw in between. */
export async function openStudy(study: StudyView, pause: () => Promise<unknown> = nextTask): Promise<StudyCells> {
  const n = study.symbols.length
  const leftOut = study.leftOut.slice(0, MOST_LEFT_OUT)
  const size = n + leftOut.length
  const open = async (packed: string, diagonal: number): Promise<Float64Array> => {
    const full = unpackMatrix(packed, n, diagonal)
    await pause()
    const ordered = inOrder(full, study.order, size)
    await pause()
    return ordered
  }
  const raw = await open(study.raw, 1)
  const shrunk = await open(study.shrunk, 1)
  const denoised = await open(study.denoised, 1)
  const low = await open(study.low, 1)
  const high = await open(study.high, 1)
  const counts = await open(study.counts, study.periods)
  return {
    study,
    symbols: [...study.order.map((place) => study.symbols[place] ?? ''), ...leftOut.map(({ symbol }) => symbol)],
    studied: n,
    raw,
    shrunk,
    denoised,
    low,
    high,
    counts,
    weak: Uint8Array.from(counts, (count) => (count < study.periods ? 1 : 0)),
    why: new Map(study.leftOut.map(({ symbol, says }) => [symbol, says])),
  }
}

/** One pair of a study, by rows and columns as shown. */
export interface PairFigures {
  readonly a: string
  readonly b: string
  readonly raw: number
  readonly shrunk: number
  readonly denoised: number
  readonly low: number
  readonly high: number
  readonly count: number
}

/** What is known of the pair in a cell. */
export function pairAt(cells: StudyCells, row: number, column: number): PairFigures {
  const at = row * cells.symbols.length + column
  const of = (values: Float64Array): number => values[at] ?? Number.NaN
  return {
    a: cells.symbols[row] ?? '',
    b: cells.symbols[column] ?? '',
    raw: of(cells.raw),
    shrunk: of(cells.shrunk),
    denoised: of(cells.denoised),
    low: of(cells.low),
    high: of(cells.high),
    count: of(cells.counts),
  }
}

/** The strongest pairs of a kind first, at most `most`, without ordering more than is wanted. */
export function strongestPairs(cells: StudyCells, kind: CorrelationKind, most: number): readonly PairFigures[] {
  const n = cells.studied
  const size = cells.symbols.length
  const values = cells[kind]
  const sizes = new Float64Array((n * (n - 1)) / 2)
  let place = 0
  for (let row = 0; row < n; row++)
    for (let column = row + 1; column < n; column++) sizes[place++] = Math.abs(values[row * size + column] ?? 0)
  const least = sizes.length <= most ? -1 : (sizes.toSorted()[sizes.length - most] ?? -1)
  const found: PairFigures[] = []
  for (let row = 0; row < n; row++)
    for (let column = row + 1; column < n; column++)
      if (Math.abs(values[row * size + column] ?? 0) >= least) found.push(pairAt(cells, row, column))
  return found.sort((a, b) => Math.abs(b[kind]) - Math.abs(a[kind])).slice(0, most)
}

function inOrder(full: Float64Array, order: readonly number[], size: number): Float64Array {
  const n = order.length
  const ordered = new Float64Array(size * size).fill(Number.NaN)
  for (let row = 0; row < n; row++) {
    const from = (order[row] ?? 0) * n
    for (let column = 0; column < n; column++)
      ordered[row * size + column] = full[from + (order[column] ?? 0)] ?? Number.NaN
  }
  return ordered
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
