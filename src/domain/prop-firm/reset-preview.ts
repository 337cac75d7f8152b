import { divide, larger, say, sayPercent, type Dec } from '../kernel/money.ts'
import type { Reason } from '../kernel/reason.ts'
import { ok, type Result } from '../kernel/result.ts'
import { dayFloor, maximumFloor, type Floor } from './floors.ts'
import type { FirmHistory } from './history.ts'
import type { Program } from './program.ts'

/** What the next roll would do if prices stayed where they are. */
export interface ResetPreview {
  /** Floor of the day now and after the roll; `null` where the program has no day rule. */
  readonly now: Floor | null
  readonly next: Floor | null
  /** Floor of the account after the roll; `null` without such a rule. */
  readonly maximum: Floor | null
  /** Share of the next day's allowance that what floats now would have used at its first moment; `null` where none. */
  readonly used: Dec | null
  readonly says: string
}

/**
 * The floors just before and just after the next roll at the present balance and equity: a floating loss the old day
 * could bear may break the new one at once.
 */
export function resetPreview(program: Program, history: FirmHistory, nextRoll: number): Result<ResetPreview, Reason> {
  const after: FirmHistory = {
    ...history,
    rolls: [...history.rolls, { at: nextRoll, balance: history.balance, equity: history.equity }],
    dayPeakEquity: history.equity,
  }
  const maximum = program.maximum === null ? null : maximumFloor(program.maximum, after)
  const { day } = program
  if (day === null) return ok({ now: null, next: null, maximum, used: null, says: 'The program has no daily rule.' })
  const now = dayFloor(day, history)
  if (!now.ok) return now
  const next = dayFloor(day, after)
  if (!next.ok) return next
  const allowance = next.value.base.minus(next.value.floor)
  const lost = larger(allowance.minus(next.value.room), allowance.times(0))
  const used = allowance.gt(0) ? divide(lost, allowance) : null
  return ok({ now: now.value, next: next.value, maximum, used, says: sentence(now.value, next.value, used) })
}

function sentence(now: Floor, next: Floor, used: Dec | null): string {
  const moved = `At the roll the day’s floor goes from ${say(now.floor)} to ${say(next.floor)}`
  if (next.broken) {
    const late = now.broken ? '' : ' although it is not broken now'
    return `${moved}, and equity would stand below it at once${late}: reduce before the roll.`
  }
  const floating =
    used === null || used.isZero() ? '' : `; what floats now would use ${sayPercent(used)} of the new day`
  return `${moved}${floating}, and ${say(next.room)} would be left.`
}
