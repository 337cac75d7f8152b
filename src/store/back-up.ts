import { chmodSync, existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { StoreFault, type Verdict } from '../desk/ports.ts'
import { auditReader, readRowText } from './audit-log.ts'
import { journalPathOf } from './book-file.ts'
import { openForReading, type ReadConnection } from './connection.ts'
import { journalLines, openJournal } from './journal-file.ts'
import { asStoreFault } from './store-fault.ts'
import { verify } from './verify.ts'

/** A finished copy of a book: where it and its journal are, and what its own log was found to be. */
export interface BackUp {
  readonly path: string
  readonly journal: string
  readonly verdict: Verdict
}

const LINES = 500

/**
 * Copies a book, beside whoever writes it, to a file that is not there yet, with the lines of its journal up to the copy's
 * last row, and verifies the copy. A journal that contradicts the book is copied as it is. Throws `StoreFault`.
 */
export async function backUpBook(path: string, target: string): Promise<BackUp> {
  const copy = resolve(target)
  const journal = journalPathOf(copy)
  for (const taken of [copy, journal]) {
    if (existsSync(taken)) throw new StoreFault('CONFLICT', `${taken} is there already: name a new file.`)
  }
  const source = openForReading(path)
  try {
    await source.backup(copy)
    chmodSync(copy, 0o600)
  } catch (error) {
    throw asStoreFault(error, `Copying to ${copy}`)
  } finally {
    source.close()
  }
  const copied = openForReading(copy)
  try {
    copyJournal(journalPathOf(path), journal, copied)
    return { path: copy, journal, verdict: verify(copied, journal) }
  } catch (error) {
    throw asStoreFault(error, `Copying to ${copy}`)
  } finally {
    copied.close()
  }
}

function copyJournal(from: string, to: string, copied: ReadConnection): void {
  const last = auditReader(copied).head().seq
  const journal = openJournal(to)
  let lines: Buffer[] = []
  try {
    for (const line of journalLines(from)) {
      // The book may have grown since its pages were copied; a journal ahead of its book would tell of lost rows.
      if ((readRowText(line)?.seq ?? 0) > last) break
      lines.push(Buffer.from(`${line}\n`))
      if (lines.length < LINES) continue
      journal.append(lines)
      lines = []
    }
    if (lines.length > 0) journal.append(lines)
    journal.flushNow()
  } finally {
    journal.close()
  }
}
