import type { StudyView } from '../../contract/portfolio/study.ts'
import { rowsOf } from './matrices.ts'

/** Pairs that are shown to a person. */
const SHOWN = 10

/** Two instruments with their correlation, its 95 % interval, and how many periods they have in common. */
export interface CorrelatedPair {
  readonly a: string
  readonly b: string
  readonly value: number
  readonly low: number
  readonly high: number
  readonly count: number
}

/** The pairs of a study with the strongest correlations of either sign, strongest first; those that are not known are left out. */
export function strongestPairs(view: StudyView): CorrelatedPair[] {
  const [raw, low, high, counts] = [
    rowsOf(view, 'raw'),
    rowsOf(view, 'low'),
    rowsOf(view, 'high'),
    rowsOf(view, 'counts'),
  ]
  const at = (rows: number[][], i: number, j: number): number => rows[i]?.[j] ?? Number.NaN
  return view.symbols
    .flatMap((a, i) =>
      view.symbols.slice(i + 1).map((b, offset): CorrelatedPair => {
        const j = i + 1 + offset
        return { a, b, value: at(raw, i, j), low: at(low, i, j), high: at(high, i, j), count: at(counts, i, j) }
      }),
    )
    .filter(({ value }) => Number.isFinite(value))
    .sort((one, other) => Math.abs(other.value) - Math.abs(one.value))
    .slice(0, SHOWN)
}
