import type { Reconciliation } from '../../contract/trading/hand-work.ts'
import { reconcile, type StatedPositions } from '../../domain/broker/reconcile.ts'
import { DeskRefusal } from '../refusal.ts'
import { StoreFault } from '../ports.ts'
import { netHoldings } from './positions.ts'
import type { ExchangeNews, ExchangePort } from './ports.ts'
import { reconcileWith } from './reconcile.ts'
import { refuse } from './refuse.ts'
import type { TradingRoom } from './trading-room.ts'

/** What was filled between the two answers makes them differ for a moment: so often is asked again. */
const LOOKS = 3

/**
 * Compares the book with the exchange: positions, and orders at work there that are not known here. A difference that stays
 * restricts the desk, and nothing is corrected. With `quietly` an agreement that was known already is not recorded again.
 */
export async function compareWithExchange(
  room: TradingRoom,
  port: ExchangePort,
  quietly: boolean,
): Promise<Reconciliation> {
  const { workspace } = room
  for (let look = 1; ; look += 1) {
    const synced = await port.sync()
    if (!synced.ok) refuse(synced.error)
    const stated = await port.positions()
    if (!stated.ok) refuse(stated.error)
    const strangers = await port.strangers(!quietly || workspace.posture.reconciledAt === undefined)
    if (!strangers.ok) refuse(strangers.error)
    if (room.exchangeOrNone !== port)
      throw new DeskRefusal('CONFLICT', 'The book was closed or connected elsewhere meanwhile: compare again.')
    const isAgreed = agrees(room, stated.value) && strangers.value.length === 0
    if (!isAgreed && look < LOOKS) continue
    const { posture } = workspace
    const differs = posture.now.latch.causes.some((cause) => cause.kind === 'difference' && cause.holds)
    if (quietly && isAgreed && !differs && posture.reconciledAt !== undefined) {
      const says = 'Book and exchange agree.'
      posture.happen({ kind: 'reconciled', differences: 0, says })
      return { agrees: true, differences: [], says }
    }
    const found = reconcileWith(room, stated.value)
    if (strangers.value.length === 0) return found
    const says = `${found.says} ${strangers.value.join(' ')}`
    posture.happen({ kind: 'reconciled', differences: found.differences.length + strangers.value.length, says })
    return { ...found, agrees: false, says }
  }
}

/** Takes in what an exchange connection says of itself: what cannot be compared counts as different. */
export async function hearExchange(room: TradingRoom, port: ExchangePort, news: ExchangeNews): Promise<void> {
  const { posture } = room.workspace
  if (room.exchangeOrNone !== port) return
  if (news.kind === 'unprotected') {
    posture.happen({ kind: 'reduce', says: news.says })
    return
  }
  if (news.kind === 'silent') {
    posture.happen({ kind: 'reconciled', differences: 1, says: news.says })
    return
  }
  try {
    await compareWithExchange(room, port, true)
  } catch (error) {
    // A book that cannot be written restricts the desk by itself.
    if (error instanceof StoreFault) return
    if (!(error instanceof DeskRefusal)) throw error
    if (room.exchangeOrNone === port) posture.happen({ kind: 'reconciled', differences: 1, says: error.message })
  }
}

function agrees({ workspace, trading }: TradingRoom, stated: StatedPositions): boolean {
  const held = netHoldings(workspace.book.holdings(trading.account.accountId, workspace.now()))
  const found = reconcile(held, stated)
  return found.ok && found.value.length === 0
}
