import type { Result } from '../../domain/kernel/result.ts'
import type { CurveRequest } from '../../domain/simulation/curves/kelly-curve.ts'
import type { CurvePoint } from '../../domain/simulation/curves/kelly-curve-points.ts'
import type { SimulationPlan } from '../../domain/simulation/plan.ts'
import type { PropFirmPlan } from '../../domain/simulation/prop-firm/plan.ts'
import type { PropFirmOdds } from '../../domain/simulation/prop-firm/prop-firm-odds.ts'
import type { FinishedRuns } from '../../domain/simulation/results/finished-run.ts'
import type { StopSignal } from '../ports.ts'

/** Why a simulation ended without a result: cancelled, over its budget, a worker lost or out of memory. */
export interface SimulationFault {
  readonly code: string
  readonly says: string
}

/** How a simulation is watched and bounded. */
export interface SimulationWatch {
  readonly signal: StopSignal
  readonly onProgress: (done: number, of: number) => void
  /** Milliseconds. */
  readonly timeBudget: number
  /** Bytes. */
  readonly memoryBudget: number
}

/** One shard of a run, as bytes that `merge` takes. */
export interface ShardPart {
  readonly first: number
  readonly count: number
  readonly bytes: Uint8Array
}

/**
 * Runs simulations beside the desk's own thread, so that it hears everybody meanwhile. Plans were read before; a run that
 * ends early gives a fault and nothing else.
 */
export interface SimulationThreads {
  /** Name of the kernels. */
  readonly engine: string
  /** Whole runs of the same paths; two are compared. */
  run(plans: readonly SimulationPlan[], watch: SimulationWatch): Promise<Result<FinishedRuns, SimulationFault>>
  shard(
    plan: SimulationPlan,
    part: { readonly shard: number; readonly shards: number },
    watch: SimulationWatch,
  ): Promise<Result<ShardPart, SimulationFault>>
  /** Joins the parts of one run, in any order; refuses broken, missing or strange ones. */
  merge(parts: readonly Uint8Array[], watch: SimulationWatch): Promise<Result<FinishedRuns, SimulationFault>>
  curve(request: CurveRequest, watch: SimulationWatch): Promise<Result<readonly CurvePoint[], SimulationFault>>
  propFirm(plan: PropFirmPlan, watch: SimulationWatch): Promise<Result<readonly PropFirmOdds[], SimulationFault>>
}
