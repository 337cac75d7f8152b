import { CommandRefusal } from '../command-refusal.ts'
import type { DeskClient } from '../desk-client.ts'
import { dataDirOf, lastBookIn, withDesk, type SharedOptions } from '../open-book.ts'
import { progressBar } from '../progress-bar.ts'
import type { Terminal } from '../terminal.ts'

/** What a stream of a simulation tells. */
export type Told<Found> =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'result'; readonly result: Found }

/** Works with a desk that simulates; with a book only where one is named or needed. */
export async function withSimulator<T>(
  options: SharedOptions,
  terminal: Terminal,
  how: { readonly needsBook: boolean; readonly simulators?: number },
  work: (calls: DeskClient) => Promise<T>,
): Promise<T> {
  const dataDir = await dataDirOf(options)
  const bookPath = options.book ?? (how.needsBook ? await lastBookIn(dataDir) : null)
  const { simulators } = how
  const where = { dataDir, bookPath, ...(simulators === undefined ? {} : { simulators }) }
  return withDesk(where, terminal, ({ calls }) => work(calls))
}

/** Follows a simulation to its result, with a bar where a person watches. */
export async function followed<Found>(terminal: Terminal, stream: AsyncIterable<Told<Found>>): Promise<Found> {
  try {
    for await (const message of stream) {
      if (message.kind === 'result') return message.result
      terminal.progress(progressBar(message.done, message.of))
    }
  } finally {
    terminal.progress(undefined)
  }
  throw new CommandRefusal('CANCELLED', 'The simulation ended without a result; nothing of it was kept.')
}
