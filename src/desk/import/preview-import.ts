import { canonical, type Plain } from '../../domain/kernel/canonical.ts'
import { DeskRefusal } from '../refusal.ts'
import { importEffect } from './import-effect.ts'
import { formatOf, readingContext, type ImportRoom } from './import-room.ts'
import { planImport, plannedRows, type ImportPlan } from './plan-import.ts'
import { IMPORT_KINDS, type ImportSettings } from './ports.ts'
import { previewRows } from './preview-rows.ts'
import { statementChecks } from './statement-checks.ts'
import type { Preview } from './types.ts'
import type { Upload } from './uploads.ts'

const MOST_SHOWN = 10_000

/** Which file is read how. */
export interface WantedReading {
  readonly uploadId: string
  readonly format: string
  readonly settings: ImportSettings
}

/** Reads the whole file with these settings and shows what an import would do. Nothing is written. */
export function previewImport(room: ImportRoom, wanted: WantedReading): Preview {
  const upload = room.uploads.get(wanted.uploadId, room.ambient.now())
  const previewId = previewIdOf(room, upload, wanted)
  const plan = planOf(room, upload, wanted, previewId)
  upload.shown.add(previewId)
  const { reading } = plan
  const effect = importEffect(room, plan)
  const rows = plannedRows(plan)
  const count = (status: string): number => rows.filter((row) => row.status === status).length
  const counts = {
    fresh: count('new'),
    known: count('known'),
    twins: plan.twins,
    conflicts: count('conflict'),
    rejected: new Set(
      plan.problems.filter(({ severity, line }) => severity === 'error' && line > 0).map(({ line }) => line),
    ).size,
    questions: plan.problems.filter(({ severity }) => severity === 'question').length,
  }
  const open = openQuestion(plan)
  const span = spanOf(plan)
  return {
    previewId,
    format: wanted.format,
    title: reading.title,
    fileName: upload.file.receivedName,
    fileHash: upload.file.hash,
    settings: reading.settings,
    rows: reading.rows,
    counts,
    kinds: IMPORT_KINDS.map((kind) => kindCount(kind, plan)).filter(({ found }) => found > 0),
    ...span,
    first: previewRows(plan),
    problems: plan.problems.slice(0, MOST_SHOWN),
    problemCounts: {
      error: plan.problems.filter(({ severity }) => severity === 'error').length,
      warning: plan.problems.filter(({ severity }) => severity === 'warning').length,
      question: counts.questions,
    },
    skipped: plan.skipped.slice(0, MOST_SHOWN),
    skippedCount: plan.skipped.length,
    notes: reading.notes,
    instruments: plan.instruments,
    effect,
    statement: statementChecks(room, plan, effect),
    committable: open === undefined && counts.fresh > 0,
    says: open?.says ?? summary(counts),
  }
}

/** The plan of a preview, made anew where the book has changed since. */
export function planOf(room: ImportRoom, upload: Upload, wanted: WantedReading, previewId: string): ImportPlan {
  const version = room.book.version()
  if (upload.last?.previewId === previewId && upload.last.version === version) return upload.last.plan
  const read = formatOf(room, wanted.format).read(upload.file, wanted.settings, readingContext(room))
  if (!read.ok) throw new DeskRefusal('FILE_REFUSED', read.error, 'content')
  const plan = planImport(room, read.value)
  upload.last = { previewId, version, plan }
  return plan
}

/** Names one file read with one set of settings into one account. */
export function previewIdOf(room: ImportRoom, upload: Upload, wanted: WantedReading): string {
  const { format, settings } = wanted
  const named = {
    book: room.book.info.bookId,
    account: room.account.accountId,
    file: upload.file.hash,
    format,
    settings,
  }
  return room.ambient.sha256(canonical(named as unknown as Plain))
}

/** A question about the whole file, which must be answered first. */
export function openQuestion(plan: ImportPlan): ImportPlan['problems'][number] | undefined {
  return plan.problems.find(({ severity, line }) => severity === 'question' && line === 0)
}

function kindCount(kind: (typeof IMPORT_KINDS)[number], plan: ImportPlan): Preview['kinds'][number] {
  const rows = plan[kind]
  return {
    kind,
    found: rows.length,
    fresh: rows.filter(({ status }) => status === 'new').length,
    known: rows.filter(({ status }) => status === 'known').length,
  }
}

function spanOf(plan: ImportPlan): { readonly from: number | null; readonly to: number | null } {
  let from = Infinity
  let to = -Infinity
  const widen = (at: number): void => {
    from = Math.min(from, at)
    to = Math.max(to, at)
  }
  for (const { row } of [...plan.fills, ...plan.cashFlows, ...plan.bars, ...plan.marks, ...plan.rates]) widen(row.at)
  for (const { row } of plan.trades) {
    widen(row.entryAt)
    widen(row.exitAt)
  }
  return from === Infinity ? { from: null, to: null } : { from, to }
}

function summary(counts: Preview['counts']): string {
  if (counts.fresh === 0 && counts.known > 0)
    return 'Everything in this file is in the book already: importing it adds nothing.'
  if (counts.fresh === 0) return 'Nothing in this file can be imported as it is read now.'
  return `${counts.fresh} rows are new and ${counts.known} known already; nothing has been written yet.`
}
