import type { DecisionInputs } from '../domain/inputs.ts'
import type { Profile } from '../domain/profile.ts'
import type { Program } from '../domain/prop-firm/program.ts'
import { propFirmStanding } from '../domain/prop-firm/standing.ts'
import type { PropFirmStanding, Studies } from '../domain/studies.ts'
import { accountUnderProgram, type AccountUnderProgram, type ProgramStart } from './prop-firm-history.ts'
import { programOf } from './prop-firm-programs.ts'
import type { AccountRecord } from './ports.ts'
import type { Workspace } from './workspace.ts'

/** The program an account was given, as kept in the book. */
export interface GivenProgram extends ProgramStart {
  readonly programId: string
  /** Floors the firm's own screen showed, and when they were typed. */
  readonly floor: string | null
  readonly dayFloor: string | null
  readonly statedAt: number | null
}

const NOTHING: Studies = {
  market: null,
  correlation: null,
  sensors: [],
  regime: null,
  lastProfits: [],
  propFirm: null,
}

/** Key of the setting that keeps an account's program. */
export const programKey = (account: AccountRecord): string => `prop-firm:${account.accountId}`

/** The program an account was given; `null` where it has none. */
export function givenProgram(workspace: Workspace, account: AccountRecord): GivenProgram | null {
  // Safe: only the desk writes this setting, and it writes this shape.
  return (workspace.book.setting(programKey(account))?.value ?? null) as GivenProgram | null
}

/** The inputs of a decision with what the prop firm leaves, where the profile holds orders to it. */
export function withPropFirm(
  workspace: Workspace,
  account: AccountRecord,
  profile: Profile,
  inputs: DecisionInputs,
  at: number,
): DecisionInputs {
  if (!profile.ceilings.has('prop_firm')) return inputs
  const propFirm = standingOf(workspace, account, at)
  return { ...inputs, studies: { ...(inputs.studies ?? NOTHING), propFirm } }
}

/** What the prop firm's rules leave an account at an instant; `null` where it has no program. */
export function standingOf(workspace: Workspace, account: AccountRecord, at: number): PropFirmStanding | null {
  const given = givenProgram(workspace, account)
  if (given === null) return null
  return workspace.rememberAt(`prop-firm:${account.accountId}`, at, () => {
    const program = programOf(workspace, given.programId)
    const read = underProgram(workspace, account, program, given, at)
    if (!read.ok) return unknown(program, read.says)
    const { history } = read.value
    const standing = propFirmStanding(program, history, { floor: given.floor, dayFloor: given.dayFloor })
    return standing.ok ? standing.value : unknown(program, standing.error.says)
  })
}

/** The account's history under its program, or a sentence why its floors are not known. */
export function underProgram(
  workspace: Workspace,
  account: AccountRecord,
  program: Program,
  given: GivenProgram,
  at: number,
): { readonly ok: true; readonly value: AccountUnderProgram } | { readonly ok: false; readonly says: string } {
  const read = accountUnderProgram(workspace.book, account, program, given, at)
  if (!read.ok) return { ok: false, says: read.error.says }
  const missing = unseenPeak(program, given, read.value.lastRollAt)
  return missing === undefined ? read : { ok: false, says: missing }
}

/** A floor behind the highest equity is known to the firm alone: what its screen shows must have been typed since the roll. */
function unseenPeak(program: Program, given: GivenProgram, lastRollAt: number): string | undefined {
  const fresh = given.statedAt !== null && given.statedAt >= lastRollAt
  const unseen = [
    program.maximum?.floor === 'trailing_equity' && (given.floor === null || !fresh) ? 'maximum-loss floor' : '',
    program.day?.base === 'day_peak_equity' && (given.dayFloor === null || !fresh) ? 'daily floor' : '',
  ].filter(Boolean)
  if (unseen.length === 0) return undefined
  return `${program.firm} counts from the highest equity, which it alone sees at every moment: type the ${unseen.join(' and the ')} its screen shows, once in each of its days.`
}

function unknown(program: Program, fault: string): PropFirmStanding {
  const says = 'Not known.'
  return {
    program: `${program.firm} ${program.title}`,
    floor: null,
    floorSays: says,
    dayFloor: null,
    dayFloorSays: says,
    fault,
  }
}
