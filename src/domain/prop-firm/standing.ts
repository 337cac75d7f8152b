import { larger, readPositive, say, text, type Dec } from '../kernel/money.ts'
import type { Reason } from '../kernel/reason.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { PropFirmStanding } from '../studies.ts'
import { dayFloor, maximumFloor } from './floors.ts'
import type { FirmHistory } from './history.ts'
import type { Program } from './program.ts'

/** The floors the firm itself shows, typed by the trader; `null` where none was typed. Account currency. */
export interface StatedFloors {
  readonly floor: string | null
  readonly dayFloor: string | null
}

/**
 * The floors the governor holds an account to: the rules' own, or the firm's stated ones where these are higher. A rule
 * whose consequence is a warning sets no floor. Refuses where a base is not known.
 */
export function propFirmStanding(
  program: Program,
  history: FirmHistory,
  stated: StatedFloors,
): Result<PropFirmStanding, Reason> {
  const { maximum, day } = program
  const whole = maximum === null || maximum.consequence === 'warning' ? null : maximumFloor(maximum, history)
  const today = day === null || day.consequence === 'warning' ? null : dayFloor(day, history)
  if (today?.ok === false) return today
  const floor = withStated(whole, stated.floor, 'propFirm.statedFloor')
  if (!floor.ok) return floor
  const ofDay = withStated(today?.value ?? null, stated.dayFloor, 'propFirm.statedDayFloor')
  if (!ofDay.ok) return ofDay
  return ok({
    program: `${program.firm} ${program.title}`,
    floor: floor.value.floor,
    floorSays: floor.value.says,
    dayFloor: ofDay.value.floor,
    dayFloorSays: ofDay.value.says,
  })
}

interface Held {
  readonly floor: string | null
  readonly says: string
}

function withStated(
  own: { readonly safe: Dec; readonly says: string } | null,
  stated: string | null,
  field: string,
): Result<Held, Reason> {
  if (stated === null)
    return ok(own === null ? { floor: null, says: 'No rule.' } : { floor: text(own.safe), says: own.says })
  const read = readPositive(stated, field)
  if (!read.ok) return read
  if (own !== null && own.safe.gte(read.value)) return ok({ floor: text(own.safe), says: own.says })
  const floor = own === null ? read.value : larger(own.safe, read.value)
  return ok({ floor: text(floor), says: `${say(read.value)} as the firm shows it.` })
}
