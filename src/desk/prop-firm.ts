import type { FloorView, PropFirmView } from '../contract/prop-firm.ts'
import { plain } from '../domain/kernel/canonical.ts'
import { readPositive, rounded } from '../domain/kernel/money.ts'
import { consistency } from '../domain/prop-firm/consistency.ts'
import { dayFloor, maximumFloor, type Floor } from '../domain/prop-firm/floors.ts'
import type { Program } from '../domain/prop-firm/program.ts'
import { resetPreview } from '../domain/prop-firm/reset-preview.ts'
import { nextDayStart } from '../domain/trading-day.ts'
import type { AccountRecord } from './ports.ts'
import { breachNow } from './profile-breach.ts'
import { accountUnderProgram, firstBalance, type AccountUnderProgram } from './prop-firm-history.ts'
import { programOf, programView } from './prop-firm-programs.ts'
import { givenProgram, programKey, underProgram, type GivenProgram } from './prop-firm-standing.ts'
import { DeskRefusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

/** The account under its program as it stands now; `null` where it has none. */
export function propFirmView(workspace: Workspace): PropFirmView | null {
  const account = workspace.account()
  const given = givenProgram(workspace, account)
  return given === null ? null : viewOf(workspace, account, given)
}

/** Gives the account a program. Another one in its place needs a reason, and is refused while a limit is broken. */
export function assignProgram(
  workspace: Workspace,
  wanted: {
    readonly programId: string
    readonly initial?: string | undefined
    readonly startedAt?: number | undefined
    readonly reason?: string | undefined
  },
): PropFirmView {
  const { programId, reason = '' } = wanted
  const account = workspace.account()
  const program = programOf(workspace, programId)
  const former = givenProgram(workspace, account)
  if (former !== null) refuseEscape(workspace, reason)
  const now = workspace.now()
  const first = firstBalance(workspace.book, account, now)
  const initial = wanted.initial ?? first?.initial
  const startedAt = wanted.startedAt ?? first?.startedAt
  if (initial === undefined || startedAt === undefined)
    throw new DeskRefusal('INPUT_MISSING', 'The account has no first balance: state its equity first.', 'initial')
  const amount = readPositive(initial, 'initial')
  if (!amount.ok) throw new DeskRefusal(amount.error.code, amount.error.says, 'initial')
  if (startedAt > now) throw new DeskRefusal('CLOCK_ANOMALY', 'startedAt lies in the future.', 'startedAt')
  const read = accountUnderProgram(workspace.book, account, program, { initial, startedAt }, now)
  if (!read.ok && read.error.code === 'RECONCILE_DIFF')
    throw new DeskRefusal(read.error.code, read.error.says, 'initial')
  const given: GivenProgram = { programId, initial, startedAt, floor: null, dayFloor: null, statedAt: null }
  const why = reason === '' ? '' : ` Reason given: ${reason}`
  const instead = former === null ? '' : ` instead of ${former.programId}`
  keep(
    workspace,
    account,
    given,
    `Account ${account.name} runs under ${program.firm} ${program.title}${instead}.${why}`,
  )
  return viewOf(workspace, account, given)
}

/** Keeps the floors the firm's own screen shows; the higher of these and the computed ones holds. */
export function stateFloors(
  workspace: Workspace,
  stated: { readonly floor: string | null; readonly dayFloor: string | null },
): PropFirmView {
  const account = workspace.account()
  const given = givenProgram(workspace, account)
  if (given === null) throw new DeskRefusal('NOT_FOUND', 'The account has no program: choose one first.', 'programId')
  for (const [field, value] of Object.entries(stated)) {
    const read = value === null ? undefined : readPositive(value, field)
    if (read?.ok === false) throw new DeskRefusal(read.error.code, read.error.says, field)
  }
  const now = { ...given, ...stated, statedAt: workspace.now() }
  const shows = `${stated.floor ?? 'no floor'} in all and ${stated.dayFloor ?? 'no floor'} of the day`
  keep(workspace, account, now, `The firm shows ${shows}, as typed.`)
  return viewOf(workspace, account, now)
}

/** Takes the account out of its program; a profile that holds orders to one then refuses them all. */
export function dropProgram(workspace: Workspace, reason: string): null {
  const account = workspace.account()
  const given = givenProgram(workspace, account)
  if (given === null) throw new DeskRefusal('NOT_FOUND', 'The account has no program.', 'programId')
  refuseEscape(workspace, reason)
  keep(workspace, account, null, `Account ${account.name} left the program ${given.programId}. Reason given: ${reason}`)
  return null
}

function refuseEscape(workspace: Workspace, reason: string): void {
  if (reason.trim() === '')
    throw new DeskRefusal('INPUT_MISSING', 'The account has a program already: say why it changes.', 'reason')
  const broken = breachNow(workspace)
  if (broken !== undefined)
    throw new DeskRefusal('RESTRICTED', `${broken} is over its limit: the program stays during a breach.`, 'programId')
}

function keep(workspace: Workspace, account: AccountRecord, given: GivenProgram | null, says: string): void {
  const value = plain(given)
  workspace.book.saveSetting({ key: programKey(account), value, kind: 'limit', says }, workspace.options.ambient.now())
  workspace.changed('profile')
}

function viewOf(workspace: Workspace, account: AccountRecord, given: GivenProgram): PropFirmView {
  const program = programOf(workspace, given.programId)
  const now = workspace.now()
  const read = underProgram(workspace, account, program, given, workspace.readAt())
  const profile = workspace.book.activeProfile() === undefined ? undefined : workspace.activeProfile().profile
  return {
    program: programView(workspace, program),
    initial: given.initial,
    startedAt: given.startedAt,
    stated: { floor: given.floor, dayFloor: given.dayFloor, at: given.statedAt },
    currency: account.currency,
    fault: read.ok ? null : read.says,
    rollsAt: nextDayStart(now, program.roll),
    held: profile?.ceilings.has('prop_firm') === true,
    ...(read.ok ? standingView(program, read.value, nextDayStart(now, program.roll)) : UNKNOWN),
  }
}

const UNKNOWN = {
  balance: null,
  equity: null,
  day: null,
  maximum: null,
  preview: null,
  targets: [],
  consistency: null,
} satisfies Partial<PropFirmView>

function standingView(program: Program, { history, dayProfits, tradedDays }: AccountUnderProgram, nextRoll: number) {
  const day = program.day === null ? null : dayFloor(program.day, history)
  const preview = resetPreview(program, history, nextRoll)
  const made = dayProfits.reduce((sum, profit) => sum.plus(profit), history.initial.times(0))
  const steady = program.consistency === null ? null : consistency(program.consistency, dayProfits)
  return {
    balance: rounded(history.balance),
    equity: rounded(history.equity),
    day: day?.ok === true ? floorView(day.value) : null,
    maximum: program.maximum === null ? null : floorView(maximumFloor(program.maximum, history)),
    preview: preview.ok ? preview.value.says : preview.error.says,
    targets: program.targets.map(({ phase, share, leastDays }) => {
      const needed = history.initial.times(share)
      return {
        phase,
        needed: rounded(needed),
        made: rounded(made),
        days: tradedDays,
        leastDays,
        met: made.gte(needed) && tradedDays >= leastDays,
      }
    }),
    consistency: steady === null ? null : { met: steady.met, says: steady.says },
  }
}

function floorView({ floor, room, broken, locked, says }: Floor): FloorView {
  return { floor: rounded(floor), room: rounded(room), broken, locked, says }
}
