import type { ProfileView } from '../contract/profile.ts'
import type { StrategyInput } from '../domain/inputs.ts'
import { methodById } from '../domain/sizing/registry.ts'
import { assignments, keepAssignments, type BeforeAssignment } from './profile-assignments.ts'
import { candidateText } from './profile-candidate.ts'
import { storedProfile } from './profile-in-force.ts'
import { pendingProfiles } from './profile-pending.ts'
import { dropPending, putProfile } from './profile-put.ts'
import { profileText, profileView } from './profile-view.ts'
import { DeskRefusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

/** Who is to be sized by what; `undefined` leaves a thing as it is, `null` takes a strategy back to the book's. */
export interface Assignment {
  readonly strategies: 'all' | readonly string[]
  readonly profile?: string | null | undefined
  readonly method?: string | null | undefined
  readonly reason?: string | undefined
}

/**
 * Sizes some strategies, or all orders, by a profile, a method, or both: effective for the next order, one row in the log
 * that names it all, and reversible. Limits that allow more than those in force wait for the next session.
 */
export function assign(workspace: Workspace, wanted: Assignment): ProfileView {
  const { profile, method, reason = '' } = wanted
  if (profile === undefined && method === undefined)
    throw new DeskRefusal('INPUT_MISSING', 'Name a profile, a method, or both.', 'profile')
  if (typeof method === 'string' && methodById(method) === undefined)
    throw new DeskRefusal('INPUT_OUT_OF_RANGE', `${method} is not a sizing method.`, 'method')
  const known = workspace.book.strategies()
  const chosen = chosenOf(known, wanted.strategies)
  const own = storedProfile(workspace, '')
  const former = assignments(workspace).strategies
  const before: BeforeAssignment = {
    strategies: former,
    methods: Object.fromEntries(method === undefined ? [] : chosen.map((one) => [one.code, one.method])),
    book: wanted.strategies === 'all' ? { name: own.name, hash: own.hash } : null,
    says: inWords(wanted, chosen),
  }
  if (wanted.strategies === 'all') assignToBook(workspace, wanted, reason)
  else if (profile !== undefined) assignToStrategies(workspace, chosen, profile, reason)
  if (method !== undefined) {
    for (const strategy of chosen) saveMethod(workspace, strategy, wanted.strategies === 'all' ? null : method)
  }
  if (wanted.strategies === 'all' && profile !== undefined)
    for (const code of Object.keys(former)) backToBook(workspace, code, reason)
  keepAssignments(workspace, { strategies: assignments(workspace).strategies, before }, `${before.says}${why(reason)}`)
  workspace.changed('profile')
  return profileView(workspace)
}

/** Takes the last assignment back: methods and profiles at once, limits that allow more from the next session on. */
export function undoAssignment(workspace: Workspace, reason = ''): ProfileView {
  const { before } = assignments(workspace)
  if (before === null) throw new DeskRefusal('NOT_FOUND', 'There is no assignment to take back.', 'assignment')
  for (const strategy of workspace.book.strategies()) {
    const method = before.methods[strategy.code]
    if (method !== undefined) saveMethod(workspace, strategy, method)
  }
  if (before.book !== null) putStored(workspace, '', before.book.name, before.book.hash, reason)
  const now = assignments(workspace).strategies
  for (const [code, { name, hash }] of Object.entries(before.strategies))
    if (now[code]?.hash !== hash) putStored(workspace, code, name, hash, reason)
  for (const code of Object.keys(now)) if (before.strategies[code] === undefined) backToBook(workspace, code, reason)
  const { strategies } = assignments(workspace)
  keepAssignments(workspace, { strategies, before: null }, `Taken back: ${before.says}${why(reason)}`)
  workspace.changed('profile')
  return profileView(workspace)
}

function chosenOf(known: readonly StrategyInput[], wanted: 'all' | readonly string[]): readonly StrategyInput[] {
  if (wanted === 'all') return known
  return wanted.map((code) => {
    const found = known.find((one) => one.code === code)
    if (found === undefined)
      throw new DeskRefusal('NOT_FOUND', `There is no strategy ${code} in this book.`, 'strategies')
    return found
  })
}

function assignToBook(workspace: Workspace, { profile, method }: Assignment, reason: string): void {
  if (profile === null || method === null)
    throw new DeskRefusal(
      'INPUT_OUT_OF_RANGE',
      'All orders need a profile and a method: name one.',
      profile === null ? 'profile' : 'method',
    )
  const { name, yaml } = candidateText(workspace, { name: profile, method })
  putProfile(workspace, { strategy: '', name, yaml, reason })
}

function assignToStrategies(
  workspace: Workspace,
  chosen: readonly StrategyInput[],
  profile: string | null,
  reason: string,
): void {
  for (const { code } of chosen) {
    if (profile === null) backToBook(workspace, code, reason)
    else putProfile(workspace, { strategy: code, name: profile, yaml: profileText(workspace, profile), reason })
  }
}

/** The book's profile may allow more than the strategy's own: what does is held back, as with any other profile. */
function backToBook(workspace: Workspace, code: string, reason: string): void {
  const own = workspace.book.activeProfile()
  if (own === undefined || assignments(workspace).strategies[code] === undefined) return
  putProfile(workspace, { strategy: code, name: own.name, yaml: own.yaml, reason })
  if (pendingProfiles(workspace).some(({ strategy }) => strategy === code)) return
  const { strategies, before } = assignments(workspace)
  const rest = Object.fromEntries(Object.entries(strategies).filter(([key]) => key !== code))
  keepAssignments(workspace, { strategies: rest, before }, `Strategy ${code} is sized by the book’s profile.`)
}

function putStored(workspace: Workspace, strategy: string, name: string, hash: string, reason: string): void {
  const record = workspace.book.profileByHash(hash)
  if (record === undefined)
    throw new DeskRefusal('NOT_FOUND', `The profile ${name} is no longer in the book.`, 'profile')
  if (pendingProfiles(workspace).some((one) => one.strategy === strategy)) dropPending(workspace, strategy)
  putProfile(workspace, { strategy, name, yaml: record.yaml, reason })
}

function saveMethod(workspace: Workspace, strategy: StrategyInput, method: string | null): void {
  if (strategy.method === method) return
  workspace.book.saveStrategy({ ...strategy, method }, workspace.options.ambient.now())
}

function inWords({ strategies, profile, method }: Assignment, chosen: readonly StrategyInput[]): string {
  const whom =
    strategies === 'all'
      ? 'All orders are'
      : `${chosen.map(({ code }) => code).join(', ')} ${chosen.length === 1 ? 'is' : 'are'}`
  const by = [
    profile === undefined ? [] : [profile === null ? 'the book’s profile' : `the profile ${profile}`],
    method === undefined ? [] : [method === null ? 'the profile’s method' : `the method ${method}`],
  ].flat()
  return `${whom} sized by ${by.join(' and ')}.`
}

const why = (reason: string): string => (reason === '' ? '' : ` Reason given: ${reason}`)
