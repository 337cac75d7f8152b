import type { Progress } from '../../contract/simulation/result.ts'
import type { Result } from '../../domain/kernel/result.ts'
import type { StopSignal } from '../ports.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import type { SimulationFault, SimulationThreads, SimulationWatch } from './ports.ts'

/** A message of a simulation under way. */
export type Message<Found> = Progress | { readonly kind: 'result'; readonly result: Found }

/** A simulation that was read and may begin. */
export interface ReadyRun<Found> {
  readonly timeBudget: number
  readonly memoryBudget: number
  begin(watch: SimulationWatch): Promise<Found>
}

/** Progress is told this often at most, in milliseconds. */
const TOLD_EVERY = 60

/** The threads of the desk; refuses where it was opened without any. */
export function threadsOf(workspace: Workspace): SimulationThreads {
  const { threads } = workspace.options
  if (threads !== undefined) return threads
  throw new DeskRefusal('NO_THREADS', 'This desk was opened without threads, so nothing can be simulated here.')
}

/** What a run found, or the refusal it ended with. */
export function found<Found>(ended: Result<Found, SimulationFault>): Found {
  if (ended.ok) return ended.value
  throw new DeskRefusal(ended.error.code, ended.error.says)
}

/** Progress and then one result. Whoever leaves the stream, or aborts the call, stops the run. */
export async function* messagesOf<Found>(
  { options: { ambient } }: Workspace,
  signal: StopSignal,
  run: ReadyRun<Found>,
): AsyncGenerator<Message<Found>, void> {
  const stop = new Stop(signal)
  let progress = { done: 0, of: 0 }
  let told = progress
  let wake: () => void = () => undefined
  let ended = false
  const answer = run.begin({
    signal: stop,
    onProgress: (done, of) => (progress = { done, of }),
    timeBudget: run.timeBudget,
    memoryBudget: run.memoryBudget,
  })
  const end = (): void => {
    ended = true
    wake()
  }
  answer.then(end, end)
  try {
    while (!isOver(() => ended || stop.aborted)) {
      await ambient.pause(TOLD_EVERY, stop, (resume) => (wake = resume))
      if (isOver(() => ended) || progress === told) continue
      told = progress
      yield { kind: 'progress', ...told }
    }
    yield { kind: 'result', result: await answer }
  } finally {
    stop.stop()
  }
}

/** The result alone. */
export function answerOf<Found>(signal: StopSignal, run: ReadyRun<Found>): Promise<Found> {
  const { timeBudget, memoryBudget } = run
  return run.begin({ signal, onProgress: () => undefined, timeBudget, memoryBudget })
}

/** Read anew each time: what it looks at changes while one waits. */
function isOver(look: () => boolean): boolean {
  return look()
}

/** Stops with the signal it was made from, or by itself. */
class Stop implements StopSignal {
  #aborted: boolean
  readonly #listeners = new Set<() => void>()
  readonly #from: StopSignal
  readonly #stop = (): void => this.stop()

  constructor(from: StopSignal) {
    this.#from = from
    this.#aborted = from.aborted
    from.addEventListener('abort', this.#stop, { once: true })
  }

  get aborted(): boolean {
    return this.#aborted
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener)
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener)
  }

  stop(): void {
    if (this.#aborted) return
    this.#aborted = true
    this.#from.removeEventListener('abort', this.#stop)
    for (const listener of [...this.#listeners]) listener()
  }
}
