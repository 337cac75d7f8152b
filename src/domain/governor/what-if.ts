import { valueBook } from '../book.ts'
import type { BookInput, DecisionInputs } from '../inputs.ts'
import { canonical } from '../kernel/canonical.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { readProfile } from '../profile.ts'
import { decide } from './decide.ts'
import type { DecisionBody, Rung, Step } from './decision.ts'
import { changeableInputs, type ChangeableInput, type Snapshot } from './what-if-inputs.ts'

/** One input put in the place of a stored one; `null` takes it away. */
export interface Change {
  readonly path: string
  readonly value: string | null
}

/** An input that was changed, with both values. */
export interface Changed {
  readonly path: string
  readonly group: string
  readonly title: string
  readonly from: string | null
  readonly to: string | null
}

/** Two lines of the same rule side by side; `null` where one decision has none. */
export interface Pair<Line> {
  readonly rule: string
  readonly title: string
  readonly changed: boolean
  readonly stored: Line | null
  readonly whatIf: Line | null
}

/** A stored decision beside what it would have been. Never recorded: no part of it is an order. */
export interface WhatIf {
  readonly mark: 'WHAT-IF'
  readonly changes: readonly Changed[]
  readonly stored: DecisionBody
  readonly whatIf: DecisionBody
  readonly steps: readonly Pair<Step>[]
  readonly ladder: readonly Pair<Rung>[]
}

/**
 * Decides a stored snapshot again with some inputs changed. Without changes the stored bytes come out. A path that names
 * no input, a value of the wrong kind and a profile that no longer reads are refused, all at once, by path; what a value
 * means is judged by the decision itself.
 */
export function whatIf(
  stored: Snapshot & { readonly body: DecisionBody },
  changes: readonly Change[],
): Result<WhatIf, readonly Reason[]> {
  const known = new Map(changeableInputs(stored).map((input) => [input.path, input]))
  const faults: Reason[] = []
  const changed: Changed[] = []
  const snapshot = changes.length === 0 ? stored : copyOf(stored)
  for (const { path, value } of changes) {
    const input = known.get(path)
    const read = input === undefined ? notAnInput(path) : valueFor(input, value)
    if (!read.ok) faults.push(read.error)
    else if (input !== undefined) {
      put(snapshot, input, read.value)
      changed.push({ path, group: input.group, title: input.title, from: input.value, to: value })
    }
  }
  const profile = readProfile(snapshot.profile)
  if (!profile.ok)
    faults.push(...profile.error.map(({ code, says, field }) => reason(code, says, `profile.${field ?? ''}`)))
  if (faults.length > 0 || !profile.ok) return err(faults)
  const positions = snapshot.book.positions.filter(({ quantity }) => quantity !== '0')
  const book = positions.length === snapshot.book.positions.length ? snapshot.book : { ...snapshot.book, positions }
  const body = decide(snapshot.inputs, valueBook(book), profile.value)
  return ok({
    mark: 'WHAT-IF',
    changes: changed,
    stored: stored.body,
    whatIf: body,
    steps: pairs(stored.body.steps, body.steps, ({ stage, rule }) => `${stage} ${rule}`),
    ladder: pairs(stored.body.ladder, body.ladder, ({ rule }) => rule),
  })
}

function notAnInput(path: string): Result<never, Reason> {
  return err(
    reason('INPUT_OUT_OF_RANGE', `${path.slice(0, 120)} is not an input of this decision that can be changed.`, path),
  )
}

function valueFor({ path, kind, title }: ChangeableInput, value: string | null): Result<unknown, Reason> {
  if (kind === 'text') return ok(value)
  if (kind === 'switch')
    return value === 'true' || value === 'false'
      ? ok(value === 'true')
      : err(reason('INPUT_MALFORMED', `${title} must be true or false.`, path))
  return value !== null && /^\d{1,9}$/.test(value)
    ? ok(Number(value))
    : err(reason('INPUT_MALFORMED', `${title} must be a whole number, 0 or more.`, path))
}

interface Opened {
  inputs: DecisionInputs
  book: BookInput
  profile: unknown
}

/** Plain data without anything shared, so that the stored snapshot stays as it is. */
function copyOf({ inputs, book, profile }: Snapshot): Opened {
  return JSON.parse(JSON.stringify({ inputs, book, profile })) as Opened
}

function put(snapshot: Opened, { place, isReading }: ChangeableInput, value: unknown): void {
  const { at } = snapshot.inputs
  let group = snapshot as unknown as Record<string | number, unknown>
  for (const key of place.slice(0, -1)) {
    group[key] ??= { scope: 'what-if', window: 'what-if', from: at, to: at, source: 'what-if' }
    group = group[key] as Record<string | number, unknown>
  }
  const last = place.at(-1) ?? ''
  group[last] = isReading ? { ...(group[last] as object), value, source: 'what-if', at } : value
}

/** Lines of both decisions in the order of the new one; those that fell away stand where they stood before. */
function pairs<Line extends { readonly rule: string; readonly title: string }>(
  stored: readonly Line[],
  now: readonly Line[],
  keyOf: (line: Line) => string,
): readonly Pair<Line>[] {
  const before = byKey(stored, keyOf)
  const after = byKey(now, keyOf)
  const keys = [...after.keys()]
  let place = 0
  for (const key of before.keys()) {
    const at = keys.indexOf(key)
    if (at === -1) keys.splice(place, 0, key)
    place = (at === -1 ? place : at) + 1
  }
  return keys.map((key) => {
    const [old, next] = [before.get(key) ?? null, after.get(key) ?? null]
    const { rule, title } = (next ?? old) as Line
    return { rule, title, changed: bytesOf(old) !== bytesOf(next), stored: old, whatIf: next }
  })
}

/** Equal lines give equal bytes, whatever order their members were stored in. */
const bytesOf = (line: object | null): string => canonical(line)

/** Lines by their key; a second line of one key has its number in it. */
function byKey<Line>(lines: readonly Line[], keyOf: (line: Line) => string): ReadonlyMap<string, Line> {
  const found = new Map<string, Line>()
  for (const line of lines) {
    let key = keyOf(line)
    for (let n = 2; found.has(key); n++) key = `${keyOf(line)} ${n}`
    found.set(key, line)
  }
  return found
}
