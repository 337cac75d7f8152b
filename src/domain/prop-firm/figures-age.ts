import type { Program, Sourced } from './program.ts'

/** Days after which figures that were read somewhere are called old. */
export const OLD_AFTER_DAYS = 90
const DAY_MS = 86_400_000

/** The oldest day on which a figure of a program was read, how many days ago that is, and whether that is too long. */
export interface FiguresAge {
  /** `YYYY-MM-DD`. */
  readonly read: string
  readonly days: number
  readonly old: boolean
  readonly says: string
}

/** How old the figures of a program are at an instant (UTC milliseconds). */
export function figuresAge(program: Program, now: number): FiguresAge {
  const sourced: readonly (Sourced | null)[] = [program.day, program.maximum, program.consistency, ...program.targets]
  const read = sourced.flatMap((one) => one?.read ?? []).sort()[0] ?? ''
  const days = Math.floor((now - Date.parse(`${read}T00:00:00Z`)) / DAY_MS)
  const old = !(days <= OLD_AFTER_DAYS)
  const whose = program.verified ? '' : ' They are not verified against the firm.'
  const check = old ? ` That is more than ${OLD_AFTER_DAYS} days: check them against the firm’s own page.` : ''
  return { read, days, old, says: `The figures were read on ${read}, ${days} days ago.${check}${whose}` }
}
