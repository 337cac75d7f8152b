import type { Verdict } from '../../src/desk/ports.ts'
import { journalPathOf } from '../../src/store/book-file.ts'
import { exampleDecision } from './example-decision.ts'
import { temporaryBook } from './temporary-shelf.ts'

/** Decisions of a closed book unless told otherwise. */
export const DECISIONS = 12

/** A closed book with its decisions in the rows from 2 on. */
export function closedBook(count = DECISIONS): {
  path: string
  journal: string
  verdict: () => Verdict
  reopen: () => void
} {
  const { book, shelf, path } = temporaryBook()
  for (let n = 1; n <= count; n++) book.recordDecision(exampleDecision(n))
  book.close()
  const verdict = (): Verdict => {
    const reader = shelf.openReadOnly(path)
    try {
      return reader.verify()
    } finally {
      reader.close()
    }
  }
  return { path, journal: journalPathOf(path), verdict, reopen: () => shelf.open(path).close() }
}
