import type { FlattenPlanView, FlattenView } from '../../contract/trading/flatten.ts'
import { flattenLines } from '../../domain/broker/flatten.ts'
import { canonical, type Plain } from '../../domain/kernel/canonical.ts'
import { dec, magnitude, text } from '../../domain/kernel/money.ts'
import { DeskRefusal } from '../refusal.ts'
import { exitPosition } from './exit-position.ts'
import { netHoldings } from './positions.ts'
import { refuse } from './refuse.ts'
import type { TradingRoom } from './trading-room.ts'

interface KeptFlatten {
  readonly flattenId: string
  /** Net units by symbol when it was begun. */
  readonly before: readonly (readonly [string, string])[]
  readonly refused: readonly string[]
}

const KEY = 'flatten'

/** What flattening would cancel and close, with a name that changes as the list does. */
export function planFlatten(room: TradingRoom): FlattenPlanView {
  const { workspace, trading } = room
  const holdings = workspace.book.holdings(trading.account.accountId, workspace.now())
  const open = trading.blotter.orders().filter((order) => order.open.gt(0))
  const exits = holdings.map(({ symbol, strategy, quantity }) => ({
    symbol,
    strategy,
    side: dec(quantity).gt(0) ? ('sell' as const) : ('buy' as const),
    quantity: text(magnitude(dec(quantity))),
  }))
  const listed: Plain = { cancel: open.map(({ ticket }) => ticket.clientId), exits }
  return {
    planId: workspace.options.ambient.sha256(canonical(listed)).slice(0, 16),
    cancel: open.map((order) => trading.viewOf(order)),
    exits,
    says: `${open.length} orders are cancelled, then ${exits.length} positions are closed at the market; the desk is halted after it.`,
  }
}

/**
 * Cancels what works, then closes everything, then halts. The plan must be the one that was looked at; the same flatten
 * asked for again sends nothing twice, and tries again what was refused.
 */
export async function flatten(
  room: TradingRoom,
  { flattenId, planId }: { readonly flattenId: string; readonly planId: string },
): Promise<FlattenView> {
  const { workspace, trading } = room
  const permitted = workspace.posture.permission('flatten')
  if (!permitted.ok) refuse(permitted.error)
  const plan = planFlatten(room)
  const begun = keptOf(room)
  const isSame = begun?.flattenId === flattenId
  if (!isSame && plan.planId !== planId)
    throw new DeskRefusal('CONFLICT', 'Orders or positions have changed since: look at the list again.', 'planId')
  const net = netHoldings(workspace.book.holdings(trading.account.accountId, workspace.now()))
  const before = isSame ? begun.before : [...net].map(([symbol, units]) => [symbol, text(units)] as const)
  keep(room, { flattenId, before, refused: [] })
  const refused: string[] = []
  const tryTo = async (act: () => Promise<unknown>): Promise<void> => {
    try {
      await act()
    } catch (error) {
      if (!(error instanceof DeskRefusal)) throw error
      refused.push(error.message)
    }
  }
  for (const { clientId } of plan.cancel) {
    // A protective pair goes as one: the second is out by then.
    if (trading.blotter.order(clientId)?.open.gt(0) === true) await tryTo(() => room.cancel(clientId))
  }
  for (const { symbol, strategy } of plan.exits) {
    const exitId = exitIdOf(room, flattenId, symbol, strategy)
    await tryTo(() => exitPosition(room, { exitId, symbol, strategy, quantity: null }, 'flatten'))
  }
  keep(room, { flattenId, before, refused })
  workspace.posture.halt('Everything was flattened: nothing is sent until a person releases it.')
  return flattenStatus(room, flattenId)
}

/** How far a flatten has come. */
export function flattenStatus(room: TradingRoom, flattenId: string): FlattenView {
  const { workspace, trading } = room
  const kept = keptOf(room)
  if (kept?.flattenId !== flattenId)
    throw new DeskRefusal('NOT_FOUND', `There was no flatten ${flattenId} in this book, or a later one.`, 'flattenId')
  const now = netHoldings(workspace.book.holdings(trading.account.accountId, workspace.now()))
  const before = new Map(kept.before.map(([symbol, units]) => [symbol, dec(units)]))
  const lines = flattenLines(before, now, trading.blotter.orders()).map((line) => ({ ...line }))
  const done = lines.every(({ stage }) => stage === 'flat')
  return {
    flattenId,
    done,
    lines,
    refused: [...kept.refused],
    says: done
      ? 'Everything is flat.'
      : `${lines.filter(({ stage }) => stage !== 'flat').length} positions are not flat.`,
  }
}

/** An exit that was refused or cancelled is tried again under a new id; one that may still be filled is not. */
function exitIdOf({ trading }: TradingRoom, flattenId: string, symbol: string, strategy: string | null): string {
  for (let attempt = 1; ; attempt += 1) {
    const exitId = `${flattenId}.${attempt}.${symbol}${strategy === null ? '' : `.${strategy}`}`
    const stage = trading.blotter.order(`o-${exitId}`)?.stage
    if (stage !== 'refused' && stage !== 'cancelled' && stage !== 'expired' && stage !== 'filled') return exitId
  }
}

function keptOf({ workspace }: TradingRoom): KeptFlatten | undefined {
  const kept = workspace.book.setting(KEY)
  return kept === undefined ? undefined : (JSON.parse(kept.value as string) as KeptFlatten)
}

function keep({ workspace }: TradingRoom, kept: KeptFlatten): void {
  const says = `Flatten ${kept.flattenId}: ${kept.before.length} positions${kept.refused.length === 0 ? '' : `, refused: ${kept.refused.join(' ')}`}.`
  workspace.book.saveSetting(
    { key: KEY, value: JSON.stringify(kept), kind: 'state', says },
    workspace.options.ambient.now(),
  )
}
