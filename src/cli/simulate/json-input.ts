import { CommandRefusal } from '../command-refusal.ts'
import type { Terminal } from '../terminal.ts'

/** Largest request on stdin, in bytes: a million numbers and more. */
const MOST_INPUT = 64 * 2 ** 20

/** One JSON object from stdin; empty where nothing was sent, or a person would have to type it. */
export async function jsonInput(terminal: Terminal): Promise<Readonly<Record<string, unknown>>> {
  const input = await terminal.input(MOST_INPUT)
  if (input?.whole === false)
    throw new CommandRefusal('INPUT_MALFORMED', 'The request on stdin is larger than 64 MiB.', 'stdin')
  if (input === undefined || input.text.trim() === '') return {}
  let read: unknown
  try {
    read = JSON.parse(input.text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandRefusal('INPUT_MALFORMED', `stdin is not one JSON document: ${why}.`, 'stdin')
  }
  if (isGroup(read)) return read
  throw new CommandRefusal('INPUT_MALFORMED', 'stdin must hold one JSON object: what is to be simulated.', 'stdin')
}

/** Whether a value is a JSON object. */
export function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
