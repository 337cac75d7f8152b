import type { Kernels } from './kernels/kernels.ts'
import { pathRun } from './path-run.ts'
import type { SimulationPlan } from './plan.ts'
import { LEAF_PATHS, type Sha256 } from './results/run-digest.ts'
import { collectPart, type RunPart } from './results/run-part.ts'

/** Runs a whole plan on this thread. */
export function runPlan(plan: SimulationPlan, kernels: Kernels, sha256: Sha256): RunPart {
  const run = pathRun(plan, kernels)
  const collector = collectPart(plan, 0, plan.paths, sha256)
  for (let first = 0; first < plan.paths; first += LEAF_PATHS) {
    collector.take(run.run(first, Math.min(LEAF_PATHS, plan.paths - first)))
  }
  return collector.finish()
}
