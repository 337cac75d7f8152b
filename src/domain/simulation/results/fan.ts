import { equityOf } from './equity-of.ts'
import { quantilesOf } from './quantiles.ts'
import type { RunPart } from './run-part.ts'

/** Equity over starting equity, step by step: percentile bands and a few of the paths themselves. */
export interface Fan {
  /** Steps shown; 1 is after the first trade. Every path is at 1 at step 0. */
  readonly steps: readonly number[]
  readonly shares: readonly number[]
  /** One row per share, one number per step. */
  readonly bands: readonly (readonly number[])[]
  readonly samples: readonly (readonly number[])[]
  /** How many paths the bands are made of: the first of the run. */
  readonly paths: number
}

const SHARES = [0.05, 0.25, 0.5, 0.75, 0.95] as const
const SAMPLES = 24
/** Log equity that is drawn as nothing. */
const NOTHING = -200

/** The fan of a run that kept one. */
export function fanOf({ plan, fan }: RunPart): Fan {
  const { fanSteps: steps, fanPaths: paths } = plan
  const width = steps.length
  const column = new Float32Array(paths)
  const columns = steps.map((_, step) => {
    for (let path = 0; path < paths; path++) column[path] = Math.max(NOTHING, fan[path * width + step] as number)
    return quantilesOf(column, SHARES).map(equityOf)
  })
  const samples = Array.from({ length: Math.min(SAMPLES, paths) }, (_, path) =>
    Array.from(fan.subarray(path * width, (path + 1) * width), equityOf),
  )
  return {
    steps,
    shares: SHARES,
    bands: SHARES.map((_, share) => columns.map((at) => at[share] as number)),
    samples,
    paths,
  }
}
