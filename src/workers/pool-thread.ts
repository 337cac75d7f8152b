import type { Worker } from 'node:worker_threads'
import type { FromWorker, ToWorker } from './messages.ts'
import type { RunFault } from './run-fault.ts'

/** A worker and the runs that wait for it. */
export interface PoolThread {
  readonly worker: Worker
  readonly listeners: Map<number, ThreadListener>
  /** Takes the worker out of the pool and ends it. */
  retire(): void
}

/** What a run hears from one of its workers. */
export interface ThreadListener {
  message(message: FromWorker): void
  lost(fault: RunFault): void
}

/** Sends a message to a worker. */
export function tell(thread: PoolThread, message: ToWorker): void {
  thread.worker.postMessage(message)
}
