import type { PathMeasures } from '../results/path-measures.ts'

/** Distance in log equity within which a bound counts as touched: more than a run's rounding, less than anyone can see. */
export const TOUCH = 2e-6

/** Where the bounds of a path lie, as natural logs of equity over start, or of equity over peak for the trailing floor. */
export interface LogBounds {
  readonly floor: number
  readonly trailingFloor: number
  readonly target: number
  readonly limit: number
}

/** Where a path's log equity is kept step by step: the steps kept (counted from 1) and one row of them. */
export interface FanRow {
  readonly steps: readonly number[]
  readonly row: Float32Array
}

/** Follows one path over its outcomes and writes what it measures at index `at`. */
export type Walk = (outcomes: Float64Array, into: PathMeasures, at: number, fan?: FanRow) => void
