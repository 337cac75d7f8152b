import { availableParallelism } from 'node:os'
import { err, ok, type Result } from '../domain/kernel/result.ts'
import type { SimulationPlan } from '../domain/simulation/plan.ts'
import { shardRange } from '../domain/simulation/results/merge-parts.ts'
import { leafDigests, runDigest } from '../domain/simulation/results/run-digest.ts'
import { collectPart, type RunPart } from '../domain/simulation/results/run-part.ts'
import { chunkSize, partMemory } from './chunk-size.ts'
import { type RunFault, tooLarge } from './run-fault.ts'
import { sha256 } from './sha256.ts'
import type { ThreadPool } from './thread-pool.ts'

/** How a run is watched and bounded in time. */
export interface RunWatch {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((done: number, of: number) => void) | undefined
  /** Milliseconds. */
  readonly timeBudget?: number | undefined
  /** Whether the calling thread works too, in turns of a few milliseconds; it does by default. */
  readonly callerHelps?: boolean | undefined
}

/** How a simulation is watched, bounded and shared out. */
export interface RunOptions extends RunWatch {
  /** Bytes; 1 GiB by default. */
  readonly memoryBudget?: number | undefined
  /** Only the paths of one shard, counted from 1. */
  readonly shard?: { readonly shard: number; readonly shards: number } | undefined
}

const MEMORY_BUDGET = 2 ** 30

/** Runs a plan, or one shard of it, on all threads. A run that ends early gives a fault and nothing else. */
export async function runSimulation(
  pool: ThreadPool,
  plan: SimulationPlan,
  options: RunOptions = {},
): Promise<Result<RunPart, RunFault>> {
  const { shard = { shard: 1, shards: 1 }, memoryBudget = MEMORY_BUDGET, ...watch } = options
  const { first, count } = shardRange(plan, shard.shard, shard.shards)
  const needed = partMemory(plan, count)
  if (needed > memoryBudget) return err(tooLarge(needed, memoryBudget))
  const collector = collectPart(plan, first, count, sha256)
  if (count === 0) return ok(collector.finish())
  const fault = await pool.run({
    job: { kind: 'paths', plan },
    first,
    count,
    chunk: chunkSize(plan, availableParallelism(), count),
    take: (chunk) => collector.take(chunk),
    ...watch,
  })
  return fault === null ? ok(collector.finish()) : err(fault)
}

/** The digest of a whole run: the same for any workers, chunks, shards and machine. */
export function digestOf({ kept }: RunPart): string {
  return runDigest('measures' in kept ? leafDigests(kept.measures, sha256) : kept.leaves, sha256)
}
