/** Why a run ended without a result. Nothing of it is kept. */
export interface RunFault {
  readonly code: 'CANCELLED' | 'TIME_BUDGET' | 'MEMORY_BUDGET' | 'WORKER_LOST' | 'WORKER_MEMORY' | 'WORKER_FAULT'
  readonly says: string
}

/** The run was stopped by whoever asked for it. */
export const cancelled: RunFault = {
  code: 'CANCELLED',
  says: 'The simulation was cancelled; nothing of it was kept.',
}

/** The run took longer than it may. */
export function timeIsUp(milliseconds: number): RunFault {
  const says = `The simulation was stopped after its time budget of ${milliseconds} ms: ask for fewer paths or trades, or allow more time.`
  return { code: 'TIME_BUDGET', says }
}

/** The run would need more memory than it may. */
export function tooLarge(needed: number, allowed: number): RunFault {
  const megabytes = (bytes: number): number => Math.ceil(bytes / 1_048_576)
  const says = `The simulation needs about ${megabytes(needed)} MB and may use ${megabytes(allowed)} MB: ask for fewer paths, or for a core run.`
  return { code: 'MEMORY_BUDGET', says }
}

/** A worker died: of what `error` says, or killed from outside. */
export function workerFault(error: unknown): RunFault {
  if (error === undefined) {
    const says = 'A simulation worker ended unexpectedly; nothing of the run was kept. Run it again.'
    return { code: 'WORKER_LOST', says }
  }
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    const says = 'A simulation worker ran out of memory; nothing of the run was kept. Ask for fewer paths or trades.'
    return { code: 'WORKER_MEMORY', says }
  }
  return faultOf(error instanceof Error ? error.message : 'a worker threw something that is no error')
}

/** A worker failed on its range. */
export function faultOf(message: string): RunFault {
  return { code: 'WORKER_FAULT', says: `The simulation failed and nothing of it was kept: ${message}` }
}
