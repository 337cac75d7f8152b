import { readFileSync } from 'node:fs'
import { CommandRefusal } from '../command-refusal.ts'
import { writeWhole } from '../write-whole.ts'
import { isGroup } from './json-input.ts'

/** What `--shard i/n` names. */
export interface Shard {
  readonly shard: number
  readonly shards: number
}

/** Reads `i/n`: shard i of n, from 1. */
export function readShard(given: string): Shard {
  const [, shard = '', shards = ''] = /^(\d{1,6})\/(\d{1,6})$/.exec(given) ?? []
  if (Number(shard) >= 1 && Number(shard) <= Number(shards)) return { shard: Number(shard), shards: Number(shards) }
  throw new CommandRefusal('USAGE', `--shard is «${given}»; give i/n, such as 3/7 for the third of seven.`, '--shard')
}

/** A part as a file holds it, with the equity its run begins with where one was given. */
export interface PartInFile {
  readonly part: string
  readonly startingEquity: string | undefined
}

/** Writes a part whole or not at all. */
export function writePart(path: string, document: object): void {
  writeWhole(path, `${JSON.stringify({ ok: true, ...document })}\n`, '--out')
}

/** The part in a file that `--shard` wrote, or that its answer was sent to. */
export function readPart(path: string): PartInFile {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandRefusal('NOT_FOUND', `${path} cannot be read: ${why}.`, 'files')
  }
  const part = partOf(text)
  if (part !== undefined) return part
  const says = `${path} is no part of a simulation, or its end is missing: make it with «ballast mc … --shard i/n --json».`
  throw new CommandRefusal('INPUT_MALFORMED', says, 'files')
}

function partOf(text: string): PartInFile | undefined {
  try {
    const read: unknown = JSON.parse(text)
    if (!isGroup(read) || typeof read['part'] !== 'string') return undefined
    const startingEquity = read['startingEquity']
    if (startingEquity !== undefined && typeof startingEquity !== 'string') return undefined
    return { part: read['part'], startingEquity }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
