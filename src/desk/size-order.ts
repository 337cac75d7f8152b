import type { OrderRequest, RecordedDecision as RecordedView } from '../contract/sizing.ts'
import { decide } from '../domain/governor/decide.ts'
import type { DecisionBody } from '../domain/governor/decision.ts'
import type { DeskInput } from '../domain/desk-input.ts'
import type { DecisionInputs } from '../domain/inputs.ts'
import type { Profile } from '../domain/profile.ts'
import { METHODS } from '../domain/sizing/registry.ts'
import type { QuoteReadings } from './feed/live-market.ts'
import { gatherInputs } from './gather.ts'
import type { RecordedDecision } from './ports.ts'
import { keepForReplay, storedProfile } from './profile-in-force.ts'
import { readProfileSource } from './profile-source.ts'
import { withPropFirm } from './prop-firm-standing.ts'
import { DeskRefusal } from './refusal.ts'
import type { StudyFrame } from './studies.ts'
import type { ActiveProfile, Workspace } from './workspace.ts'
import type { BookInput } from '../domain/inputs.ts'

/** What is asked of the desk, and for when. */
export interface SizeOrder {
  readonly request: OrderRequest
  readonly accountId?: string | undefined
  readonly asOf?: number | undefined
  /** An exit that is part of flattening everything: it passes in a desk that is halted. */
  readonly flattens?: boolean
}

/** Another book than the present one, and what else is studied together with what it holds. */
export interface OtherBook {
  readonly valued: ReturnType<Workspace['valuedBook']>
  readonly held: readonly string[]
}

interface Made {
  readonly body: DecisionBody
  readonly inputs: DecisionInputs
  readonly book: BookInput
  readonly active: ActiveProfile
}

/** Decides without recording: what the ticket shows while one types. */
export function previewOrder(workspace: Workspace, order: SizeOrder): DecisionBody {
  return make(workspace, order).body
}

/** Gathers, decides and records one order; the answer is durable. The same id again answers with the first decision. */
export function decideOrder(
  workspace: Workspace,
  order: SizeOrder & { readonly decisionId?: string | undefined },
): RecordedView {
  const { ambient } = workspace.options
  const earlier = order.decisionId === undefined ? undefined : workspace.book.decision(order.decisionId)
  if (earlier !== undefined) return recordedView(workspace, earlier)
  const { body, inputs, book, active } = make(workspace, order)
  keepForReplay(workspace, active)
  const recorded = workspace.book.recordDecision({
    decisionId: order.decisionId ?? ambient.newId(),
    recordedAt: ambient.now(),
    inputs,
    book,
    bookHash: inputs.bookHash,
    body,
  })
  workspace.changed('decision')
  return recordedView(workspace, recorded)
}

/** A stored decision as it is shown. */
export function recordedView(workspace: Workspace, recorded: RecordedDecision): RecordedView {
  const used = workspace.book.profileByHash(recorded.inputs.profileHash)
  return {
    ...shown(recorded.body),
    decisionId: recorded.decisionId,
    seq: recorded.seq,
    recordedAt: recorded.recordedAt,
    hash: recorded.hash,
    profile: { name: used?.name ?? 'not kept', version: used?.version ?? 0, hash: recorded.inputs.profileHash },
  }
}

/** The sizing methods for a picker, as the book's profile sets them. */
export function listMethods(workspace: Workspace): {
  id: string
  title: string
  proposes: 'quantity' | 'risk' | 'weight'
  needsStop: boolean
  says: string
}[] {
  const { openBook } = workspace
  const yaml = openBook?.activeProfile() === undefined ? '' : storedProfile(workspace, '').yaml
  const values = readProfileSource(yaml, '').profile?.methods
  return METHODS.map((method) => {
    const { id, title, proposes, says } = method
    const own = values?.get(id)
    const needsStop = own === undefined ? undefined : method.needsStopWith?.(own)
    return { id, title, proposes, needsStop: needsStop ?? method.needsStop, says }
  })
}

function make(workspace: Workspace, order: SizeOrder): Made {
  const active = activeFor(workspace, order)
  const { inputs, valued, profile } = gatherOrder(workspace, order, active)
  return { body: decide(inputs, valued.book, profile), inputs, book: valued.input, active }
}

/** The profile that sizes an order: its strategy's, else the book's. */
function activeFor(workspace: Workspace, { request: { strategy } }: SizeOrder): ActiveProfile {
  return workspace.activeProfile(typeof strategy === 'string' ? strategy.trim() : '')
}

/**
 * What an order is decided by, without deciding it; `under` another profile than the one in force, and `on` another book than
 * the present one, where they are given.
 */
export function gatherOrder(
  workspace: Workspace,
  order: SizeOrder,
  under: ActiveProfile = activeFor(workspace, order),
  on?: OtherBook,
): { inputs: DecisionInputs; valued: ReturnType<Workspace['valuedBook']>; profile: Profile } {
  const { request, accountId, asOf } = order
  const { book } = workspace
  if (asOf !== undefined && book.info.kind === 'live')
    throw new DeskRefusal('CLOCK_ANOMALY', 'A live book decides for now only: leave asOf out.', 'asOf')
  const account = workspace.account(accountId)
  const { record, profile } = under
  const at = asOf ?? workspace.now()
  const read = workspace.readAt(asOf)
  const valued = on?.valued ?? workspace.valuedBook(account, read)
  const inputs = gatherInputs(
    book,
    account,
    workspace.accountInput(account, read),
    profile,
    { book: valued.hash, profile: record.hash },
    request,
    at,
    asOf === undefined && book.info.clock === null,
    besideOf(workspace, valued.input, on?.held),
    asOf === undefined ? deskFor(workspace, order) : undefined,
    asOf === undefined ? quotedFor(workspace, request, at) : undefined,
  )
  return { inputs: withPropFirm(workspace, account, profile, inputs, read), valued, profile }
}

function deskFor({ posture }: Workspace, { flattens }: SizeOrder): DeskInput {
  const standing = posture.standing()
  return flattens === true ? { ...standing, exits: posture.permission('flatten').ok } : standing
}

function quotedFor(workspace: Workspace, { symbol }: OrderRequest, at: number): QuoteReadings | undefined {
  return typeof symbol === 'string' ? workspace.market.readings(symbol.trim(), at) : undefined
}

/** What studies of an order on a book are made with. */
export function besideOf(
  workspace: Workspace,
  { positions, working }: BookInput,
  also: readonly string[] = [],
): Pick<StudyFrame, 'held' | 'markets' | 'remember'> {
  return {
    held: [...new Set([...[...positions, ...working].map(({ symbol }) => symbol), ...also])],
    markets: workspace.markets,
    remember: (key, derive) => workspace.remember(key, derive),
  }
}

/** The contract's lists may be changed by their owner; the decision's own may not. */
export function shown(
  body: DecisionBody,
): Omit<RecordedView, 'decisionId' | 'seq' | 'recordedAt' | 'hash' | 'profile'> {
  return {
    ...body,
    ladder: body.ladder.map((rung) => ({ ...rung, facts: { ...rung.facts } })),
    steps: body.steps.map((step) => ({ ...step, facts: { ...step.facts } })),
    reasons: body.reasons.map((because) => ({ ...because })),
  }
}
