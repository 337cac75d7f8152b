import { arm, disarmed, extendArming, type ArmRequest } from '../../domain/desk-state/arming.ts'
import { stateOf } from '../../domain/desk-state/cause.ts'
import type { Moment } from '../../domain/desk-state/desk-clock.ts'
import type { DeskState, Intent } from '../../domain/desk-state/desk-state.ts'
import { posturePermission } from '../../domain/desk-state/posture-permission.ts'
import { stepDesk, type Posture, type PostureEvent, type PostureStep } from '../../domain/desk-state/step-desk.ts'
import type { DeskInput } from '../../domain/desk-input.ts'
import { invariant } from '../../domain/kernel/invariant.ts'
import type { Reason } from '../../domain/kernel/reason.ts'
import type { Result } from '../../domain/kernel/result.ts'
import { breachesOf, isQuiet, lossReadings } from '../live-limits/loss-limits.ts'
import { StoreFault, type LimitBreachRecord } from '../ports.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { deskMoment } from './desk-moment.ts'
import { deskRules } from './desk-rules.ts'
import { deskStanding, refusalOf } from './desk-standing.ts'
import { enterBook } from './enter-book.ts'
import type { HeldDesk } from './held-desk.ts'
import { takenBack } from './keep-state.ts'
import { LatchedState } from './latched-state.ts'
import { LookBeat } from './look-beat.ts'
import type { StatePorts } from './ports.ts'
import { priceFreshness } from './price-freshness.ts'

type Without<T> = T extends unknown ? Omit<T, 'moment'> : never
/** An event of the desk without its look at the clocks. */
export type Happening = Without<PostureEvent>

/** Two beats of the window that holds the arm are missing, and a little more. */
const SILENT_MS = 2_500
const FAULTS: ReadonlySet<string> = new Set(['STORE_IO', 'STORE_FULL', 'LEDGER_UNVERIFIED'])

/**
 * The state and arming of the open book, held in memory first: restricting needs no file and no store. What changes is then
 * latched in the `HALT` file and the book.
 */
export class DeskPosture {
  readonly #workspace: Workspace
  readonly #ports: StatePorts
  readonly #latched: LatchedState
  #held: HeldDesk | undefined
  #dirty = true
  #looking = false
  readonly #beat = new LookBeat()
  #reconciledAt: number | undefined

  constructor(workspace: Workspace, ports: StatePorts) {
    this.#workspace = workspace
    this.#ports = ports
    this.#latched = new LatchedState(ports.haltFile)
  }

  /** The state and arming now; refuses where no book is open. */
  get now(): Posture {
    return this.#open().posture
  }

  /** The window that holds the arm; empty where none does. */
  get windowId(): string {
    return this.#held?.posture.arming.armed === true ? this.#held.windowId : ''
  }

  /** The state of the open book; `undefined` where none is open. */
  get state(): DeskState | undefined {
    return this.#held === undefined ? undefined : stateOf(this.#held.posture.latch.causes)
  }

  /** When positions were last found equal to the broker's since the book was opened. */
  get reconciledAt(): number | undefined {
    return this.#reconciledAt
  }

