import { CommandRefusal } from './command-refusal.ts'

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/

/** An instant as UTC epoch milliseconds, from these or from ISO 8601 with its zone; refuses what leaves the zone open. */
export function readInstant(text: string, option: string): number {
  if (/^\d{10,14}$/.test(text)) return Number(text)
  const at = ISO.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isFinite(at)) return at
  throw new CommandRefusal(
    'USAGE',
    `${option} is «${text}»: give an instant with its zone, such as 2026-10-30T20:00:00Z, or UTC epoch milliseconds.`,
    option,
  )
}
