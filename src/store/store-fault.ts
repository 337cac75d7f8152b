import Database from 'better-sqlite3'
import { StoreFault, type StoreFaultCode } from '../desk/ports.ts'

/** Turns what SQLite or the file system threw into a fault with a sentence; other errors are bugs and pass unchanged. */
export function asStoreFault(error: unknown, doing: string): unknown {
  if (error instanceof StoreFault) return error
  const code = codeOf(error)
  if (code === undefined) return error
  const fault = faultCode(code)
  const detail = error instanceof Error ? error.message : code
  return new StoreFault(fault, `${doing} failed: ${sentence(fault, detail)}`, { cause: error })
}

/** Whether a fault leaves the open file in doubt, so that nothing more may be written through it. */
export function endsWriting(error: unknown): boolean {
  return error instanceof StoreFault && (error.code === 'STORE_IO' || error.code === 'LEDGER_UNVERIFIED')
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof Database.SqliteError) return error.code
  if (error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string')
    return error.code
  return undefined
}

function faultCode(code: string): StoreFaultCode {
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return 'STORE_FULL'
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'STORE_BUSY'
  if (code === 'SQLITE_NOTADB') return 'STORE_FOREIGN'
  if (code === 'ENOENT') return 'STORE_MISSING'
  if (code.startsWith('SQLITE_CONSTRAINT')) return 'CONFLICT'
  return 'STORE_IO'
}

const SENTENCES: Partial<Record<StoreFaultCode, (detail: string) => string>> = {
  STORE_FULL: (detail) => `the disk is full (${detail}); free some space and try again.`,
  STORE_BUSY: (detail) => `another program holds the file (${detail}); close it and try again.`,
  STORE_FOREIGN: (detail) => `the file is not a Ballast book (${detail}).`,
  STORE_MISSING: (detail) => `the file is not there (${detail}).`,
  CONFLICT: (detail) => `it does not fit what the book holds (${detail}).`,
}

function sentence(code: StoreFaultCode, detail: string): string {
  const inDoubt = `the file could not be read or written (${detail}); nothing was acknowledged, reopen the book.`
  return SENTENCES[code]?.(detail) ?? inDoubt
}
