import type { PastReconciliation, Reconciliation } from '../../contract/trading/hand-work.ts'
import { reconcile, type StatedPositions } from '../../domain/broker/reconcile.ts'
import { readDecimal } from '../../domain/kernel/money.ts'
import { netHoldings } from './positions.ts'
import { refuse } from './refuse.ts'
import type { TradingRoom } from './trading-room.ts'

const KEPT_AS = 'reconciliations'
/** Reconciliations that are kept to be looked at; the log keeps every one. */
const MOST_KEPT = 20

/**
 * Compares the book with what the terminal shows; nothing is corrected. What was found is kept with the book, and the desk's
 * state learns of it.
 */
export function reconcileWith(room: TradingRoom, stated: StatedPositions): Reconciliation {
  const { workspace, trading } = room
  for (const [index, { quantity }] of stated.positions.entries()) {
    const read = readDecimal(quantity, `positions.${index}.quantity`)
    if (!read.ok) refuse(read.error)
  }
  if (trading.source === 'manual') room.manual.statePositions(stated)
  const held = netHoldings(workspace.book.holdings(trading.account.accountId, workspace.now()))
  const found = reconcile(held, stated)
  if (!found.ok) refuse(found.error)
  const differences = found.value.map((difference) => ({ ...difference }))
  const agrees = differences.length === 0
  const says = agrees
    ? `Book and broker agree on ${held.size} ${held.size === 1 ? 'position' : 'positions'}.`
    : `Book and broker differ on ${differences.length} ${differences.length === 1 ? 'symbol' : 'symbols'}: enter what is missing; nothing was corrected.`
  // The state first: it must be stricter even where the store cannot keep what was found.
  workspace.posture.happen({ kind: 'reconciled', differences: differences.length, says })
  const at = workspace.now()
  const value = [{ at, agrees, differences, says }, ...pastReconciliations(room)].slice(0, MOST_KEPT)
  workspace.book.saveSetting({ key: KEPT_AS, value, kind: 'state', says }, at)
  return { agrees, differences, says }
}

/** Reconciliations of the open book, newest first. */
export function pastReconciliations({ workspace }: TradingRoom): PastReconciliation[] {
  const kept = workspace.book.setting(KEPT_AS)?.value
  // Safe: it is written above alone, and read back as it was written.
  return kept === undefined ? [] : [...(kept as readonly PastReconciliation[])]
}
