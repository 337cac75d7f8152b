import type { SimulationPlan } from '../domain/simulation/plan.ts'
import { LEAF_PATHS } from '../domain/simulation/results/run-digest.ts'
import { keepsPaths } from '../domain/simulation/results/run-part.ts'

/** Nanoseconds a chunk should take: short enough to be cancelled and to share a thread, long enough to be worth a message. */
const CHUNK_TIME = 4e6

/** Paths per chunk for `threads` threads: about 4 ms of work, at least eight chunks a thread, whole leaves for a tally. */
export function chunkSize(plan: SimulationPlan, threads: number, count: number): number {
  const fitting = CHUNK_TIME / pathTime(plan)
  const fair = count / (8 * threads)
  const paths = 4 * Math.max(1, Math.floor(Math.min(fitting, fair) / 4))
  return keepsPaths(plan) ? paths : Math.max(LEAF_PATHS, Math.floor(paths / LEAF_PATHS) * LEAF_PATHS)
}

/** Rough nanoseconds of one path on one core, too high rather than too low. */
export function pathTime({ model, detail, trades }: SimulationPlan): number {
  const draw = model.kind === 'returns' ? 3 * model.drift.length + 0.3 * model.drift.length ** 2 : 1
  return 200 + trades * (draw + (detail === 'full' ? 15 : 2))
}

/** Bytes a part of `count` paths takes at its height, when it is summed up. */
export function partMemory(plan: SimulationPlan, count: number): number {
  const fan = 4 * Math.min(plan.fanPaths, count) * plan.fanSteps.length
  const kept = keepsPaths(plan) ? count * (plan.detail === 'full' ? 90 : 70) : 2_000_000
  return 2 * fan + kept + 1_000_000
}
