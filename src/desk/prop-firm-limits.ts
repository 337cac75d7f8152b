import { openRisk } from '../domain/governor/open-risk.ts'
import { readDecimal, say, type Dec } from '../domain/kernel/money.ts'
import type { Book } from '../domain/book.ts'
import type { Profile } from '../domain/profile.ts'
import { dayFloor, maximumFloor, type Floor } from '../domain/prop-firm/floors.ts'
import { programOf } from './prop-firm-programs.ts'
import { givenProgram, underProgram } from './prop-firm-standing.ts'
import type { Workspace } from './workspace.ts'

/** One limit of a prop firm as it stands: what is used of the way from its base down to its floor. */
export interface FirmLimit {
  readonly title: string
  /** Account currency; `null` where it is not known. */
  readonly used: Dec | null
  readonly limit: Dec | null
  readonly says: string
}

/** The firm's limits of the account with what is at risk to the stops; none where the profile holds to no program. */
export function firmLimits(workspace: Workspace, book: Book, profile: Profile): readonly FirmLimit[] {
  if (!profile.ceilings.has('prop_firm')) return []
  const account = workspace.account()
  const given = givenProgram(workspace, account)
  if (given === null) {
    const says = 'No program is chosen for this account, so every order is refused.'
    return [{ title: 'Prop-firm floor', used: null, limit: null, says }]
  }
  const program = programOf(workspace, given.programId)
  const read = underProgram(workspace, account, program, given, workspace.readAt())
  if (!read.ok) return [{ title: `${program.firm} floor`, used: null, limit: null, says: read.says }]
  const { history } = read.value
  const { amount } = openRisk(book, profile.general.gapLoss)
  const of = (title: string, computed: Floor, stated: string | null): FirmLimit => {
    const shown = readDecimal(stated, 'propFirm.stated')
    const floor = shown.ok && shown.value.gt(computed.safe) ? shown.value : computed.safe
    const limit = computed.base.minus(floor)
    const used = limit.minus(history.equity.minus(floor)).plus(amount)
    const left = history.equity.minus(floor)
    return {
      title: `${program.firm} ${title}`,
      used: used.lt(0) ? used.times(0) : used,
      limit,
      says: `Equity may fall to ${say(floor)}: ${say(left)} away, ${say(amount)} of it at risk to the stops.`,
    }
  }
  const day = program.day === null ? undefined : dayFloor(program.day, history)
  return [
    ...(day?.ok === true ? [of('day', day.value, given.dayFloor)] : []),
    ...(program.maximum === null ? [] : [of('maximum', maximumFloor(program.maximum, history), given.floor)]),
  ]
}
