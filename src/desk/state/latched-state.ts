import { stateOf } from '../../domain/desk-state/cause.ts'
import type { Moment } from '../../domain/desk-state/desk-clock.ts'
import { latchText } from '../../domain/desk-state/revive.ts'
import type { Posture } from '../../domain/desk-state/step-desk.ts'
import { StoreFault, type BookWriter, type LimitBreachRecord } from '../ports.ts'
import { DeskRefusal } from '../refusal.ts'
import { changeSays, haltNoteOf, weightOf } from './keep-state.ts'
import type { HaltFile } from './ports.ts'

/** One change of the desk's state. */
export interface StateChange {
  readonly before: Posture
  readonly after: Posture
  /** Why a cause ended, in words; empty where nobody said. */
  readonly why: string
  /** Breaches that are recorded if the change confirms them. */
  readonly breaches: readonly LimitBreachRecord[]
  readonly moment: Moment
}

/** The time lived through of a lock-out is kept this often. */
const LOCK_KEPT_MS = 600_000

/** What a book and the `HALT` file keep of the desk's state: only what has weight, and each change once. */
export class LatchedState {
  readonly #haltFile: HaltFile | undefined
  #weight = ''
  #at = 0

  constructor(haltFile: HaltFile | undefined) {
    this.#haltFile = haltFile
  }

  /** Takes up what a book keeps; one that keeps nothing yet counts as one without causes. */
  open(book: BookWriter, bare: Posture, moment: Moment): void {
    this.#weight = book.deskStates().some((copy) => copy !== undefined) ? '' : weightOf(bare)
    this.#at = machineMono(moment)
  }

  /**
   * Keeps a change that has weight: what halts goes to the `HALT` file first, what is loosened goes there last. Answers the
   * fault of a book that could not keep it.
   */
  keep(book: BookWriter, { before, after, why, breaches, moment }: StateChange): 'same' | 'kept' | StoreFault {
    if (!this.#matters(before, after, moment)) return 'same'
    this.#weight = weightOf(after)
    this.#at = machineMono(moment)
    const { halt, fault } = haltNoteOf(after.latch)
    if (halt !== null || fault !== null) this.note(after)
    const had = haltNoteOf(before.latch)
    const released = (had.halt !== null && halt === null) || (had.fault !== null && fault === null)
    const raised = breaches.filter(({ key }) => isRaised(key, before, after))
    const facts = { says: changeSays(before, after, why), state: stateOf(after.latch.causes) }
    try {
      book.saveDeskState({ latch: latchText(after.latch), at: moment.wall, facts, breaches: raised })
    } catch (error) {
      if (error instanceof StoreFault) return error
      throw error
    }
    // A file that somebody else wrote a moment ago is not removed: it was not released here.
    if (released) this.#haltFile?.keep({ halt, fault })
    return 'kept'
  }

  /** Halts whatever book of the folder is opened next, beside a fault that stands; refuses where the file cannot be written. */
  haltFolder(says: string, at: number): void {
    const fault = this.#haltFile?.read()?.fault ?? null
    const failed = this.#haltFile?.keep({ halt: { at, says }, fault })
    if (failed !== undefined) throw new DeskRefusal('STORE_IO', `The HALT file could not be written: ${failed}`)
  }

  /** Adds what halts the desk to what the `HALT` file says already. */
  note({ latch }: Posture): void {
    const { halt, fault } = haltNoteOf(latch)
    const there = this.#haltFile?.read()
    this.#haltFile?.keep({ halt: halt ?? there?.halt ?? null, fault: fault ?? there?.fault ?? null })
  }

  #matters(before: Posture, after: Posture, moment: Moment): boolean {
    if (weightOf(after) !== this.#weight) return true
    const { causes, session } = after.latch
    if (causes.length === 0) return false
    const locked = causes.some(({ kind }) => kind === 'lock')
    return session.number !== before.latch.session.number || (locked && machineMono(moment) - this.#at > LOCK_KEPT_MS)
  }
}

/** A lock-out lasts by the clock of the machine, also in a replay. */
function machineMono({ mono, machine }: Moment): number {
  return machine?.mono ?? mono
}

function isRaised(key: string, before: Posture, after: Posture): boolean {
  const sessionIn = ({ latch }: Posture): number | undefined =>
    latch.causes.flatMap((cause) => (cause.kind === 'breach' && cause.limit === key ? [cause.session] : []))[0]
  const now = sessionIn(after)
  return now !== undefined && now !== sessionIn(before)
}
