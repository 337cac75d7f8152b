import fs from 'node:fs'
import type { AuditRow } from '../desk/ports.ts'
import { readRowText } from './audit-log.ts'
import { asStoreFault } from './store-fault.ts'

/** What stands at the end of a journal: nothing, a whole row, or something that is none. */
export type JournalTail =
  { readonly kind: 'empty' } | { readonly kind: 'row'; readonly row: AuditRow } | { readonly kind: 'damaged' }

/** The second file every row is written to before it is acknowledged: it anchors the log against cuts and rewrites. */
export interface JournalFile {
  /** Adds lines of rows, their line breaks included. They outlive this process when it returns, and a power cut once flushed. */
  append(lines: readonly Buffer[]): void
  /** Lengthens the file ahead of its lines with zeros, so that adding does not; they are cut when it is closed or reopened. */
  makeRoom(): void
  /** Starts forcing what was added to the disk, beside other work; a failure is thrown by the next `append`. */
  flush(): void
  /** Forces what was added to the disk before it returns. */
  flushNow(): void
  close(): void
}

const CHUNK = 1 << 20
/** Bytes kept free ahead of the lines once there was an idle moment. */
const ROOM = 1 << 20
/** Rows added without a flush before one is started on its own. */
const MOST_UNFLUSHED = 512

/** Opens a journal for adding, making it where there is none. Cuts a torn last line: its row was never acknowledged. */
export function openJournal(path: string): JournalFile {
  const file = guarded(path, () => fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600))
  let end = guarded(path, () => cutTornLine(file))
  let room = end
  let unflushed = 0
  let flushing = false
  let closed = false
  let failure: unknown
  const flush = (): void => {
    if (flushing || unflushed === 0) return
    flushing = true
    unflushed = 0
    fs.fdatasync(file, (error) => {
      flushing = false
      if (error !== null && !closed) failure = asStoreFault(error, `Flushing ${path}`)
    })
  }
  return {
    append(lines) {
      if (failure !== undefined) throw asStoreFault(failure, `Flushing ${path}`)
      const [first] = lines
      const bytes = lines.length === 1 && first !== undefined ? first : Buffer.concat(lines)
      guarded(path, () => writeWhole(file, bytes, end))
      end += bytes.length
      room = Math.max(room, end)
      unflushed += lines.length
      if (unflushed >= MOST_UNFLUSHED) flush()
    },
    makeRoom() {
      if (room - end >= ROOM / 2) return
      guarded(path, () => writeWhole(file, Buffer.alloc(end + ROOM - room), room))
      room = end + ROOM
      unflushed += 1
    },
    flush,
    flushNow() {
      guarded(path, () => fs.fdatasyncSync(file))
      unflushed = 0
    },
    close() {
      if (closed) return
      closed = true
      guarded(path, () => {
        fs.ftruncateSync(file, end)
        fs.fdatasyncSync(file)
      })
      fs.closeSync(file)
    },
  }
}

/** The last line of a journal that ends with a whole line; a torn rest after it is not looked at. */
export function journalTail(path: string): JournalTail {
  return guarded(path, () => {
    if (!fs.existsSync(path)) return { kind: 'empty' }
    const file = fs.openSync(path, 'r')
    try {
      const end = lastLineEnd(file, fs.fstatSync(file).size)
      if (end === 0) return { kind: 'empty' }
      const start = lastLineEnd(file, end - 1)
      const bytes = Buffer.alloc(end - 1 - start)
      fs.readSync(file, bytes, 0, bytes.length, start)
      const row = readRowText(bytes.toString('utf8'))
      return row === undefined ? { kind: 'damaged' } : { kind: 'row', row }
    } finally {
      fs.closeSync(file)
    }
  })
}

/** The whole lines of a journal in order, read as they are taken; a torn rest after the last is left out. */
export function* journalLines(path: string): Generator<string, undefined> {
  if (!fs.existsSync(path)) return undefined
  const file = guarded(path, () => fs.openSync(path, 'r'))
  try {
    const chunk = Buffer.alloc(CHUNK)
    let rest: Buffer = Buffer.alloc(0)
    for (
      let read = guarded(path, () => fs.readSync(file, chunk));
      read > 0;
      read = guarded(path, () => fs.readSync(file, chunk))
    ) {
      const bytes = Buffer.concat([rest, chunk.subarray(0, read)])
      let start = 0
      for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
        yield bytes.toString('utf8', start, end)
        start = end + 1
      }
      rest = bytes.subarray(start)
    }
  } finally {
    fs.closeSync(file)
  }
  return undefined
}

/** Answers where the whole lines end. */
function cutTornLine(file: number): number {
  const { size } = fs.fstatSync(file)
  const end = lastLineEnd(file, size)
  if (end < size) {
    fs.ftruncateSync(file, end)
    fs.fdatasyncSync(file)
  }
  return end
}

/** Position after the last line break before `end`; 0 where there is none. */
function lastLineEnd(file: number, end: number): number {
  const bytes = Buffer.alloc(64 * 1024)
  for (let until = end; until > 0;) {
    const from = Math.max(0, until - bytes.length)
    const read = fs.readSync(file, bytes, 0, until - from, from)
    const found = bytes.subarray(0, read).lastIndexOf(10)
    if (found !== -1) return from + found + 1
    until = from
  }
  return 0
}

function writeWhole(file: number, bytes: Buffer, position: number): void {
  for (let written = 0; written < bytes.length;) {
    written += fs.writeSync(file, bytes, written, bytes.length - written, position + written)
  }
}

function guarded<T>(path: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw asStoreFault(error, `The journal ${path}`)
  }
}
