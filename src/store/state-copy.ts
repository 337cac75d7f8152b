import fs from 'node:fs'
import { asStoreFault } from './store-fault.ts'

/** Path of the file beside a book that mirrors the desk's latched state. */
export const stateCopyPathOf = (path: string): string => `${path}.state`

/** The latch as the file beside a book has it; `undefined` where there is none, empty text where it cannot be read. */
export function readStateCopy(path: string): string | undefined {
  try {
    return fs.readFileSync(stateCopyPathOf(path), 'utf8')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : ''
  }
}

/** Mirrors a latch beside its book: whole or not at all, and on the disk when it returns. Throws `StoreFault`. */
export function writeStateCopy(path: string, latch: string): void {
  const target = stateCopyPathOf(path)
  const building = `${target}.new`
  try {
    const file = fs.openSync(building, 'w', 0o600)
    try {
      fs.writeSync(file, latch)
      fs.fdatasyncSync(file)
    } finally {
      fs.closeSync(file)
    }
    fs.renameSync(building, target)
  } catch (error) {
    throw asStoreFault(error, `Writing ${target}`)
  }
}
