import { describe, expect, it } from 'vitest'
import type { FileReader, ReadingProgress } from '../../../src/desk/import/file-reader.ts'
import { commitImport } from '../../../src/desk/import/commit-import.ts'
import type { ImportRoom } from '../../../src/desk/import/import-room.ts'
import { inspectFile } from '../../../src/desk/import/inspect-file.ts'
import { previewImport, readingProgress } from '../../../src/desk/import/preview-import.ts'
import type { Inspection, Preview } from '../../../src/desk/import/types.ts'
import { ImportThread } from '../../../src/workers/import-thread.ts'
import { bytesOf } from '../../importers/reading.ts'
import { importNow, look, NOW, temporaryRoom } from './temporary-room.ts'

const HEADER = 'Time,Open,High,Low,Close,Volume\n'
const minute = (n: number): string => {
  const close = (100 + (n % 97) / 100).toFixed(2)
  return `${new Date(Date.UTC(2024, 0, 1) + n * 60_000).toISOString()},100,101,99,${close},${n}\n`
}
/** Bars of more than two megabytes; each thousandth line is lost to a quote. */
const LINES = 50_000
const LOST = LINES / 1000
const BARS = LINES - LOST
const LARGE = bytesOf(
  HEADER + Array.from({ length: LINES }, (_, n) => (n % 1000 === 999 ? `"${minute(n)}` : minute(n))).join(''),
)

/** A desk that reads large files in a thread, and the threads it made. */
function threadedRoom(): ReturnType<typeof temporaryRoom> & { readonly threads: FileReader[] } {
  const threads: FileReader[] = []
  const besides = (): FileReader => {
    const thread = new ImportThread()
    threads.push(thread)
    return thread
  }
  return { ...temporaryRoom(), besides, threads }
}

interface Taken {
  readonly inspection: Inspection
  readonly wanted: Parameters<typeof previewImport>[1]
}

async function take(room: ImportRoom, content: Uint8Array | string = LARGE): Promise<Taken> {
  const inspection = await inspectFile(room, { fileName: 'SAP.csv', content })
  const best = inspection.candidates[0]
  if (best === undefined) throw new Error(inspection.says)
  return { inspection, wanted: { uploadId: inspection.uploadId, format: best.format, settings: best.settings } }
}

function write(room: ImportRoom, { wanted }: Taken, { previewId }: Preview): ReturnType<typeof commitImport> {
  return commitImport(room, { ...wanted, previewId, onProblem: 'skip-rows' })
}

describe('a large file', () => {
  it('is read in a thread of its own as it is within the desk, and the desk goes on meanwhile', async () => {
    const here = temporaryRoom()
    const there = threadedRoom()
    const near = await look(here, 'SAP.csv', LARGE)
    const far = await take(there)
    expect(there.threads).toHaveLength(1)
    expect({ ...far.inspection, uploadId: '' }).toEqual({ ...near.inspection, uploadId: '' })
    let turns = 0
    const shares = new Set<number>()
    const turn = setInterval(() => {
      turns++
      shares.add(readingProgress(there, far.inspection.uploadId).share)
    }, 1)
    const preview = await previewImport(there, far.wanted)
    clearInterval(turn)
    expect(turns).toBeGreaterThan(10)
    expect([...shares].filter((share) => share > 0 && share < 1).length).toBeGreaterThan(0)
    expect(preview.counts).toMatchObject({ fresh: BARS, rejected: LOST })
    const { previewId, ...shown } = near.preview
    expect({ ...preview, previewId }).toEqual({ ...shown, previewId })
    const done = await write(there, far, preview)
    expect(done).toMatchObject({ added: { bars: BARS }, skipped: LOST })
    expect(there.book.bars('SAP', '1m', NOW, LINES)).toHaveLength(BARS)
  })

  it('is no longer read once that is cancelled, and can be read again', async () => {
    const room = threadedRoom()
    const taken = await take(room)
    const cancel = new AbortController()
    const told: ReadingProgress[] = []
    const upload = room.uploads.get(taken.inspection.uploadId, room.clock.now)
    const reading = upload.reader.preview(
      room,
      { ...taken.wanted, previewId: 'p' },
      {
        signal: cancel.signal,
        tell: (progress) => {
          told.push(progress)
          cancel.abort()
        },
      },
    )
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(told).toHaveLength(1)
    expect(told[0]?.share).toBeLessThan(1)
    expect((await previewImport(room, taken.wanted)).counts.fresh).toBe(BARS)
    await expect(previewImport(room, taken.wanted, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('is read one way at a time: another preview takes the place of the one under way', async () => {
    const room = threadedRoom()
    const taken = await take(room)
    const first = expect(previewImport(room, taken.wanted)).rejects.toThrow(
      'another reading of the file took its place',
    )
    const settings = { ...taken.wanted.settings, timeZone: 'UTC' }
    const second = await previewImport(room, { ...taken.wanted, settings })
    await first
    expect(second.settings.timeZone).toBe('UTC')
  })

  it('is compared anew where the book changed since the preview, and written all the same', async () => {
    const room = threadedRoom()
    const taken = await take(room)
    const preview = await previewImport(room, taken.wanted)
    await importNow(room, 'SAP.csv', HEADER + [0, 1, 2].map(minute).join(''))
    expect(await write(room, taken, preview)).toMatchObject({ added: { bars: BARS - 3 }, known: 3 })
    expect(room.book.bars('SAP', '1m', NOW, LINES)).toHaveLength(BARS)
  })

  it('is written once, though it is asked for twice at a time', async () => {
    const room = threadedRoom()
    const taken = await take(room)
    const preview = await previewImport(room, taken.wanted)
    const both = await Promise.allSettled([write(room, taken, preview), write(room, taken, preview)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(room.book.batches()).toHaveLength(1)
    expect(room.book.bars('SAP', '1m', NOW, LINES)).toHaveLength(BARS)
  })

  it('is refused in the sentence its reader has for it, and forgotten', async () => {
    const room = threadedRoom()
    const content = new Uint8Array(3 * 1024 * 1024).fill(65)
    content[5000] = 0
    await expect(inspectFile(room, { fileName: 'a.csv', content })).rejects.toMatchObject({
      code: 'FILE_REFUSED',
      message: expect.stringContaining('zero bytes') as string,
      field: 'content',
    })
    const taken = await take(room)
    room.uploads.forget(taken.inspection.uploadId)
    await expect(previewImport(room, taken.wanted)).rejects.toMatchObject({ code: 'UPLOAD_GONE' })
  })

  it('is told by its base64 text as well, and a small one is read within the desk', async () => {
    const room = threadedRoom()
    await take(room, Buffer.from(LARGE).toString('base64'))
    expect(room.threads).toHaveLength(1)
    await take(room, Buffer.from(HEADER + minute(1) + minute(2)).toString('base64'))
    expect(room.threads).toHaveLength(1)
  })
})
