import { closeSync, lstatSync, openSync, readSync, realpathSync, type Stats } from 'node:fs'
import { StoreFault } from '../desk/ports.ts'
import { MIGRATIONS } from './migrations/registry.ts'

/** `BLST` in the header of every book. */
export const APPLICATION_ID = 0x424c5354

/** Ending of book files. */
export const BOOK_ENDING = '.ballast'

const HEADER_BYTES = 100
const MAGIC = 'SQLite format 3\0'

// A process that opens and closes a file a second time drops the locks it holds on it: files this process has open are
// never read past SQLite.
const openHere = new Map<string, number>()

/** Path of the journal that anchors the log of a book. */
export const journalPathOf = (path: string): string => `${path}.journal.jsonl`

/** Path of the file whose lock says who writes a book. */
export const lockPathOf = (path: string): string => `${path}.lock`

/** Refuses, with the reason in a sentence and without changing a byte, whatever is not a book this build can open. */
export function refuseUnlessBook(path: string): void {
  const stats = lookAt(path)
  if (stats.isSymbolicLink()) throw foreign(path, 'is a symbolic link: open the file it points to')
  if (stats.isDirectory()) throw foreign(path, 'is a folder: name the book file in it')
  if (!stats.isFile()) throw foreign(path, 'is not an ordinary file: name a book file')
  if (stats.nlink > 1) {
    throw foreign(path, 'has a second name (hard link), which can corrupt it: remove the other name first')
  }
  if (stats.size === 0) throw foreign(path, 'is empty (0 bytes): restore it from a backup or remove it')
  if (openHere.has(realpathSync(path))) return
  const header = readHeader(path)
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, 16) !== MAGIC) {
    throw foreign(path, 'is not a Ballast book: its first bytes are of another kind of file')
  }
  refuseHeader(path, header.readInt32BE(68), header.readInt32BE(60))
}

/** Refuses the application id and structure number of anything but a book this build knows. */
export function refuseHeader(path: string, applicationId: number, structure: number): void {
  if (applicationId !== APPLICATION_ID) {
    throw foreign(path, 'is a database of another program: name a book made by Ballast')
  }
  if (structure > MIGRATIONS.length) {
    const says = `${path} was made by a newer Ballast (structure ${structure}, this one knows ${MIGRATIONS.length}): update Ballast to open it.`
    throw new StoreFault('STORE_NEWER', says)
  }
}

/** Notes that this process has a book open; the answer ends the note. */
export function noteOpen(path: string): () => void {
  const real = realpathSync(path)
  openHere.set(real, (openHere.get(real) ?? 0) + 1)
  let ended = false
  return () => {
    if (ended) return
    ended = true
    const left = (openHere.get(real) ?? 1) - 1
    if (left > 0) openHere.set(real, left)
    else openHere.delete(real)
  }
}

function lookAt(path: string): Stats {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats === undefined) {
    throw new StoreFault(
      'STORE_MISSING',
      `${path} is not there: choose another book or restore this one from a backup.`,
    )
  }
  return stats
}

function readHeader(path: string): Buffer {
  const file = openSync(path, 'r')
  try {
    const header = Buffer.alloc(HEADER_BYTES)
    return header.subarray(0, readSync(file, header, 0, HEADER_BYTES, 0))
  } finally {
    closeSync(file)
  }
}

function foreign(path: string, says: string): StoreFault {
  return new StoreFault('STORE_FOREIGN', `${path} ${says}.`)
}
