import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { AnswerOf, MarketTask, MarketThread } from '../desk/portfolio/ports.ts'
import { StoreFault } from '../desk/ports.ts'
import { DeskRefusal } from '../desk/refusal.ts'
import { invariant } from '../domain/kernel/invariant.ts'
import type { MarketAsk, MarketSay } from './market-messages.ts'

/** Heap of the thread, in megabytes: 500 instruments with ten years of days need a tenth of it. */
const HEAP = 2_048

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (why: Error) => void
}

/** A thread for market studies, started with its first task and replaced where it is lost. Keeps no program alive. */
export function marketThread(entry?: URL): MarketThread {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let asked = 0
  const lose = (lost: Worker, why: Error): void => {
    if (worker !== lost) return
    worker = undefined
    for (const { reject } of waiting.values()) reject(why)
    waiting.clear()
    void lost.terminate()
  }
  const start = (): Worker => {
    const made = new Worker(entry ?? workerEntry(), { resourceLimits: { maxOldGenerationSizeMb: HEAP } })
    made.on('message', (say: MarketSay) => {
      const { resolve, reject } = waiting.get(say.id) ?? {}
      waiting.delete(say.id)
      if (waiting.size === 0) made.unref()
      if (say.kind === 'answer') resolve?.(say.answer)
      else reject?.(say.kind === 'store-fault' ? new StoreFault(say.code, say.says) : asError(say.error))
    })
    made.on('error', (error) => lose(made, outOfMemory(error) ? lost('ran out of memory') : asError(error)))
    made.on('exit', () => lose(made, lost('ended')))
    return made
  }
  return {
    work<T extends MarketTask>(book: string, task: T): Promise<AnswerOf<T>> {
      const own = (worker ??= start())
      const id = (asked += 1)
      own.ref()
      return new Promise<AnswerOf<T>>((resolve, reject) => {
        waiting.set(id, { resolve: (answer) => resolve(answer as AnswerOf<T>), reject })
        own.postMessage({ id, book, task } satisfies MarketAsk)
      })
    },
    close() {
      if (worker !== undefined) lose(worker, lost('was closed'))
    },
  }
}

/** Where the thread's program is: beside this file when run from source, beside or one folder above it when bundled. */
function workerEntry(): URL {
  const name = import.meta.url.endsWith('.ts') ? 'market-worker.ts' : 'market-worker.js'
  const found = [`./${name}`, `../${name}`].map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url))
  invariant(found !== undefined, 'the market worker is built beside the program')
  return found
}

function lost(how: string): DeskRefusal {
  return new DeskRefusal('WORKER_LOST', `The thread that studies markets ${how} before its answer: ask again.`)
}

function outOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(`the market worker failed: ${String(error)}`)
}
