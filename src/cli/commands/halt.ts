import type { DeskStateView } from '../../contract/desk-state.ts'
import { StoreFault } from '../../desk/ports.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand } from '../define-command.ts'
import { dataDirOf, withBook, type SharedOptions } from '../open-book.ts'
import { stateText } from '../state-text.ts'
import type { Terminal } from '../terminal.ts'

interface Options {
  readonly reason?: string
}

export const halt = defineCommand<Options>({
  name: 'halt',
  says: 'Halt every desk of the data folder: nothing is sent except cancels. Works while the workstation runs.',
  examples: ['halt', 'halt --reason "the feed is wrong"'],
  options: (command) => void command.option('--reason <words>', 'why, for the log'),
  action: async (terminal, options) => {
    const dataDir = await dataDirOf(options)
    const says = options.reason ?? 'Halted from the command line.'
    const { haltFile } = await import('../../host/halt-file.ts')
    // The file comes first: a desk that runs sees it at once, whoever has the book.
    const failed = haltFile(dataDir).keep({ halt: { at: Date.now(), says }, fault: null })
    const view = await latchInBook(options, terminal, says)
    if (view === undefined && failed !== undefined)
      throw new CommandRefusal('STORE_IO', `The HALT file could not be written: ${failed}. Halt with Shift+F9.`)
    return view === undefined
      ? {
          document: { state: 'HALTED', dataDir, latchedInBook: false },
          text: 'HALTED: nothing is sent except cancels. The desk that has the book open sees it within a tenth of a second.',
        }
      : { document: { ...view, dataDir, latchedInBook: true }, text: stateText(view) }
  },
})

/** The state once the book has it; `undefined` where another process has the book, or there is none yet. */
async function latchInBook(
  options: Options & SharedOptions,
  terminal: Terminal,
  reason: string,
): Promise<DeskStateView | undefined> {
  try {
    return await withBook(options, terminal, ({ calls }) => calls.state.halt({ reason }))
  } catch (error) {
    const elsewhere = error instanceof StoreFault && error.code === 'STORE_BUSY'
    const none = error instanceof CommandRefusal && error.code === 'NO_BOOK'
    if (elsewhere || none) return undefined
    throw error
  }
}
