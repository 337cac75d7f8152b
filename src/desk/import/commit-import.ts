import { DeskRefusal } from '../refusal.ts'
import type { ImportRoom } from './import-room.ts'
import { plannedRows, type ImportPlan, type Planned } from './plan-import.ts'
import { openQuestion, planOf, previewIdOf, type WantedReading } from './preview-import.ts'
import type { ImportDone, OnProblem } from './types.ts'

/** Writes what a preview showed, all or nothing, as one batch. Refuses what was not previewed exactly so. */
export function commitImport(
  room: ImportRoom,
  wanted: WantedReading & { readonly previewId: string; readonly onProblem: OnProblem },
): ImportDone {
  const upload = room.uploads.get(wanted.uploadId, room.ambient.now())
  const previewId = previewIdOf(room, upload, wanted)
  if (wanted.previewId !== previewId || !upload.shown.has(previewId)) {
    throw new DeskRefusal(
      'PREVIEW_FIRST',
      'The file or its settings changed since the preview: look at the preview again, then import.',
      'previewId',
    )
  }
  const plan = planOf(room, upload, wanted, previewId)
  refuseOpen(plan, wanted.onProblem)
  const batchId = room.ambient.newId()
  const result = room.book.importBatch({
    batchId,
    at: room.at,
    fileName: upload.file.receivedName,
    fileHash: upload.file.hash,
    format: wanted.format,
    accountId: room.account.accountId,
    instruments: plan.instruments,
    fills: rowsOf(plan.fills),
    trades: rowsOf(plan.trades),
    cashFlows: rowsOf(plan.cashFlows),
    bars: rowsOf(plan.bars),
    marks: rowsOf(plan.marks),
    rates: rowsOf(plan.rates),
    skipped: plan.skipped,
  })
  room.uploads.forget(upload.uploadId)
  const { added, known, conflicts } = result
  const rows = added.fills + added.trades + added.cashFlows + added.bars + added.marks + added.rates
  const left = plan.skipped.length === 0 ? '' : `, ${plan.skipped.length} left out`
  return {
    batchId: result.batchId,
    added,
    known,
    skipped: plan.skipped.length,
    conflicts,
    says: `${rows} rows were imported, ${known} were known already${left}.`,
  }
}

function refuseOpen(plan: ImportPlan, onProblem: OnProblem): void {
  const question = openQuestion(plan)
  if (question !== undefined) {
    const field = question.setting === null ? 'settings' : `settings.${question.setting}`
    throw new DeskRefusal('QUESTION_OPEN', `${question.says} ${question.proposal}`, field)
  }
  const fault = plan.problems.find(({ severity }) => severity !== 'warning')
  if (onProblem === 'refuse-file' && fault !== undefined) {
    const where = fault.line > 0 ? `Line ${fault.line}: ` : ''
    throw new DeskRefusal(
      'FILE_REFUSED',
      `${where}${fault.says} Nothing was imported, as you chose for files with problems.`,
      'onProblem',
    )
  }
  if (!plannedRows(plan).some(({ status }) => status === 'new')) {
    throw new DeskRefusal('NOTHING_NEW', 'Everything in this file that can be imported is in the book already.')
  }
}

function rowsOf<Row>(planned: readonly Planned<Row>[]): readonly Row[] {
  return planned.map(({ row }) => row)
}
