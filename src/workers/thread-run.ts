import type { Kernels } from '../domain/simulation/kernels/kernels.ts'
import type { FromWorker } from './messages.ts'
import { cancelled, faultOf, type RunFault, timeIsUp } from './run-fault.ts'
import { type ResultOf, type RangeRunner, rangeRunner, type ThreadJob } from './thread-job.ts'
import { type PoolThread, tell } from './pool-thread.ts'

/** A load and how it is to be run. */
export interface ThreadRun<J extends ThreadJob> {
  readonly job: J
  /** Items `first` to `first + count - 1` of the load, `chunk` at a time. */
  readonly first: number
  readonly count: number
  readonly chunk: number
  /** Takes every chunk's result once, in any order. */
  readonly take: (result: ResultOf<J>) => void
  /** Called as chunks are done. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** Milliseconds after which the run is given up. */
  readonly timeBudget?: number | undefined
  /** Whether the calling thread works too, one chunk per turn of its event loop. */
  readonly callerHelps?: boolean | undefined
  /** Whether one thread takes it all: what is sent to each would be large. */
  readonly alone?: boolean | undefined
}

/** Chunks a worker holds at once: one it works on, one that waits. */
const AHEAD = 2
/** Milliseconds an abandoned worker has to finish its chunks before it is replaced. */
const GRACE = 250

/** Runs a load; resolves with `null` when every chunk has been taken, else with the first fault. */
export function runOnThreads<J extends ThreadJob>(
  run: ThreadRun<J>,
  id: number,
  pool: readonly PoolThread[],
  kernels: Kernels,
): Promise<RunFault | null> {
  const threads = run.alone === true ? pool.slice(0, 1) : pool
  return new Promise((resolve) => {
    const end = run.first + run.count
    let next = run.first
    let done = 0
    let over = false
    const held = new Map<PoolThread, number>()

    const finish = (fault: RunFault | null): void => {
      if (over) return
      over = true
      clearTimeout(timer)
      run.signal?.removeEventListener('abort', abort)
      for (const thread of threads) leave(thread, id, fault === null ? 0 : (held.get(thread) ?? 0))
      resolve(fault)
    }
    const abort = (): void => finish(cancelled)
    const { timeBudget } = run
    const timer =
      timeBudget === undefined
        ? undefined
        : setTimeout(() => finish(timeIsUp(timeBudget)), Math.min(timeBudget, 2 ** 31 - 1))

    const take = (result: ResultOf<J>, count: number): void => {
      if (over) return
      run.take(result)
      done += count
      run.onProgress?.(done, run.count)
      if (done === run.count) finish(null)
    }
    const grab = (): { first: number; count: number } | undefined => {
      if (over || next >= end) return undefined
      const first = next
      next = Math.min(end, next + run.chunk)
      return { first, count: next - first }
    }
    const feed = (thread: PoolThread): void => {
      while ((held.get(thread) ?? 0) < AHEAD) {
        const range = grab()
        if (range === undefined) return
        held.set(thread, (held.get(thread) ?? 0) + 1)
        tell(thread, { kind: 'range', run: id, ...range })
      }
    }
    const hear = (thread: PoolThread, message: FromWorker): void => {
      held.set(thread, (held.get(thread) ?? 1) - 1)
      if (over) return
      if (message.kind === 'fault') finish(faultOf(message.says))
      else {
        feed(thread)
        take(message.result, message.count)
      }
    }

    if (run.signal?.aborted === true) {
      finish(cancelled)
      return
    }
    run.signal?.addEventListener('abort', abort)
    for (const thread of threads) {
      thread.worker.ref()
      thread.listeners.set(id, { message: (message) => hear(thread, message), lost: finish })
      tell(thread, { kind: 'begin', run: id, job: run.job })
      feed(thread)
    }
    if (threads.length > 0 && run.callerHelps === false) return
    helpOut(
      () => rangeRunner(run.job, kernels),
      grab,
      (result, count) => take(result, count),
      finish,
    )
  })
}

/** Works on the calling thread, one chunk per turn, so that whatever else it serves is heard in between. */
function helpOut(
  prepare: () => RangeRunner,
  grab: () => { first: number; count: number } | undefined,
  take: (result: ReturnType<RangeRunner>, count: number) => void,
  finish: (fault: RunFault) => void,
): void {
  let runner: RangeRunner | undefined
  const turn = (): void => {
    const range = grab()
    if (range === undefined) return
    try {
      runner ??= prepare()
      take(runner(range.first, range.count), range.count)
    } catch (error) {
      finish(faultOf(error instanceof Error ? error.message : String(error)))
      return
    }
    setImmediate(turn)
  }
  setImmediate(turn)
}

/** Lets go of a worker; one still busy with an abandoned run is replaced, unless it finishes soon or serves another. */
function leave(thread: PoolThread, id: number, held: number): void {
  const { worker, listeners } = thread
  if (!listeners.has(id)) return
  tell(thread, { kind: 'end', run: id })
  if (held === 0) {
    listeners.delete(id)
    if (listeners.size === 0) worker.unref()
    return
  }
  let left = held
  const patience = setTimeout(() => {
    if (listeners.size === 1) thread.retire()
  }, GRACE)
  const rest = (): void => {
    left -= 1
    if (left > 0) return
    clearTimeout(patience)
    listeners.delete(id)
    if (listeners.size === 0) worker.unref()
  }
  listeners.set(id, { message: rest, lost: () => clearTimeout(patience) })
}
