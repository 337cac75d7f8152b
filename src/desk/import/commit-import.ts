import type { StopSignal } from '../ports.ts'
import { DeskRefusal } from '../refusal.ts'
import type { NamedReading, Outlook, RowsByKind } from './file-reader.ts'
import type { ImportRoom } from './import-room.ts'
import { previewIdOf, type WantedReading } from './preview-import.ts'
import type { ImportDone, OnProblem } from './types.ts'
import type { Upload } from './uploads.ts'
import { NEVER, watchingOf } from './watching.ts'

/** Writes what a preview showed, all or nothing, as one batch. Refuses what was not previewed exactly so. */
export async function commitImport(
  room: ImportRoom,
  wanted: WantedReading & { readonly previewId: string; readonly onProblem: OnProblem },
  signal: StopSignal = NEVER,
): Promise<ImportDone> {
  const upload = room.uploads.get(wanted.uploadId, room.ambient.now())
  const previewId = previewIdOf(room, upload, wanted)
  if (wanted.previewId !== previewId || !upload.shown.has(previewId)) throw previewFirst()
  const { format, settings } = wanted
  const { outlook, rows, count } = await gather(room, upload, { previewId, format, settings }, wanted.onProblem, signal)
  // The rows took a while to come: another call may have imported the file, changed the book or opened another.
  room.refuseWriting(count)
  if (room.book.version() !== outlook.version) throw previewFirst()
  const result = room.book.importBatch({
    batchId: room.ambient.newId(),
    at: room.at,
    fileName: upload.seen.fileName,
    fileHash: upload.seen.fileHash,
    format: wanted.format,
    accountId: room.account.accountId,
    instruments: outlook.instruments,
    ...rows,
    skipped: outlook.skipped,
  })
  room.uploads.forget(upload.uploadId)
  const { added, known, conflicts } = result
  const written = added.fills + added.trades + added.cashFlows + added.bars + added.marks + added.rates
  const left = outlook.skipped.length === 0 ? '' : `, ${outlook.skipped.length} left out`
  return {
    batchId: result.batchId,
    added,
    known,
    skipped: outlook.skipped.length,
    conflicts,
    says: `${written} rows were imported, ${known} were known already${left}.`,
  }
}

async function gather(
  room: ImportRoom,
  upload: Upload,
  wanted: NamedReading,
  onProblem: OnProblem,
  signal: StopSignal,
): Promise<{ readonly outlook: Outlook; readonly rows: RowsByKind; readonly count: number }> {
  const outlook = await upload.reader.outlook(room, wanted, watchingOf(upload, signal))
  refuseOpen(outlook, onProblem)
  const rows = { fills: [], trades: [], cashFlows: [], bars: [], marks: [], rates: [] }
  let count = 0
  for await (const part of upload.reader.rows(wanted.previewId)) {
    const into: unknown[] = rows[part.kind]
    for (const row of part.rows) into.push(row)
    count += part.rows.length
  }
  upload.reader.rest()
  return { outlook, rows, count }
}

function previewFirst(): DeskRefusal {
  return new DeskRefusal(
    'PREVIEW_FIRST',
    'The file, its settings or the book changed since the preview: look at the preview again, then import.',
    'previewId',
  )
}

function refuseOpen({ question, fault, hasNew }: Outlook, onProblem: OnProblem): void {
  if (question !== null) {
    const field = question.setting === null ? 'settings' : `settings.${question.setting}`
    throw new DeskRefusal('QUESTION_OPEN', `${question.says} ${question.proposal}`, field)
  }
  if (onProblem === 'refuse-file' && fault !== null) {
    const where = fault.line > 0 ? `Line ${fault.line}: ` : ''
    throw new DeskRefusal(
      'FILE_REFUSED',
      `${where}${fault.says} Nothing was imported, as you chose for files with problems.`,
      'onProblem',
    )
  }
  if (!hasNew) {
    throw new DeskRefusal('NOTHING_NEW', 'Everything in this file that can be imported is in the book already.')
  }
}
