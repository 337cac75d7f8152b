import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { kernelsAtHand } from './kernels-at-hand.ts'
import type { FromWorker } from './messages.ts'
import type { PoolThread } from './pool-thread.ts'
import { type RunFault, workerFault } from './run-fault.ts'
import { runOnThreads, type ThreadRun } from './thread-run.ts'
import type { ThreadJob } from './thread-job.ts'
import { workerEntry } from './worker-entry.ts'

/** Threads that stay alive between runs, so that a run starts within a fraction of a millisecond. */
export interface ThreadPool {
  /** Name of the kernels its threads use. */
  readonly engine: string
  /** Starts the workers before they are needed. */
  warm(): void
  /** Runs a load on all threads; the calling thread helps in short turns unless told not to. */
  run<J extends ThreadJob>(run: ThreadRun<J>): Promise<RunFault | null>
  /** Ends the workers; a run under way ends with a fault. */
  close(): Promise<void>
}

/** How a pool is set up. */
export interface PoolOptions {
  /** Worker threads beside the calling one; by default one less than the cores. 0 runs on the calling thread alone. */
  readonly workers?: number
  readonly entry?: URL
  /** Heap of one worker, in megabytes. */
  readonly workerHeap?: number
}

/** A pool of persistent worker threads; a lost worker is replaced at the next run. */
export function threadPool({
  workers = availableParallelism() - 1,
  entry,
  workerHeap = 512,
}: PoolOptions = {}): ThreadPool {
  const threads: PoolThread[] = []
  const kernels = kernelsAtHand()
  let runs = 0
  const ready = (): readonly PoolThread[] => {
    while (threads.length < workers) threads.push(startThread(entry ?? workerEntry(), workerHeap, threads))
    return threads.slice()
  }
  return {
    engine: kernels.name,
    warm: () => void ready(),
    run: (run) => runOnThreads(run, ++runs, ready(), kernels),
    async close() {
      await Promise.all(threads.splice(0).map(({ worker }) => worker.terminate()))
    },
  }
}

function startThread(entry: URL, heap: number, threads: PoolThread[]): PoolThread {
  const worker = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: heap } })
  const drop = (): void => {
    const at = threads.indexOf(thread)
    if (at >= 0) threads.splice(at, 1)
  }
  const thread: PoolThread = {
    worker,
    listeners: new Map(),
    retire() {
      drop()
      void worker.terminate()
    },
  }
  const lose = (fault: RunFault): void => {
    drop()
    for (const listener of thread.listeners.values()) listener.lost(fault)
    thread.listeners.clear()
  }
  worker.on('message', (message: FromWorker) => thread.listeners.get(message.run)?.message(message))
  worker.on('error', (error) => lose(workerFault(error)))
  worker.on('exit', () => lose(workerFault(undefined)))
  // An idle pool keeps no program alive.
  worker.unref()
  return thread
}
