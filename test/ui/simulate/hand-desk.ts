import { ORPCError } from '@orpc/client'
import { SimulateScreen, type SimulateSource } from '../../../src/ui/simulate/simulate.svelte.ts'
import { aSource } from './runs.ts'

/** A stream that is told by hand what it sends. */
export class Stream {
  readonly name: string
  readonly input: Record<string, unknown>
  readonly signal: AbortSignal
  readonly #messages: unknown[] = []
  #end: 'open' | 'ended' | Error = 'open'
  #wake: () => void = () => undefined

  constructor(name: string, input: Record<string, unknown>, signal: AbortSignal) {
    this.name = name
    this.input = input
    this.signal = signal
    signal.addEventListener('abort', () => this.#wake())
  }

  progress(done: number, of: number): void {
    this.#messages.push({ kind: 'progress', done, of })
    this.#wake()
  }
  result(result: unknown): void {
    this.#messages.push({ kind: 'result', result })
    this.#wake()
  }
  end(error?: Error): void {
    this.#end = error ?? 'ended'
    this.#wake()
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void> {
    for (;;) {
      if (this.signal.aborted) throw new Error('aborted')
      const message = this.#messages.shift()
      if (message !== undefined) yield message
      else if (this.#end === 'ended') return
      else if (this.#end !== 'open') throw this.#end
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}

/** Lets everything that waits for a told stream go on. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve()
}

/** A screen on a desk whose streams are told by hand; the counts of changes are told before anything is answered. */
export async function handDesk(source = aSource(), changes: readonly number[] = [1]) {
  const streams: Stream[] = []
  const open =
    (name: string) =>
    (input: Record<string, unknown>, { signal }: { signal: AbortSignal }): Promise<Stream> => {
      const stream = new Stream(name, input, signal)
      streams.push(stream)
      return Promise.resolve(stream)
    }
  const call = (value: unknown) => () => Promise.resolve(value)
  const client = {
    simulation: {
      run: open('run'),
      compare: open('compare'),
      curve: open('curve'),
      propFirm: open('propFirm'),
      source: call(source),
      records: call([]),
      scenarios: call([]),
    },
    sizing: { methods: call([]) },
    propFirm: { programs: call([]), get: call(null) },
  }
  const screen = new SimulateScreen({
    client,
    account: { equity: '119515.51' },
    book: { bookId: 'b' },
  } as unknown as SimulateSource)
  for (const count of changes) screen.follow(count)
  await settle()
  const last = (name: string): Stream => {
    const found = streams.findLast((one) => one.name === name)
    if (found === undefined) throw new Error(`${name} was not asked`)
    return found
  }
  return { screen, streams, last }
}

/** What the desk throws where it refuses. */
export const refusal = (says: string, field?: string): Error =>
  new ORPCError('REFUSED', { defined: true, data: { code: 'X', says, ...(field === undefined ? {} : { field }) } })
