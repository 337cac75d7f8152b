import { resolve } from 'node:path'
import { defineCommand } from '../define-command.ts'
import { EXIT } from '../exit-code.ts'
import { dataDirOf, lastBookIn, withDesk } from '../open-book.ts'

export const backup = defineCommand({
  name: 'backup',
  words: '<file>',
  says: 'Copy a book to a new file with its journal, and verify the copy. A book in use is copied too.',
  examples: ['backup /media/stick/paper-2026-10-30.ballast', 'backup copy.ballast --book paper.ballast --json'],
  action: async (terminal, options, file = '') => {
    const dataDir = await dataDirOf(options)
    const book = resolve(options.book ?? (await lastBookIn(dataDir)))
    // No book is opened for writing: one that is in use is copied beside its writer.
    return withDesk({ dataDir, bookPath: null }, terminal, async ({ opened }) => {
      const { path, journal, verdict } = await opened.backUp(book, resolve(file))
      return {
        document: { book, file: path, journal, verdict: verdict.verdict, rows: verdict.rows, says: verdict.says },
        text: `${book} was copied to ${path}.\n${verdict.says}`,
        exit: verdict.verdict === 'broken' ? EXIT.auditBroken : EXIT.done,
      }
    })
  },
})
