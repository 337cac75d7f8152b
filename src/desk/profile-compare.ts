import { parse } from 'yaml'
import type { OutcomeLine, ProfileComparison, SideBySide } from '../contract/profile-change.ts'
import type { OrderRequest } from '../contract/sizing.ts'
import { valueBook } from '../domain/book.ts'
import { decide } from '../domain/governor/decide.ts'
import type { DecisionBody } from '../domain/governor/decision.ts'
import { canonical, type Plain } from '../domain/kernel/canonical.ts'
import { profileChanges, type RawProfile } from '../domain/profile-changes.ts'
import { nextDayStart } from '../domain/trading-day.ts'
import { breachNow } from './profile-breach.ts'
import { candidateText, type Candidate } from './profile-candidate.ts'
import { checkProfile } from './profile-check.ts'
import { storedProfile } from './profile-in-force.ts'
import { changeLine } from './profile-lines.ts'
import { isSetUp } from './profile-put.ts'
import { readProfileSource } from './profile-source.ts'
import { DeskRefusal } from './refusal.ts'
import { gatherOrder } from './size-order.ts'
import type { ActiveProfile, Workspace } from './workspace.ts'

/** Decisions shown side by side where nobody says how many. */
const FEW = 10

/** What a change would do: every setting that differs, and an order decided with and without it. Nothing is recorded. */
export function compareProfile(
  workspace: Workspace,
  { request, ...candidate }: Candidate & { readonly request?: OrderRequest | undefined },
): ProfileComparison {
  const now = storedProfile(workspace, '')
  const { name, yaml } = candidateText(workspace, candidate)
  const { faults, warnings } = checkProfile(yaml, `${name}.yaml`, workspace.book.strategies())
  const valid = faults.length === 0
  const changes = valid ? profileChanges(parse(now.yaml) as RawProfile, parse(yaml) as RawProfile) : []
  const before = checkProfile(now.yaml, `${now.name}.yaml`, workspace.book.strategies()).warnings.map(
    ({ says }) => says,
  )
  const loosens = changes.some(({ direction }) => direction === 'looser') && !isSetUp(workspace)
  return {
    name,
    changes: changes.map(changeLine),
    faults,
    warnings: warnings.filter(({ says }) => !before.includes(says)),
    loosensAt: loosens ? nextDayStart(workspace.now(), workspace.account()) : null,
    breach: loosens ? (breachNow(workspace) ?? null) : null,
    order: valid && request !== undefined ? orderBothWays(workspace, request, read(workspace, name, yaml)) : null,
  }
}

/** The last decisions of a strategy, or of all, beside what a candidate makes of the very same snapshots. */
export function sideBySide(
  workspace: Workspace,
  {
    strategy,
    limit = FEW,
    ...candidate
  }: Candidate & { readonly strategy?: string | undefined; readonly limit?: number | undefined },
): SideBySide[] {
  const { name, yaml } = candidateText(workspace, candidate, strategy ?? '')
  const { profile } = read(workspace, name, yaml)
  const { rows } = workspace.book.decisions({ limit, ...(strategy === undefined ? {} : { strategy }) })
  return rows.flatMap(({ decisionId, symbol, side }): SideBySide[] => {
    const recorded = workspace.book.decision(decisionId)
    const positions = recorded === undefined ? undefined : workspace.book.bookByHash(recorded.bookHash)
    if (recorded === undefined || positions === undefined) return []
    const { inputs } = recorded
    const own = inputs.strategy
    const asked =
      candidate.method === undefined || own === null ? inputs : { ...inputs, strategy: { ...own, method: null } }
    const other = decide(asked, valueBook(positions), profile)
    const used = workspace.book.profileByHash(inputs.profileHash)?.name ?? 'not kept'
    return [
      { decisionId, at: inputs.at, symbol, side, recorded: outcome(used, recorded.body), other: outcome(name, other) },
    ]
  })
}

function read(workspace: Workspace, name: string, yaml: string): ActiveProfile {
  const { profile, faults } = readProfileSource(yaml, `${name}.yaml`)
  if (profile === undefined)
    throw new DeskRefusal(faults[0]?.code ?? 'LIMITS_MISSING', faults.map(({ says }) => says).join(' '), faults[0]?.key)
  const hash = workspace.options.ambient.sha256(canonical(parse(yaml) as Plain))
  return { record: { name, version: 0, hash, yaml, at: workspace.now() }, profile }
}

function orderBothWays(
  workspace: Workspace,
  request: OrderRequest,
  candidate: ActiveProfile,
): NonNullable<ProfileComparison['order']> {
  const decided = (under?: ActiveProfile): DecisionBody => {
    const { inputs, valued, profile } = gatherOrder(workspace, { request }, under)
    return decide(inputs, valued.book, profile)
  }
  const [before, after] = [decided(), decided(candidate)]
  const old = new Map(before.ladder.map((rung) => [rung.rule, rung]))
  const now = new Map(after.ladder.map((rung) => [rung.rule, rung]))
  const rules = [...new Set([...now.keys(), ...old.keys()])]
  return {
    symbol: after.symbol,
    before: outcome(storedProfile(workspace, before.strategy ?? '').name, before),
    after: outcome(candidate.record.name, after),
    rungs: rules.map((rule) => {
      const [was, is] = [old.get(rule), now.get(rule)]
      return {
        rule,
        title: is?.title ?? was?.title ?? rule,
        before: was?.allows ?? null,
        after: is?.allows ?? null,
        state: was === undefined ? 'new' : is === undefined ? 'gone' : moved(was.allows, is.allows),
      }
    }),
  }
}

/** No number means that the rule does not limit this order. */
function moved(before: string | null, after: string | null): 'same' | 'tighter' | 'looser' {
  const [was, is] = [before === null ? Infinity : Number(before), after === null ? Infinity : Number(after)]
  return is === was ? 'same' : is < was ? 'tighter' : 'looser'
}

function outcome(profile: string, { method, outcome: word, quantity, binding, says }: DecisionBody): OutcomeLine {
  return { profile, method, outcome: word, quantity, binding, says }
}
