import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Log } from './log.ts'

/** Which book of a data folder was open last; undefined when none was, or when it is no longer there. */
export function readLastBook(dataDir: string): string | undefined {
  const file = fileOf(dataDir)
  if (!existsSync(file)) return undefined
  const path = join(dataDir, readFileSync(file, 'utf8').trim())
  return existsSync(path) ? path : undefined
}

/** Keeps which book is open, so that the next start opens it again; a failure is logged and costs a click. */
export function keepLastBook(dataDir: string, path: string, log: Log): void {
  try {
    writeFileSync(`${fileOf(dataDir)}.new`, `${relative(dataDir, path)}\n`, { mode: 0o600 })
    renameSync(`${fileOf(dataDir)}.new`, fileOf(dataDir))
  } catch (error) {
    log.warn({ err: error }, 'which book is open could not be kept')
  }
}

const fileOf = (dataDir: string): string => join(dataDir, 'last-book')
