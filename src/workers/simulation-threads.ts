import type { ShardPart, SimulationFault, SimulationThreads, SimulationWatch } from '../desk/simulate/ports.ts'
import type { Reason } from '../domain/kernel/reason.ts'
import { err, ok, type Result } from '../domain/kernel/result.ts'
import type { FinishedRuns } from '../domain/simulation/results/finished-run.ts'
import { partBytes } from '../domain/simulation/results/part-bytes.ts'
import type { ThreadRun } from './thread-run.ts'
import { timeIsUp } from './run-fault.ts'
import { runCurve } from './run-curve.ts'
import { runPropFirmOdds } from './run-prop-firm.ts'
import { runSimulation, type RunOptions } from './run-simulation.ts'
import { type PoolOptions, type ThreadPool, threadPool } from './thread-pool.ts'
import type { ThreadJobs } from './thread-job.ts'

/** What the desk simulates on, with a clean end. */
export interface OpenThreads extends SimulationThreads {
  close(): Promise<void>
}

/** Trades of a curve's point that take a few milliseconds. */
const SMALL_POINT = 1_000_000

/** Simulations on a pool of threads, which starts with the first of them. */
export function simulationThreads(options: PoolOptions = {}): OpenThreads {
  let opened: ThreadPool | undefined
  const pool = (): ThreadPool => (opened ??= threadPool(options))
  return {
    get engine() {
      return pool().engine
    },
    async run(plans, watch) {
      const parts: Uint8Array[][] = []
      const budget = timeLeft(watch.timeBudget)
      for (const [index, plan] of plans.entries()) {
        const done = index * plan.paths
        const of = plans.length * plan.paths
        const onProgress = (more: number): void => watch.onProgress(done + more, of)
        const part = await runSimulation(pool(), plan, optionsOf({ ...watch, onProgress, timeBudget: budget() }))
        if (!part.ok) return err(ofWhole(part.error, watch))
        parts.push([partBytes(part.value)])
      }
      const finished = await finish(pool(), parts, { ...watch, timeBudget: budget() })
      return finished.ok ? finished : err(ofWhole(finished.error, watch))
    },
    async shard(plan, shard, watch): Promise<Result<ShardPart, SimulationFault>> {
      const part = await runSimulation(pool(), plan, { ...optionsOf(watch), shard })
      if (!part.ok) return part
      const { first, count } = part.value
      return ok({ first, count, bytes: partBytes(part.value) })
    },
    merge: (parts, watch) => finish(pool(), [parts], watch),
    curve: (request, watch) => {
      // One point of a large curve would keep the calling thread from hearing anybody.
      const callerHelps = request.base.paths * request.base.trades <= SMALL_POINT
      return runCurve(pool(), request, { ...optionsOf(watch), callerHelps })
    },
    propFirm: (plan, watch) => runPropFirmOdds(pool(), plan, optionsOf(watch)),
    async close() {
      await opened?.close()
      opened = undefined
    },
  }
}

/** Joins and sums up beside the calling thread: a million paths take longer than anybody should wait to be heard. */
async function finish(
  pool: ThreadPool,
  parts: readonly (readonly Uint8Array[])[],
  watch: SimulationWatch,
): Promise<Result<FinishedRuns, SimulationFault>> {
  let found: Result<FinishedRuns, Reason> | undefined
  const load: ThreadRun<ThreadJobs['finish']['job']> = {
    job: { kind: 'finish', parts: parts.map((own) => own.map(shared)) },
    first: 0,
    count: 1,
    chunk: 1,
    take: (result) => (found = result),
    signal: asSignal(watch),
    timeBudget: watch.timeBudget,
    callerHelps: false,
    alone: true,
  }
  const fault = await pool.run(load)
  return fault === null && found !== undefined ? found : err(fault ?? LOST)
}

const LOST: SimulationFault = { code: 'WORKER_LOST', says: 'The simulation ended without an answer. Run it again.' }

/** The bytes where every thread finds them without a copy. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.byteLength))
  copy.set(bytes)
  return copy
}

function optionsOf(watch: SimulationWatch): RunOptions {
  const { onProgress, timeBudget, memoryBudget } = watch
  return { signal: asSignal(watch), onProgress, timeBudget, memoryBudget }
}

/** What threads use of a signal is what the desk's own has. */
function asSignal({ signal }: SimulationWatch): AbortSignal {
  return signal as AbortSignal
}

/** A run of several steps has one time budget: the sentence names that, not what was left of it. */
function ofWhole(fault: SimulationFault, { timeBudget }: SimulationWatch): SimulationFault {
  return fault.code === 'TIME_BUDGET' ? timeIsUp(timeBudget) : fault
}

/** How much of a budget is left each time it is asked. */
function timeLeft(budget: number): () => number {
  const end = performance.now() + budget
  return () => Math.max(1, end - performance.now())
}
