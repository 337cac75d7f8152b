import { type CurveCell, type CurveRequest, runCurveCell } from '../domain/simulation/curves/kelly-curve.ts'
import type { Kernels } from '../domain/simulation/kernels/kernels.ts'
import { type PathChunk, pathRun } from '../domain/simulation/path-run.ts'
import type { SimulationPlan } from '../domain/simulation/plan.ts'
import type { PropFirmPlan } from '../domain/simulation/prop-firm/plan.ts'
import { type PropFirmTally, runPropFirm } from '../domain/simulation/prop-firm/prop-firm-run.ts'
import { type FinishedRuns, finishRuns } from '../domain/simulation/results/finished-run.ts'
import type { Reason } from '../domain/kernel/reason.ts'
import type { Result } from '../domain/kernel/result.ts'
import { sha256 } from './sha256.ts'

/** What threads can do, as plain data: a range of items, each independent of the others. */
export interface ThreadJobs {
  /** Items are paths. */
  readonly paths: {
    readonly job: { readonly kind: 'paths'; readonly plan: SimulationPlan }
    readonly result: PathChunk
  }
  /** Items are the cells of a curve. */
  readonly curve: {
    readonly job: { readonly kind: 'curve'; readonly request: CurveRequest }
    readonly result: readonly CurveCell[]
  }
  /** Items are accounts. */
  readonly propFirm: {
    readonly job: { readonly kind: 'propFirm'; readonly plan: PropFirmPlan }
    readonly result: readonly PropFirmTally[]
  }
  /** One item: the parts of whole runs, joined and summed up. */
  readonly finish: {
    readonly job: { readonly kind: 'finish'; readonly parts: readonly (readonly Uint8Array[])[] }
    readonly result: Result<FinishedRuns, Reason>
  }
}

/** One load for the threads. */
export type ThreadJob = ThreadJobs[keyof ThreadJobs]['job']
/** What any range of a load gives. */
export type ThreadResult = ThreadJobs[keyof ThreadJobs]['result']
/** What a range of a load gives. */
export type ResultOf<J extends ThreadJob> = ThreadJobs[J['kind']]['result']

/** Runs items `first` to `first + count - 1` of a load. */
export type RangeRunner = (first: number, count: number) => ThreadResult

/** Prepares a load on this thread. */
export function rangeRunner(job: ThreadJob, kernels: Kernels): RangeRunner {
  switch (job.kind) {
    case 'paths': {
      const run = pathRun(job.plan, kernels)
      return (first, count) => run.run(first, count)
    }
    case 'curve':
      return (first, count) =>
        Array.from({ length: count }, (_, index) => runCurveCell(job.request, first + index, kernels))
    case 'propFirm':
      return (first, count) => runPropFirm(job.plan, first, count)
    case 'finish':
      return () => finishRuns(job.parts, sha256)
  }
}

/** The buffers of a result that can be handed over instead of copied. */
export function buffersOf(result: ThreadResult): ArrayBuffer[] {
  if (!('measures' in result)) return []
  const { measures, fan } = result
  const { logEquity, logDepth, logLowest, underWater, losingStreak, firstReached } = measures
  return [logEquity, logDepth, logLowest, underWater, losingStreak, firstReached, fan]
    .map(({ buffer }) => buffer as ArrayBuffer)
    .filter(({ byteLength }) => byteLength > 0)
}
