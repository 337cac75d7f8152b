import type { AuditRow } from '../desk/ports.ts'

/** How rows of the audit log are written. */
export type ExportFormat = 'jsonl' | 'csv'

const COLUMNS = ['seq', 'at', 'time', 'kind', 'previous', 'hash', 'body'] as const

/** Rows as text, one line each. The body stays the text that was hashed. */
export function* auditLines(rows: Iterable<AuditRow>, format: ExportFormat): Generator<string, void> {
  if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`
  for (const { seq, at, kind, body, previous, hash } of rows) {
    if (format === 'jsonl') yield `${JSON.stringify({ seq, at, kind, previous, hash, body })}\n`
    else {
      const cells = [seq, at, new Date(at).toISOString(), kind, previous, hash, body]
      yield `${cells.map((cell) => csvCell(String(cell))).join(',')}\r\n`
    }
  }
}

/** A cell that no spreadsheet takes for a formula. */
function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
