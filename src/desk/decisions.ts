import { parse } from 'yaml'
import { valueBook } from '../domain/book.ts'
import { decide, ENGINE } from '../domain/governor/decide.ts'
import type { BookInput, DecisionInputs, Reading } from '../domain/inputs.ts'
import { canonical } from '../domain/kernel/canonical.ts'
import { readProfile } from '../domain/profile.ts'
import type { RecordedDecision as RecordedView } from '../contract/sizing.ts'
import type { DecisionFilter, DecisionRow, RecordedDecision } from './ports.ts'
import { DeskRefusal } from './refusal.ts'
import { recordedView } from './size-order.ts'
import type { Workspace } from './workspace.ts'

/** One input of a decision in a detail view. */
export interface InputLine {
  readonly name: string
  readonly value: string | null
  readonly source: string
  readonly at: number | null
  readonly ageMs: number | null
}

/** What a replay found. */
export interface ReplayOutcome {
  readonly decisionId: string
  readonly identical: boolean
  readonly storedEngine: string
  readonly engine: string
  readonly storedDigest: string
  readonly digest: string
  readonly differences: { readonly path: string; readonly stored: string; readonly now: string }[]
  readonly says: string
}

/** Recorded decisions, newest first. */
export function listDecisions(
  workspace: Workspace,
  filter: Partial<DecisionFilter> | undefined,
): { rows: DecisionRow[]; total: number } {
  const { rows, total } = workspace.book.decisions({ limit: 100, ...filter })
  return { rows: [...rows], total }
}

/** One decision with its inputs and its place in the chain. */
export function getDecision(
  workspace: Workspace,
  decisionId: string,
): { decision: RecordedView; inputs: InputLine[]; previousHash: string } {
  const recorded = find(workspace, decisionId)
  const [row] = workspace.book.auditRows(recorded.seq, 1)
  return {
    decision: recordedView(workspace, recorded),
    inputs: inputLines(recorded.inputs),
    previousHash: row?.previous ?? '',
  }
}

/** Decides again from the stored snapshot, positions and profile, and compares every byte. */
export function replayDecision(workspace: Workspace, decisionId: string): ReplayOutcome {
  const { ambient } = workspace.options
  const { recorded, positions, source } = storedSnapshot(workspace, decisionId)
  const profile = readProfile(source)
  if (!profile.ok)
    throw new DeskRefusal(
      'VERSION_MIX',
      `This version cannot read the profile of decision ${decisionId}: ${profile.error[0]?.says ?? ''}`,
    )
  const again = decide(recorded.inputs, valueBook(positions), profile.value)
  const before = canonical(recorded.body)
  const now = canonical(again)
  const identical = before === now
  const differences = identical ? [] : differ(JSON.parse(before), JSON.parse(now), '')
  return {
    decisionId,
    identical,
    storedEngine: recorded.body.engine,
    engine: ENGINE,
    storedDigest: ambient.sha256(before),
    digest: ambient.sha256(now),
    differences,
    says: identical
      ? 'Identical: the stored snapshot gives the same bytes again.'
      : `${differences.length} values differ; decided with engine ${recorded.body.engine}, replayed with ${ENGINE}.`,
  }
}

/** A decision with the positions and the profile it was made with, as they are kept; refuses where one is gone. */
export function storedSnapshot(
  workspace: Workspace,
  decisionId: string,
): { readonly recorded: RecordedDecision; readonly positions: BookInput; readonly source: unknown } {
  const { book } = workspace
  const recorded = find(workspace, decisionId)
  const positions = book.bookByHash(recorded.bookHash)
  const stored = book.profileByHash(recorded.inputs.profileHash)
  if (positions === undefined || stored === undefined)
    throw new DeskRefusal(
      'LEDGER_UNVERIFIED',
      `The ${positions === undefined ? 'positions' : 'profile'} of decision ${decisionId} are no longer in the book, so it cannot be decided again.`,
    )
  return { recorded, positions, source: parse(stored.yaml) }
}

function find(workspace: Workspace, decisionId: string): RecordedDecision {
  const recorded = workspace.book.decision(decisionId)
  if (recorded === undefined)
    throw new DeskRefusal('NOT_FOUND', `There is no decision ${decisionId} in this book.`, 'decisionId')
  return recorded
}

function inputLines(inputs: DecisionInputs): InputLine[] {
  const { account, at } = inputs
  const line = (name: string, reading: Reading): InputLine => ({
    name,
    value: reading.value,
    source: reading.source,
    at: reading.at,
    ageMs: reading.at === null ? null : at - reading.at,
  })
  const request = Object.entries(inputs.request).flatMap(([name, value]) =>
    value === undefined || value === null || value === ''
      ? []
      : [{ name: `Requested ${name}`, value: String(value as string | number), source: 'typed', at, ageMs: 0 }],
  )
  return [
    ...request,
    line('Equity', account.equity),
    line('Peak equity', account.peakEquity),
    line('Equity at the start of the day', account.openingEquity.day),
    line('Last price', inputs.last),
    line('Average true range', inputs.atr),
    {
      name: 'Instrument',
      value: inputs.instrument?.symbol ?? null,
      source: inputs.instrument?.source ?? 'not known',
      at: null,
      ageMs: null,
    },
    ...(inputs.edge === null
      ? []
      : [
          {
            name: 'Closed trades',
            value: `${inputs.edge.wins} won, ${inputs.edge.losses} lost, ${inputs.edge.scratches} scratched`,
            source: `${inputs.edge.scope}, ${inputs.edge.window}`,
            at: inputs.edge.to,
            ageMs: at - inputs.edge.to,
          },
        ]),
    { name: 'Positions', value: inputs.bookHash.slice(0, 16), source: 'ledger, by hash', at, ageMs: 0 },
    { name: 'Profile', value: inputs.profileHash.slice(0, 16), source: 'book, by hash', at: null, ageMs: null },
  ]
}

function differ(stored: unknown, now: unknown, path: string): ReplayOutcome['differences'] {
  if (typeof stored === 'object' && stored !== null && typeof now === 'object' && now !== null) {
    const keys = new Set([...Object.keys(stored), ...Object.keys(now)])
    return [...keys].flatMap((key) =>
      differ(
        (stored as Record<string, unknown>)[key],
        (now as Record<string, unknown>)[key],
        path === '' ? key : `${path}.${key}`,
      ),
    )
  }
  return stored === now ? [] : [{ path, stored: telling(stored), now: telling(now) }]
}

function telling(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
