import type { DecisionBody } from '../../domain/governor/decision.ts'
import { dec, readPositive } from '../../domain/kernel/money.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { refuse } from './refuse.ts'
import type { TradingRoom } from './trading-room.ts'

/** What a person looks at while the key is held: what is confirmed is this and no more. */
export interface ConfirmedOrder {
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly quantity: string
}

interface Begun extends ConfirmedOrder {
  readonly confirmation: string
  readonly path: string
  readonly at: number
  /** When the book was armed: a press does not outlive the arm it was made under. */
  readonly armedAt: number
}

/** Shortest time between the first press and the approval, milliseconds: no double press is a second look. */
export const SHORTEST_MS = 600
/** A first press counts for so long, milliseconds. */
export const LONGEST_MS = 10_000

/**
 * The deliberate act without which no live order is sent, timed by the desk and not by who asks: begun when the key goes
 * down in the window that holds the arm, good for one approval of that very order, from 0.6 s later on.
 */
export class Confirmations {
  /** One window holds the arm, so that one press is under way at most; a newer one takes its place. */
  #begun: Begun | undefined

  /** The key went down on an order. */
  begin(
    { workspace }: TradingRoom,
    { windowId, symbol, side, quantity }: ConfirmedOrder & { readonly windowId: string },
  ): { confirmation: string; holdFor: number } {
    if (workspace.book.info.kind !== 'live')
      throw new DeskRefusal('INPUT_OUT_OF_RANGE', 'Only a live order is confirmed: approve this one at once.')
    const permitted = workspace.posture.permission('entry')
    if (!permitted.ok) refuse(permitted.error)
    if (workspace.posture.windowId !== windowId)
      throw new DeskRefusal('NOT_ARMED', 'Another window holds the arm: approve there, or arm in this one.', 'windowId')
    const read = readPositive(quantity, 'quantity')
    if (!read.ok) refuse(read.error)
    const confirmation = workspace.options.ambient.newId()
    const { path } = workspace.book.info
    const at = workspace.posture.moment().mono
    this.#begun = { confirmation, path, at, armedAt: armedAt(workspace), symbol, side, quantity }
    return { confirmation, holdFor: SHORTEST_MS }
  }

  /** Uses a confirmation up for an entry; refuses in a live book without a good one. Others need none. */
  use({ workspace }: TradingRoom, confirmation: string | undefined, body: DecisionBody): void {
    if (workspace.book.info.kind !== 'live') return
    const begun = this.#begun
    if (confirmation === undefined) notConfirmed('A live order is approved by holding for 0.6 s, or by two presses.')
    const isOwn = begun?.path === workspace.book.info.path && begun.armedAt === armedAt(workspace)
    if (begun?.confirmation !== confirmation || !isOwn)
      notConfirmed('This confirmation was used, or another press or arm came after it: hold again.')
    const held = workspace.posture.moment().mono - begun.at
    if (held < SHORTEST_MS) notConfirmed(`It was held for ${held} ms: hold for ${SHORTEST_MS} ms, or press twice.`)
    this.#begun = undefined
    if (held > LONGEST_MS) notConfirmed(`The press is ${Math.round(held / 1000)} s old: hold again.`)
    const isSame =
      begun.symbol === body.symbol && begun.side === body.side && dec(begun.quantity).eq(dec(body.quantity))
    if (isSame) return
    notConfirmed(
      `Confirmed was ${begun.side} ${begun.quantity} ${begun.symbol}, decided is ${body.side ?? 'nothing'} ${body.quantity} ${body.symbol}: look at it and hold again.`,
    )
  }
}

function armedAt({ posture }: Workspace): number {
  return posture.now.arming.at
}

function notConfirmed(says: string): never {
  throw new DeskRefusal('NOT_CONFIRMED', says, 'confirmation')
}
