import { readFileSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { ImportSettings, Inspection } from '../contract/imports.ts'
import { CommandRefusal } from './command-refusal.ts'
import { readPairs } from './read-pairs.ts'

/** Options that say how a file is read. */
export interface ReadingOptions {
  readonly format?: string
  readonly set?: readonly string[]
  readonly zone?: string
  readonly symbol?: string
}

/** Largest file that can be imported, in bytes. */
const MOST_BYTES = 64 * 2 ** 20

/** A file as the contract takes it; refuses one that is missing, no file, or too large. */
export function readUpload(file: string): { fileName: string; content: string } {
  const path = resolve(file)
  try {
    const { size } = statSync(path)
    if (size > MOST_BYTES)
      throw new CommandRefusal('FILE_REFUSED', `${file} is larger than 64 MiB: split it, and import the parts.`, 'file')
    return { fileName: basename(path), content: readFileSync(path).toString('base64') }
  } catch (error) {
    if (error instanceof CommandRefusal) throw error
    const code = (error as NodeJS.ErrnoException).code
    const says = code === 'EISDIR' ? 'is a folder: name a file in it' : `cannot be read (${String(code)})`
    throw new CommandRefusal('FILE_MISSING', `${path} ${says}.`, 'file')
  }
}

/** The format and settings to read a file with: the best guess, and over it what the options say. */
export function chooseReading(
  { candidates, says }: Inspection,
  options: ReadingOptions,
): { format: string; settings: ImportSettings } {
  const chosen =
    options.format === undefined ? candidates[0] : candidates.find(({ format }) => format === options.format)
  const format = chosen?.format ?? options.format
  if (format === undefined) throw new CommandRefusal('FILE_REFUSED', says, 'file')
  const stated: Record<string, unknown> = { ...chosen?.settings }
  if (options.zone !== undefined) stated['timeZone'] = options.zone
  if (options.symbol !== undefined) stated['symbol'] = options.symbol
  for (const [key, value] of readPairs(options.set ?? [], '--set')) put(stated, key, value)
  // What is not a setting is refused by the contract.
  return { format, settings: stated }
}

function put(settings: Record<string, unknown>, key: string, value: string): void {
  const [group = '', ...rest] = key.split('.')
  if (group === 'mapping' || group === 'corrections') {
    const member = rest.join('.')
    if (member === '') throw new CommandRefusal('USAGE', `--set ${key}: write it as ${group}.name=value.`, '--set')
    settings[group] = {
      ...(settings[group] as object | undefined),
      [member]: group === 'mapping' ? whole(key, value) : value,
    }
  } else if (key === 'headerLine') settings[key] = whole(key, value)
  // What is neither true nor false is refused by the contract.
  else if (key === 'bookOpening') settings[key] = value === 'true' ? true : value === 'false' ? false : value
  else if (key === 'delimiter') settings[key] = value === 'tab' || value === '\\t' ? '\t' : value
  else settings[key] = value
}

function whole(key: string, value: string): number {
  if (/^\d{1,6}$/.test(value)) return Number(value)
  throw new CommandRefusal('USAGE', `--set ${key} is «${value}»: give a whole number.`, '--set')
}
