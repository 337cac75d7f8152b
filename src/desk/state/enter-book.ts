import { advance } from '../../domain/desk-state/advance.ts'
import type { Moment } from '../../domain/desk-state/desk-clock.ts'
import type { DeskEvent, DeskRules } from '../../domain/desk-state/desk-event.ts'
import { openLatch, type Latch } from '../../domain/desk-state/latch.ts'
import { reviveLatch } from '../../domain/desk-state/revive.ts'
import type { AccountClock } from '../../domain/trading-day.ts'
import type { BookReader } from '../ports.ts'
import { deskRules } from './desk-rules.ts'
import type { HaltNote } from './ports.ts'

type Without<T> = T extends unknown ? Omit<T, 'moment'> : never

/**
 * The latch of a book that is opened: the same as it was kept, or stricter. What was never kept begins anew. A live book
 * knows no price yet; a paper or sample one judges its prices order by order, and needs no feed to begin.
 */
export function enterBook(book: BookReader, clock: AccountClock, note: HaltNote | undefined, moment: Moment): Latch {
  const copies = book.deskStates()
  const kept = copies.some((copy) => copy !== undefined)
  // Equal copies count once: merging them would owe a lock-out the time again that was lived through since.
  const first = kept
    ? reviveLatch([...new Set(copies)], moment, deskRules(clock, undefined))
    : openLatch(moment, deskRules(clock, undefined))
  let latch = first
  const happen = (event: Without<DeskEvent>): void => {
    latch = advance(latch, { ...event, moment }, rulesOf(latch)).latch
  }
  const rulesOf = (now: Latch): DeskRules => deskRules(clock, now)
  if (book.info.kind !== 'live') judgeOrderByOrder(copies, () => latch, happen)
  if (note?.halt != null) happen({ kind: 'halt', says: note.halt.says })
  if (note?.fault != null) {
    happen({ kind: 'fault', code: note.fault.code, says: note.fault.says })
    happen({ kind: 'restart' })
    if (book.info.kind !== 'live') judgeOrderByOrder(copies, () => latch, happen)
  }
  const faulted = latch.causes.some((cause) => cause.kind === 'fault' && !cause.verified)
  if (faulted && book.verify().verdict !== 'broken') happen({ kind: 'verified' })
  return latch
}

/** Takes back what the restart alone raised, never what was kept before it, nor a clock that something still waits for. */
function judgeOrderByOrder(
  copies: readonly (string | undefined)[],
  now: () => Latch,
  happen: (event: Without<DeskEvent>) => void,
): void {
  const says = 'Prices of this book are judged order by order.'
  while (now().freshInRow < 3) happen({ kind: 'prices', fresh: true, says })
  const wasKept = (id: string): boolean => copies.some((copy) => copy?.includes(`"id":"${id}"`) === true)
  const release = (cause: string, reason: string): void =>
    happen({ kind: 'release', cause, reason, preflight: true, armed: false })
  if (!wasKept('prices')) release('prices', says)
  const waits = now().causes.some(({ kind }) => kind === 'lock' || kind === 'breach')
  if (!wasKept('clock') && !waits) release('clock', 'Nothing in this book waits for the time.')
}
