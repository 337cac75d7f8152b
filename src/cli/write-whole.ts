import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { CommandRefusal } from './command-refusal.ts'

/** Writes a file whole or not at all, in place of one that is there; refuses with the option that named it. */
export function writeWhole(path: string, text: string, option: string): void {
  const beside = `${path}.${process.pid}.part`
  try {
    writeFileSync(beside, text)
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandRefusal('STORE_IO', `${path} cannot be written: ${why}.`, option)
  }
}
