import type { CompareResult, RunResult } from '../../contract/simulation/result.ts'

/** A whole answer: of a live run under the hands, or of the full run that was asked for. */
export interface Shown {
  readonly how: 'live' | 'full'
  readonly a: RunResult
  readonly b: RunResult | undefined
  readonly between: CompareResult | undefined
  readonly recordId: string | undefined
}

/** How far the full run is. */
export interface Stage {
  readonly says: string
  readonly done: number
  readonly of: number
}
