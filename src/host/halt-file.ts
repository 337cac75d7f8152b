import fs from 'node:fs'
import { join } from 'node:path'
import { REASON_CODES, type HaltFile, type HaltNote, type ReasonCode } from '../desk/state/ports.ts'

/** Name of the file that halts every book of its folder while it is there. */
export const HALT_FILE = 'HALT'
/** Kept free so that a halt can be written on a full disk. */
const RESERVE_BYTES = 8 * 1024 * 1024

/** The `HALT` file of a data folder, with a reserve of disk space that a halt on a full disk gives up. */
export function haltFile(dataDir: string): HaltFile & {
  /** Sets the reserve aside; a disk without room for it is left as it is, and the answer is false. */
  reserve(): boolean
} {
  const path = join(dataDir, HALT_FILE)
  const reserve = join(dataDir, '.halt-reserve')
  return {
    read() {
      if (!fs.existsSync(path)) return undefined
      return readNote(path) ?? unreadable(path)
    },
    keep(note) {
      if (note.halt === null && note.fault === null) return attempt(() => fs.rmSync(path, { force: true }))
      const write = (): void => writeNote(path, note)
      const failed = attempt(write)
      if (failed === undefined) return undefined
      // Whatever is wrong, room cannot make it worse: the reserve is for this moment.
      return attempt(() => {
        fs.rmSync(reserve, { force: true })
        write()
      })
    },
    reserve() {
      return attempt(() => setAside(reserve)) === undefined
    },
  }
}

function attempt(act: () => void): string | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The name alone halts: it is there even where the words do not fit. */
function writeNote(path: string, note: HaltNote): void {
  const file = fs.openSync(path, 'w', 0o600)
  try {
    fs.writeFileSync(file, `${JSON.stringify({ schema: 1, ...note })}\n`)
    fs.fdatasyncSync(file)
  } finally {
    fs.closeSync(file)
  }
}

function setAside(reserve: string): void {
  if (fs.existsSync(reserve) && fs.statSync(reserve).size === RESERVE_BYTES) return
  try {
    // Written out: a file of holes would reserve nothing.
    fs.writeFileSync(reserve, Buffer.alloc(RESERVE_BYTES, 0x5a), { mode: 0o600 })
  } catch (error) {
    fs.rmSync(reserve, { force: true })
    throw error
  }
}

function readNote(path: string): HaltNote | undefined {
  try {
    const { schema, halt, fault } = JSON.parse(fs.readFileSync(path, 'utf8')) as Readonly<Record<string, unknown>>
    if (schema !== 1 || !isEntry(halt) || !isEntry(fault) || (halt === null && fault === null)) return undefined
    if (fault !== null && !isCode(fault['code'])) return undefined
    // Safe: both entries were looked at member by member.
    return { halt, fault } as unknown as HaltNote
  } catch {
    return undefined
  }
}

function unreadable(path: string): HaltNote {
  const at = fs.existsSync(path) ? Math.floor(fs.statSync(path).mtimeMs) : 0
  return { halt: { at, says: 'The file HALT is in the data folder, and says nothing that can be read.' }, fault: null }
}

function isEntry(value: unknown): value is Readonly<Record<string, unknown>> | null {
  if (value === null) return true
  if (typeof value !== 'object') return false
  const { at, says } = value as Readonly<Record<string, unknown>>
  return Number.isFinite(at) && typeof says === 'string' && says.length > 0
}

function isCode(value: unknown): value is ReasonCode {
  return (REASON_CODES as readonly unknown[]).includes(value)
}