  moment(): Moment {
    return deskMoment(this.#workspace, this.#ports)
  }

  /** Takes up the state of the book that was just opened: the same as it was kept or stricter, and disarmed. */
  enter(): void {
    const { book } = this.#workspace
    const moment = this.moment()
    const account = this.#workspace.account()
    const latch = enterBook(book, account, this.#ports.haltFile?.read(), moment)
    const posture = { latch, arming: disarmed('start', moment) }
    const fresh = { latch: { ...latch, causes: [] }, arming: posture.arming }
    this.#latched.open(book, fresh, moment)
    const { timeZone, dayRoll } = account
    this.#dirty = true
    this.#reconciledAt = undefined
    this.#beat.restart()
    this.#held = {
      kind: book.info.kind,
      accountId: account.accountId,
      zone: { timeZone, dayRoll },
      posture,
      windowId: '',
      heardAt: 0,
    }
    this.#keep({ ...posture, latch: fresh.latch }, posture, 'The book is opened.', [])
  }

  /** Lets go of the book before another takes its place. */
  leave(): void {
    this.#held = undefined
  }

  /** The account's zone may have changed, or what the limits are measured from. */
  ledgerChanged(): void {
    this.#dirty = true
    if (this.#held === undefined || this.#workspace.openBook === undefined) return
    const { timeZone, dayRoll } = this.#workspace.account(this.#held.accountId)
    this.#held = { ...this.#held, zone: { timeZone, dayRoll } }
  }

  /** Takes one event in; `why` is what the log says of a cause that ended. */
  happen(happening: Happening, why = '', breaches: readonly LimitBreachRecord[] = []): PostureStep {
    const { posture, zone } = this.#open()
    const event = { ...happening, moment: this.moment() } as PostureEvent
    const step = stepDesk(posture, event, deskRules(zone, posture.latch))
    if (event.kind === 'reconciled') this.#reconciledAt = event.differences === 0 ? event.moment.wall : undefined
    const kept = this.#take(step.posture, why, breaches)
    if (kept || event.kind !== 'release' || step.advance.refused !== null) return step
    this.#held = { ...this.#open(), posture: takenBack(this.now, posture) }
    throw new DeskRefusal('STORE_IO', 'The release could not be recorded, so that nothing is loosened: see the fault.')
  }

  /** Halts: in memory, then in the `HALT` file, then in the book. Works without a book, and whatever the store does. */
  halt(says: string): void {
    if (this.#held === undefined) this.#latched.haltFolder(says, this.moment().wall)
    else this.happen({ kind: 'halt', says })
  }

  /** Arms the open book for a window, or refuses with everything that stands against it. */
  arm(request: Omit<ArmRequest, 'bookKind' | 'accountId' | 'state'>, windowId: string): void {
    const { kind, accountId, posture } = this.#open()
    const moment = this.moment()
    const armed = arm({ ...request, bookKind: kind, accountId, state: stateOf(posture.latch.causes) }, moment)
    if (!armed.ok) throw refusalOf(armed.error)
    if (posture.arming.armed && this.windowId !== windowId) this.happen({ kind: 'disarm', by: 'other-window' })
    this.#held = { ...this.#open(), windowId, heardAt: moment.mono }
    this.#take({ latch: this.now.latch, arming: armed.value }, '', [])
  }

  /** Gives the arm of a window so many minutes from now. */
  extend(minutes: number, windowId: string): void {
    if (this.windowId !== windowId)
      throw new DeskRefusal('NOT_ARMED', 'This window does not hold the arm: arm here first.', 'windowId')
    const extended = extendArming(this.now.arming, minutes, this.moment())
    if (!extended.ok) throw refusalOf([extended.error])
    this.#take({ latch: this.now.latch, arming: extended.value }, '', [])
  }

  /** The window that holds the arm lives. */
  heard(windowId: string): void {
    if (this.windowId === windowId) this.#held = { ...this.#open(), heardAt: this.moment().mono }
  }

  /** Whether an intent passes now. */
  permission(intent: Intent, faultAcknowledged = false): Result<DeskState, Reason> {
    const { posture, kind, accountId } = this.#open()
    return posturePermission(posture, intent, { kind, accountId }, faultAcknowledged)
  }

  /** What a decision made now records of the desk. */
  standing(): DeskInput {
    if (this.#dirty) this.look()
    return deskStanding(this.now, this.permission('entry'), this.permission('exit'))
  }

  /** Called often: sees the `HALT` file, time, prices, limits and the window with the arm. */
  tick(): void {
    const held = this.#held
    if (held === undefined) return
    const note = this.#ports.haltFile?.read()
    if (note?.halt != null && !held.posture.latch.causes.some(({ kind }) => kind === 'halt'))
      this.happen({ kind: 'halt', says: note.halt.says })
    const moment = this.moment()
    if (held.posture.arming.armed && moment.mono - held.heardAt > SILENT_MS)
      this.happen({ kind: 'disarm', by: 'window' })
    const { board } = this.#workspace.market
    const due = this.#beat.isDue(moment)
    const moved = this.#beat.hasMoved(board.taken)
    if (due) this.happen({ kind: 'tick' })
    if (due) this.#beat.looked(moment)
    if (this.#dirty || (due && (moved || !isQuiet(held.kind, this.now.latch)))) this.look()
  }

  /** Looks at prices and loss limits now. */
  look(): void {
    if (this.#looking || this.#held === undefined) return
    this.#looking = true
    this.#dirty = false
    this.#beat.looked(this.moment(), this.#workspace.market.board.taken)
    try {
      this.#readPrices()
      for (const reading of lossReadings(this.#workspace)) {
        const { limit, code, broken, fresh, says } = reading
        const event = { kind: 'reading', limit, code, broken, fresh, says } as const
        this.happen(event, '', breachesOf(this.#workspace, reading))
      }
    } catch (error) {
      // Without a profile, or with records that fail, nothing is read: no reading confirms or clears anything.
      if (!(error instanceof DeskRefusal || error instanceof StoreFault)) throw error
    } finally {
      this.#looking = false
    }
  }

  /** The store failed: new risk ends at once, and the `HALT` file keeps why, since the book cannot. */
  storeFailed({ code, message }: StoreFault): void {
    const held = this.#held
    if (held === undefined || !FAULTS.has(code)) return
    if (held.posture.latch.causes.some((cause) => cause.kind === 'fault' && !cause.restarted)) return
    const event = { kind: 'fault', code: code as Reason['code'], says: message, moment: this.moment() } as const
    const { posture } = stepDesk(held.posture, event, deskRules(held.zone, held.posture.latch))
    this.#held = { ...held, posture }
    this.#latched.note(posture)
    this.#workspace.changed('state')
  }

  #readPrices(): void {
    if (this.#open().kind !== 'live') return
    const { fresh, says } = priceFreshness(this.#workspace)
    this.happen({ kind: 'prices', fresh, says })
  }

  /** Answers whether the book has what changed. */
  #take(posture: Posture, why: string, breaches: readonly LimitBreachRecord[]): boolean {
    const held = this.#open()
    this.#held = { ...held, posture }
    return this.#keep(held.posture, posture, why, breaches)
  }

  /** Keeps what changed; a store that fails leaves the state in memory and in the `HALT` file. */
  #keep(before: Posture, after: Posture, why: string, breaches: readonly LimitBreachRecord[]): boolean {
    const { book } = this.#workspace
    const kept = this.#latched.keep(book, { before, after, why, breaches, moment: this.moment() })
    if (kept === 'same') return true
    if (kept !== 'kept') this.storeFailed(kept)
    this.#workspace.changed('state')
    return kept === 'kept'
  }

  #open(): HeldDesk {
    if (this.#held !== undefined) return this.#held
    invariant(this.#workspace.openBook === undefined, 'an open book has a state')
    throw new DeskRefusal('NO_BOOK', 'No book is open: try the sample book, import your trades, or start an empty one.')
  }
}
