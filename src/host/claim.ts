import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HostRefusal } from './host-refusal.ts'
import { markProcess, stillRuns, type ProcessMark } from './process-mark.ts'

/** Who has a data folder open. */
export type ClaimKind = 'desk' | 'window'

/** The right to have a data folder open, until it is released or the process ends. */
export interface Claim {
  /** Says where the desk host answers. */
  announce: (url: string) => void
  release: () => void
}

/** Takes a data folder for this process, making it if need be; refuses with DATA_DIR_IN_USE or DATA_DIR_READ_ONLY. */
export function claimDataDir(dataDir: string, kind: ClaimKind): Claim {
  const file = join(dataDir, 'open.json')
  const mark = { ...markProcess(), kind }
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    while (!written(file, mark)) removeDead(file, dataDir)
  } catch (error) {
    if (isReadOnly(error)) throw new HostRefusal('DATA_DIR_READ_ONLY', readOnly(dataDir))
    throw error
  }
  return {
    announce: (url) => {
      writeFileSync(`${file}.new`, JSON.stringify({ ...mark, url }), { mode: 0o600 })
      renameSync(`${file}.new`, file)
    },
    release: () => rmSync(file, { force: true }),
  }
}

function written(file: string, mark: object): boolean {
  try {
    writeFileSync(file, JSON.stringify(mark), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

// A claim of a process that is gone is moved aside first: of two starts only one can move it.
function removeDead(file: string, dataDir: string): void {
  const holder = readMark(file)
  if (holder !== undefined && stillRuns(holder)) {
    throw new HostRefusal(
      'DATA_DIR_IN_USE',
      `Process ${holder.pid} has ${dataDir} open; end it, or choose another folder with --data-dir.`,
    )
  }
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    rmSync(aside)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

function readMark(file: string): ProcessMark | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessMark
  } catch {
    return undefined
  }
}

const readOnly = (dataDir: string): string =>
  `${dataDir} cannot be written; choose another folder with --data-dir, or give yourself the right to write there.`
const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code
const isReadOnly = (error: unknown): boolean =>
  ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT'].includes(String(codeOf(error)))
