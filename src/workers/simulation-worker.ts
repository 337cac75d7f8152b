import { parentPort } from 'node:worker_threads'
import { invariant } from '../domain/kernel/invariant.ts'
import { kernelsAtHand } from './kernels-at-hand.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import { buffersOf, type RangeRunner, rangeRunner } from './thread-job.ts'

const port = parentPort
invariant(port !== null, 'the simulation worker runs in a worker thread')

const kernels = kernelsAtHand()
const runners = new Map<number, RangeRunner>()

port.on('message', (message: ToWorker) => {
  const { run } = message
  if (message.kind === 'end') {
    runners.delete(run)
    return
  }
  try {
    if (message.kind === 'begin') {
      runners.set(run, rangeRunner(message.job, kernels))
      return
    }
    const runner = runners.get(run)
    invariant(runner !== undefined, 'a range belongs to a run that has begun')
    const result = runner(message.first, message.count)
    port.postMessage({ kind: 'result', run, count: message.count, result } satisfies FromWorker, buffersOf(result))
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error)
    port.postMessage({ kind: 'fault', run, says } satisfies FromWorker)
  }
})
