import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { PlannedRows, Watching } from '../desk/import/file-reader.ts'
import type { ReadingRoom } from '../desk/import/import-room.ts'
import { LocalReader } from '../desk/import/local-reader.ts'
import type { SourceFile } from '../desk/import/ports.ts'
import { NEVER } from '../desk/import/watching.ts'
import { StoreFault } from '../desk/ports.ts'
import { DeskRefusal } from '../desk/refusal.ts'
import { invariant } from '../domain/kernel/invariant.ts'
import { importShelf } from '../importers/registry.ts'
import { noteOpen } from '../store/book-file.ts'
import { bookShelf } from '../store/book-shelf.ts'
import type { NextRows, ReaderAnswer, ReaderCall, ReaderStart, ReadFor } from './import-messages.ts'

// Reads one large file in a thread of its own, and compares it with the book on a connection that cannot write.
const port = parentPort
invariant(port !== null, 'the import reader runs in a worker thread')

const reader = new LocalReader((workerData as ReaderStart).file ?? undefined)
// Nobody can be heard while this thread reads: it is stopped by ending it.
const watching: Watching = { signal: NEVER, tell: (progress) => send({ kind: 'progress', progress }) }
let rows: Iterator<PlannedRows> | undefined

port.on('message', (message: ReaderCall) => {
  answer(message).then(
    (found) => send({ kind: 'answer', answer: found }),
    (error: unknown) => send(refusalOf(error)),
  )
})

function send(message: ReaderAnswer): void {
  port?.postMessage(message)
}

async function answer(message: ReaderCall): Promise<unknown> {
  switch (message.call) {
    case 'inspect':
      return within(message.for, async (room) => {
        const seen = await reader.inspect(room, message.received)
        return { seen, file: shared(reader.file) }
      })
    case 'preview':
      return within(message.for, (room) => reader.preview(room, message.wanted, watching))
    case 'outlook':
      return within(message.for, (room) => reader.outlook(room, message.wanted, watching))
    case 'begin-rows':
      rows = reader.rows(message.previewId)
      return null
    case 'next-rows':
      return (rows?.next().value ?? null) satisfies NextRows
  }
}

async function within<Found>(
  { book: path, account, now }: ReadFor,
  read: (room: ReadingRoom) => Found | Promise<Found>,
): Promise<Found> {
  // This process has the book open: closing another handle of the file would drop the writer's locks.
  const endNote = noteOpen(path)
  const book = bookShelf(dirname(path), { now: () => now, newId: () => '' }).openReadOnly(path)
  try {
    const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')
    return await read({ book, account, ambient: { now: () => now, sha256 }, shelf: importShelf })
  } finally {
    book.close()
    endNote()
  }
}

/** The file with its bytes where every thread finds them without a copy. */
function shared(file: SourceFile): SourceFile {
  const bytes = new Uint8Array(new SharedArrayBuffer(file.bytes.byteLength))
  bytes.set(file.bytes)
  return { ...file, bytes }
}

function refusalOf(error: unknown): ReaderAnswer {
  if (error instanceof DeskRefusal)
    return { kind: 'refused', code: error.code, says: error.message, field: error.field }
  if (error instanceof StoreFault) return { kind: 'store-fault', code: error.code, says: error.message }
  return { kind: 'failed', error }
}
