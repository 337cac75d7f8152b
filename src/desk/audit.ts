import type { Verdict as VerdictView } from '../contract/decisions.ts'
import { auditSentence } from './audit-sentence.ts'
import type { Workspace } from './workspace.ts'

/** The verdict on the audit log: the last known one, or that of a walk through the whole chain now. */
export function auditVerdict(workspace: Workspace, fresh: boolean): VerdictView {
  const { verdict, checkedAt } = workspace.verdict(fresh)
  return {
    verdict: verdict.verdict,
    rows: verdict.rows,
    head: verdict.verdict === 'broken' ? null : verdict.head,
    anchoredAt: verdict.verdict === 'verified-anchored' ? verdict.anchoredAt : null,
    since: verdict.verdict === 'verified-not-anchored' ? verdict.since : null,
    brokenAt: verdict.verdict === 'broken' ? verdict.at : null,
    checkedAt,
    says: verdict.says,
  }
}

/** Rows of the audit log, newest first, each with a line for a person. */
export function auditRows(
  workspace: Workspace,
  query: { readonly beforeSeq?: number | undefined; readonly limit?: number | undefined } | undefined,
): { seq: number; at: number; kind: string; says: string; hash: string }[] {
  const limit = query?.limit ?? 100
  const before = query?.beforeSeq ?? workspace.book.head().seq + 1
  const from = Math.max(1, before - limit)
  return [...workspace.book.auditRows(from, before - from)]
    .reverse()
    .map((row) => ({ seq: row.seq, at: row.at, kind: row.kind, says: auditSentence(row), hash: row.hash }))
}
