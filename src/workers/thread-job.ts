import type { Kernels } from '../domain/simulation/kernels/kernels.ts'
import { type PathChunk, pathRun } from '../domain/simulation/path-run.ts'
import type { SimulationPlan } from '../domain/simulation/plan.ts'

/** What threads can do, as plain data: a range of items, each independent of the others. */
export interface ThreadJobs {
  readonly paths: {
    readonly job: { readonly kind: 'paths'; readonly plan: SimulationPlan }
    readonly result: PathChunk
  }
}

/** One load for the threads. */
export type ThreadJob = ThreadJobs[keyof ThreadJobs]['job']
/** What a range of a load gives. */
export type ResultOf<J extends ThreadJob> = ThreadJobs[J['kind']]['result']

/** Runs items `first` to `first + count - 1` of a load. */
export type RangeRunner = (first: number, count: number) => ThreadJobs[keyof ThreadJobs]['result']

/** Prepares a load on this thread. */
export function rangeRunner(job: ThreadJob, kernels: Kernels): RangeRunner {
  const run = pathRun(job.plan, kernels)
  return (first, count) => run.run(first, count)
}

/** The buffers of a result that can be handed over instead of copied. */
export function buffersOf({ measures, fan }: PathChunk): ArrayBuffer[] {
  const { logEquity, logDepth, logLowest, underWater, losingStreak, firstReached } = measures
  return [logEquity, logDepth, logLowest, underWater, losingStreak, firstReached, fan]
    .map(({ buffer }) => buffer as ArrayBuffer)
    .filter(({ byteLength }) => byteLength > 0)
}
