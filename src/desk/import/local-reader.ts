import { DeskRefusal } from '../refusal.ts'
import type {
  FileReader,
  NamedReading,
  Outlook,
  PlannedRows,
  ReceivedFile,
  RowsByKind,
  SeenFile,
  Watching,
} from './file-reader.ts'
import { formatOf, readingContext, type ReadingRoom } from './import-room.ts'
import { openQuestion, planImport, plannedRows, type ImportPlan } from './plan-import.ts'
import { IMPORT_KINDS, type SourceFile } from './ports.ts'
import { previewOf } from './preview-of.ts'
import { seenFile } from './seen-file.ts'
import type { Preview } from './types.ts'

/** Rows handed over at once: a fraction of a second's work for who takes them. */
const PART = 5_000

/** Reads a file within the calling thread, which does nothing else meanwhile. */
export class LocalReader implements FileReader {
  #file: SourceFile | undefined
  #last: { readonly previewId: string; readonly version: number; readonly plan: ImportPlan } | undefined

  constructor(file?: SourceFile) {
    this.#file = file
  }

  /** The file that was taken. */
  get file(): SourceFile {
    if (this.#file !== undefined) return this.#file
    throw new DeskRefusal('UPLOAD_GONE', 'The file is no longer held: choose it again.', 'uploadId')
  }

  async inspect(room: ReadingRoom, { fileName, content }: ReceivedFile): Promise<SeenFile> {
    const opened = await room.shelf.open(fileName, content)
    if (!opened.ok) throw new DeskRefusal('FILE_REFUSED', opened.error, 'content')
    this.#file = opened.value
    return seenFile(room, this.#once())
  }

  preview(room: ReadingRoom, wanted: NamedReading, watching: Watching): Preview {
    const plan = this.#plan(room, wanted, watching)
    return previewOf(room, this.file, plan, wanted)
  }

  outlook(room: ReadingRoom, wanted: NamedReading, watching: Watching): Outlook {
    const plan = this.#plan(room, wanted, watching)
    return {
      version: this.#last?.version ?? room.book.version(),
      question: openQuestion(plan) ?? null,
      fault: plan.problems.find(({ severity }) => severity !== 'warning') ?? null,
      hasNew: plannedRows(plan).some(({ status }) => status === 'new'),
      instruments: plan.instruments,
      skipped: plan.skipped,
    }
  }

  *rows(previewId: string): Generator<PlannedRows, void> {
    if (this.#last?.previewId !== previewId)
      throw new DeskRefusal('PREVIEW_FIRST', 'The file was read otherwise meanwhile: look at the preview again.')
    const { plan } = this.#last
    for (const kind of IMPORT_KINDS) {
      const planned: readonly { readonly row: RowsByKind[typeof kind][number] }[] = plan[kind]
      for (let at = 0; at < planned.length; at += PART) {
        yield { kind, rows: planned.slice(at, at + PART).map(({ row }) => row) } as PlannedRows
      }
    }
  }

  rest(): void {
    this.#last = undefined
  }

  close(): void {
    this.#file = undefined
    this.#last = undefined
  }

  /** The plan of this reading, made anew where the book has changed since, even while it was made. */
  #plan(room: ReadingRoom, { previewId, format, settings }: NamedReading, watching: Watching): ImportPlan {
    const known = this.#last?.previewId === previewId ? this.#last : undefined
    if (known?.version === room.book.version()) return known.plan
    const tell = (share: number): void => watching.tell({ stage: 'reading', share })
    // Two plans of a large file at a time may be more than there is memory.
    this.#last = undefined
    const read = formatOf(room, format).read(this.#once(), settings, readingContext(room, tell))
    if (!read.ok) throw new DeskRefusal('FILE_REFUSED', read.error, 'content')
    for (;;) {
      watching.tell({ stage: 'comparing', share: 1 })
      const version = room.book.version()
      const plan = planImport(room, read.value)
      if (room.book.version() !== version) continue
      this.#last = { previewId, version, plan }
      return plan
    }
  }

  /** The file as an object of its own: what formats remember of a file is forgotten with it, its decoded text above all. */
  #once(): SourceFile {
    return { ...this.file }
  }
}
