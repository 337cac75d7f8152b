import type { DeskStateView } from '../../contract/desk-state.ts'
import { asRefusal } from '../as-refusal.ts'
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
  says: 'Halt every desk of the data folder: nothing is sent except cancels. Works while the workstation runs, which sees it within a tenth of a second; it is loosened in the window alone.',
  examples: ['halt', 'halt --reason "the feed is wrong"'],
  options: (command) => void command.option('--reason <words>', 'why, for the log'),
  action: async (terminal, options) => {
    const dataDir = await dataDirOf(options)
    const says = options.reason ?? 'Halted from the command line.'
    const { haltFile } = await import('../../host/halt-file.ts')
    const file = haltFile(dataDir)
    // The file comes first: a desk that runs sees it at once, whoever has the book. A fault that stands there stays.
    const failed = file.keep({ halt: { at: Date.now(), says }, fault: file.read()?.fault ?? null })
    const { view, why } = await latchInBook(options, terminal, says)
    if (view !== undefined) return { document: { ...view, dataDir, latchedInBook: true }, text: stateText(view) }
    if (failed !== undefined)
      throw new CommandRefusal('STORE_IO', `The HALT file could not be written: ${failed}. Halt with Shift+F9.`)
    return {
      document: { state: 'HALTED', dataDir, latchedInBook: false, says: why },
      text: `HALTED: nothing is sent except cancels. ${why}`,
    }
  },
})

/** Codes of a book that another process has, and of none. */
const ELSEWHERE = new Set(['STORE_BUSY', 'NO_BOOK'])

/** The state once the book has it, or why it has not: the file halts all the same. */
async function latchInBook(
  options: Options & SharedOptions,
  terminal: Terminal,
  reason: string,
): Promise<{ readonly view?: DeskStateView; readonly why: string }> {
  try {
    return { view: await withBook(options, terminal, ({ calls }) => calls.state.halt({ reason })), why: '' }
  } catch (error) {
    const refusal = await asRefusal(error)
    if (refusal === undefined) throw error
    const why = ELSEWHERE.has(refusal.code)
      ? 'The desk that has the book open sees it within a tenth of a second.'
      : `The book could not keep it (${refusal.message}); every desk of the folder obeys the file HALT.`
    return { why }
  }
}
