import { REASON_CODES } from '../kernel/reason.ts'
import { advance } from './advance.ts'
import { isCauseKind, type Cause } from './cause.ts'
import type { Moment } from './desk-clock.ts'
import type { DeskRules } from './desk-event.ts'
import { openLatch, type Latch } from './latch.ts'
import { lockUntil } from './lock-out.ts'
import { inTimeOf } from './replay-time.ts'

/** A latch as bytes: equal latches give equal bytes. */
export function latchText(latch: Latch): string {
  return JSON.stringify(latch)
}

/**
 * The latch of a desk that starts again, from every copy that was kept; `undefined` stands for one that is not there. Never
 * looser than any of them: a copy that is missing, broken or says otherwise halts the desk, with all causes of all copies.
 */
export function reviveLatch(copies: readonly (string | undefined)[], moment: Moment, rules: DeskRules): Latch {
  const read = copies.map(readLatch)
  const known = read.filter((latch) => latch !== undefined)
  const [first, ...others] = known
  const begun = first === undefined ? openLatch(moment, rules) : inTimeOf(first, moment, rules)
  const restarted = advance(begun, { kind: 'restart', moment }, rules).latch
  const merged = others.reduce(withCausesOf, restarted)
  if (first !== undefined && known.length === read.length && new Set(known.map(latchText)).size === 1) return merged
  const says =
    first === undefined
      ? 'The desk’s last state could not be read.'
      : 'The copies of the desk’s last state are not all there, or differ.'
  const unreadable: Cause = {
    id: 'unreadable',
    kind: 'unreadable',
    code: 'LEDGER_UNVERIFIED',
    since: moment.wall,
    says,
  }
  return { ...merged, causes: [...merged.causes.filter(({ id }) => id !== 'unreadable'), unreadable] }
}

function withCausesOf(latch: Latch, other: Latch): Latch {
  let merged = latch
  for (const cause of other.causes) {
    if (cause.kind === 'lock') merged = lockUntil(merged, cause.until, cause.owed, cause.since, cause.says)
    else if (!merged.causes.some(({ id }) => id === cause.id)) merged = { ...merged, causes: [...merged.causes, cause] }
  }
  return merged
}

function readLatch(copy: string | undefined): Latch | undefined {
  if (copy === undefined) return undefined
  const value = parsed(copy)
  return isLatch(value) ? value : undefined
}

function parsed(copy: string): unknown {
  try {
    return JSON.parse(copy)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isLatch(value: unknown): value is Latch {
  if (!isRecord(value) || value['schema'] !== 1) return false
  const { causes, clock, session, readings, freshInRow } = value
  return (
    Array.isArray(causes) &&
    causes.every(isCause) &&
    new Set(causes.map(({ id }) => id)).size === causes.length &&
    isRecord(clock) &&
    hasTimes(clock, ['proven', 'witnessed']) &&
    isRecord(clock['last']) &&
    hasTimes(clock['last'], ['wall', 'mono']) &&
    typeof clock['last']['boot'] === 'string' &&
    isRecord(session) &&
    hasTimes(session, ['number', 'start', 'end']) &&
    isRecord(readings) &&
    Object.values(readings).every((one) => typeof one === 'string' && /^[xo]*$/.test(one)) &&
    Number.isSafeInteger(freshInRow)
  )
}

function isCause(value: unknown): value is Cause {
  if (!isRecord(value)) return false
  const { id, kind, code, since, says } = value
  const named = typeof id === 'string' && typeof says === 'string' && Number.isFinite(since)
  if (!named || !isCauseKind(kind) || !(REASON_CODES as readonly unknown[]).includes(code)) return false
  switch (kind) {
    case 'prices':
    case 'clock':
    case 'difference':
    case 'outcomes':
      return typeof value['holds'] === 'boolean'
    case 'breach':
      return typeof value['limit'] === 'string' && hasTimes(value, ['session'])
    case 'lock':
      return hasTimes(value, ['until', 'owed'])
    case 'fault':
      return typeof value['restarted'] === 'boolean' && typeof value['verified'] === 'boolean'
    case 'reduce':
    case 'halt':
    case 'overfill':
    case 'runaway':
    case 'unreadable':
      return true
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasTimes(value: Record<string, unknown>, keys: readonly string[]): boolean {
  return keys.every((key) => Number.isFinite(value[key]))
}
