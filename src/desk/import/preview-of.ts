import { importEffect } from './import-effect.ts'
import type { NamedReading } from './file-reader.ts'
import type { ReadingRoom } from './import-room.ts'
import { openQuestion, plannedRows, type ImportPlan } from './plan-import.ts'
import { IMPORT_KINDS, type SourceFile } from './ports.ts'
import { previewRows } from './preview-rows.ts'
import { statementChecks } from './statement-checks.ts'
import type { Preview } from './types.ts'

const MOST_SHOWN = 10_000

/** What writing a plan would do, as it is shown. */
export function previewOf(room: ReadingRoom, file: SourceFile, plan: ImportPlan, wanted: NamedReading): Preview {
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
    previewId: wanted.previewId,
    format: wanted.format,
    title: reading.title,
    fileName: file.receivedName,
    fileHash: file.hash,
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
