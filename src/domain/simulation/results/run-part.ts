import { invariant } from '../../kernel/invariant.ts'
import type { PathChunk } from '../path-run.ts'
import type { SimulationPlan } from '../plan.ts'
import { copyMeasures, type PathMeasures, pathMeasures } from './path-measures.ts'
import { LEAF_PATHS, leafDigests, type Sha256 } from './run-digest.ts'
import { emptyTally, tallied, type Tally } from './tally.ts'

/** Runs of up to this many paths keep every path and answer exact quantiles; larger ones keep a tally. */
export const EXACT_PATHS = 5_000_000

/** The paths `first` to `first + count - 1` of a run: every path's measures, or a tally and the digests of its leaves. */
export interface RunPart {
  readonly plan: SimulationPlan
  readonly first: number
  readonly count: number
  readonly kept: { readonly measures: PathMeasures } | { readonly tally: Tally; readonly leaves: readonly string[] }
  readonly fan: Float32Array
}

/** Whether a run of this plan keeps every path. */
export function keepsPaths({ paths }: SimulationPlan): boolean {
  return paths <= EXACT_PATHS
}

/** Gathers the chunks of one part, in whatever order they come. */
export interface PartCollector {
  /** Takes a chunk within the part; each path once. A run that keeps a tally takes whole leaves. */
  take(chunk: PathChunk): void
  /** The part, once every path has come. */
  finish(): RunPart
}

/** Room for the paths `first` to `first + count - 1` of a run. */
export function collectPart(plan: SimulationPlan, first: number, count: number, sha256: Sha256): PartCollector {
  const keeps = keepsPaths(plan)
  const measures = pathMeasures(keeps ? count : 0, plan.detail)
  const width = plan.fanSteps.length
  const fan = new Float32Array(Math.max(0, Math.min(plan.fanPaths - first, count)) * width)
  const leaves = new Map<number, readonly string[]>()
  let tally = emptyTally()
  let taken = 0
  return {
    take(chunk) {
      taken += chunk.count
      fan.set(chunk.fan, (chunk.fan.length === 0 ? 0 : chunk.first - first) * width)
      if (keeps) {
        copyMeasures(chunk.measures, measures, chunk.first - first)
        return
      }
      invariant(chunk.first % LEAF_PATHS === 0, 'a tally takes whole leaves')
      leaves.set(chunk.first, leafDigests(chunk.measures, sha256))
      tally = tallied(tally, chunk.measures, plan)
    },
    finish() {
      invariant(taken === count, 'every path of a part is there before it is finished')
      const inOrder = [...leaves].sort(([a], [b]) => a - b).flatMap(([, digests]) => digests)
      return { plan, first, count, kept: keeps ? { measures } : { tally, leaves: inOrder }, fan }
    },
  }
}
