import { existsSync } from 'node:fs'
import { StoreFault, type AuditRow } from '../desk/ports.ts'
import type { AuditReader } from './audit-log.ts'
import { journalTail } from './journal-file.ts'

/** What the journal lacks when a book is opened, and how to note it in the log; `note` is `undefined` when nothing does. */
export interface AnchorState {
  /** Rows of the log to add to the journal, in order. */
  readonly missing: readonly AuditRow[]
  readonly note: Readonly<Record<string, string>> | undefined
}

/** Most rows a crash or a power cut can leave out of the journal; more means that it was cut or replaced. */
const MOST_MISSING = 1_000

/**
 * Compares the end of the journal with the log. A journal that is a little behind is to be completed; one that is
 * missing or far behind stays without the rows it lacks, and says so for ever. Throws `LEDGER_UNVERIFIED`, and changes
 * nothing, where the journal knows rows that the book does not have or has differently.
 */
export function compareWithJournal(path: string, journalPath: string, log: AuditReader): AnchorState {
  const head = log.head()
  const tail = journalTail(journalPath)
  if (tail.kind === 'damaged') {
    throw unverified(path, `the last line of its journal ${journalPath} is damaged; restore the journal from a backup`)
  }
  if (tail.kind === 'empty') {
    if (head.seq === 0) return { missing: [], note: undefined }
    const event = existsSync(journalPath) ? 'journal-empty' : 'journal-missing'
    return { missing: [], note: { event, fromSeq: '1', untilSeq: String(head.seq) } }
  }
  const { seq, hash } = tail.row
  if (seq > head.seq) {
    const lost = seq - head.seq
    throw unverified(
      path,
      `its journal holds ${lost} later row${lost === 1 ? '' : 's'} (up to ${seq}) that the book has lost: an older file was put back or rows were removed; nothing was changed, restore the book from a backup`,
    )
  }
  if (log.row(seq)?.hash !== hash) {
    throw unverified(
      path,
      `row ${seq} of its log is not the row its journal has: the log was rewritten; nothing was changed`,
    )
  }
  if (seq === head.seq) return { missing: [], note: undefined }
  const near = head.seq - seq <= MOST_MISSING
  return {
    missing: near ? log.rows(seq + 1, MOST_MISSING) : [],
    note: {
      event: near ? 'journal-completed' : 'journal-gap',
      fromSeq: String(seq + 1),
      untilSeq: String(head.seq),
    },
  }
}

function unverified(path: string, says: string): StoreFault {
  return new StoreFault('LEDGER_UNVERIFIED', `${path} cannot be trusted: ${says}.`)
}
