import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type {
  FileReader,
  NamedReading,
  Outlook,
  PlannedRows,
  ReceivedFile,
  SeenFile,
  Watching,
} from '../desk/import/file-reader.ts'
import type { ReadingRoom } from '../desk/import/import-room.ts'
import type { SourceFile } from '../desk/import/ports.ts'
import type { Preview } from '../desk/import/types.ts'
import { NEVER } from '../desk/import/watching.ts'
import { StoreFault } from '../desk/ports.ts'
import { DeskRefusal } from '../desk/refusal.ts'
import { invariant } from '../domain/kernel/invariant.ts'
import type { NextRows, ReaderAnswer, ReaderCall, ReaderStart, ReadFor } from './import-messages.ts'

/** Heap of one reading, in megabytes: several times what the largest file needs. */
const HEAP = 4096
/** A thread that was asked nothing for so long gives its memory back; its file can be read again. */
const IDLE_MS = 5 * 60_000

/** Reads one file in a thread of its own while the calling one goes on. A new call ends the one under way. */
export class ImportThread implements FileReader {
  #file: SourceFile | null = null
  #worker: Worker | undefined
  #closed = false
  #idle: NodeJS.Timeout | undefined
  #refuse: ((why: Error) => void) | undefined

  async inspect(room: ReadingRoom, received: ReceivedFile, watching: Watching): Promise<SeenFile> {
    const call = { call: 'inspect', for: readFor(room), received } as const
    const { seen, file } = (await this.#ask(call, watching)) as { seen: SeenFile; file: SourceFile }
    this.#file = file
    // Nothing is worth keeping but the file, and nobody knows when it is asked for next.
    this.#end()
    return seen
  }

  async preview(room: ReadingRoom, wanted: NamedReading, watching: Watching): Promise<Preview> {
    return (await this.#ask({ call: 'preview', for: readFor(room), wanted }, watching)) as Preview
  }

  async outlook(room: ReadingRoom, wanted: NamedReading, watching: Watching): Promise<Outlook> {
    return (await this.#ask({ call: 'outlook', for: readFor(room), wanted }, watching)) as Outlook
  }

  async *rows(previewId: string): AsyncGenerator<PlannedRows, void> {
    const watching = { signal: NEVER, tell: () => undefined }
    await this.#ask({ call: 'begin-rows', previewId }, watching)
    for (;;) {
      const part = (await this.#ask({ call: 'next-rows' }, watching)) as NextRows
      if (part === null) return
      yield part
    }
  }

  rest(): void {
    this.#end()
  }

  close(): void {
    this.#closed = true
    this.#file = null
    this.#end(new DeskRefusal('UPLOAD_GONE', 'The file is no longer held: choose it again.', 'uploadId'))
  }

  #ask(call: ReaderCall, watching: Watching): Promise<unknown> {
    const { signal } = watching
    if (this.#refuse !== undefined) this.#end(stopped('another reading of the file took its place'))
    if (signal.aborted || this.#closed) return Promise.reject(stopped('nobody waits for it any more'))
    const worker = (this.#worker ??= this.#start())
    clearTimeout(this.#idle)
    worker.ref()
    return new Promise((resolve, reject) => {
      const cancel = (): void => this.#end(stopped('it was cancelled'))
      const settle = (): void => {
        this.#refuse = undefined
        signal.removeEventListener('abort', cancel)
        worker.off('message', hear)
        // Kept until the next call, but keeps no program alive.
        worker.unref()
      }
      const hear = (message: ReaderAnswer): void => {
        if (message.kind === 'progress') {
          watching.tell(message.progress)
          return
        }
        settle()
        this.#idle = setTimeout(() => this.#end(), IDLE_MS).unref()
        if (message.kind === 'answer') resolve(message.answer)
        else reject(asError(message))
      }
      this.#refuse = (why) => {
        settle()
        reject(why)
      }
      signal.addEventListener('abort', cancel, { once: true })
      worker.on('message', hear)
      worker.postMessage(call)
    })
  }

  #start(): Worker {
    const start: ReaderStart = { file: this.#file }
    const worker = new Worker(readerEntry(), { workerData: start, resourceLimits: { maxOldGenerationSizeMb: HEAP } })
    const lose = (why: Error): void => {
      if (this.#worker === worker) this.#end(why)
    }
    worker.on('error', (error) => lose(outOfMemory(error) ? tooMuch() : asIs(error)))
    worker.on('exit', () => lose(new Error('a reading thread ended before its answer')))
    return worker
  }

  /** Ends the thread; a call under way is refused with `why`. */
  #end(why: Error = stopped('it was cancelled')): void {
    const worker = this.#worker
    this.#worker = undefined
    clearTimeout(this.#idle)
    this.#refuse?.(why)
    void worker?.terminate()
  }
}

/** Where the thread's program is: beside this file when run from source, beside or one folder above it when bundled. */
function readerEntry(): URL {
  const name = import.meta.url.endsWith('.ts') ? 'import-reader.ts' : 'import-reader.js'
  const found = [`./${name}`, `../${name}`].map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url))
  invariant(found !== undefined, 'the import reader is built beside the program')
  return found
}

function readFor({ book, account, ambient }: ReadingRoom): ReadFor {
  return { book: book.info.path, account, now: ambient.now() }
}

function asError(message: Exclude<ReaderAnswer, { kind: 'progress' | 'answer' }>): Error {
  if (message.kind === 'refused') return new DeskRefusal(message.code, message.says, message.field)
  if (message.kind === 'store-fault') return new StoreFault(message.code, message.says)
  return asIs(message.error)
}

function asIs(error: unknown): Error {
  return error instanceof Error ? error : new Error(`a reading thread failed: ${String(error)}`)
}

function stopped(why: string): DeskRefusal {
  return new DeskRefusal('CANCELLED', `The reading of the file was stopped: ${why}. Nothing was written.`)
}

function outOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

function tooMuch(): DeskRefusal {
  const says = `Reading the file takes more than ${HEAP} MB of memory: split it and import the parts.`
  return new DeskRefusal('FILE_REFUSED', says, 'content')
}
