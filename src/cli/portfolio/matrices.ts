import { unpackMatrix } from '../../contract/matrix-codec.ts'
import type { StudyView } from '../../contract/portfolio/study.ts'
import { CommandRefusal } from '../command-refusal.ts'

/** Matrices of a study that can be asked for, with what stands on the diagonal. */
export const MATRICES = ['raw', 'shrunk', 'denoised', 'low', 'high', 'counts'] as const
/** One matrix of a study. */
export type MatrixName = (typeof MATRICES)[number]

/** The rows of a matrix of a study. */
export function rowsOf(view: StudyView, name: MatrixName): number[][] {
  const n = view.symbols.length
  const full = unpackMatrix(view[name], n, name === 'counts' ? view.periods : 1)
  return Array.from({ length: n }, (_, i) => [...full.subarray(i * n, (i + 1) * n)])
}

/** The name of a matrix as typed. */
export function matrixName(word: string | undefined): MatrixName {
  const found = MATRICES.find((name) => name === (word ?? 'denoised'))
  if (found !== undefined) return found
  throw new CommandRefusal('USAGE', `--matrix is «${word ?? ''}»: give one of ${MATRICES.join(', ')}.`, '--matrix')
}

/** A matrix as CSV with symbols in its first row and column; a cell that is not known is empty. */
export function matrixCsv(symbols: readonly string[], rows: readonly (readonly number[])[]): string {
  const cell = (value: number): string => (Number.isNaN(value) ? '' : String(value))
  const lines = rows.map((row, i) => [quoted(symbols[i] ?? ''), ...row.map(cell)].join(','))
  return `${['symbol', ...symbols.map(quoted)].join(',')}\n${lines.join('\n')}\n`
}

/** A spreadsheet would run what begins like a formula. */
function quoted(symbol: string): string {
  const guarded = /^[=+\-@\t\r]/.test(symbol) ? `'${symbol}` : symbol
  return /[",\n\r]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
