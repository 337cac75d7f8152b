import type { BrokerView } from '../../contract/trading.ts'
import type { Desk } from '../desk.ts'
import { DeskRefusal } from '../refusal.ts'
import { approveDecision } from './approve-order.ts'
import { Confirmations } from './confirmation.ts'
import { exitPosition } from './exit-position.ts'
import { flatten, flattenStatus, planFlatten } from './flatten.ts'
import { listTickets, tellTerminal, typeFill } from './hand-work.ts'
import { lookAtOrder } from './look-at-order.ts'
import { listPositions, strayStops } from './positions.ts'
import { pastReconciliations, reconcileWith } from './reconcile.ts'
import { replaceStop } from './replace-stop.ts'
import { setStop } from './set-stop.ts'
import type { TradingRoom } from './trading-room.ts'

/** Most orders listed where nothing else was asked for. */
const MOST_ORDERS = 500

/** The trading calls of the desk, each one use case; refused where the desk was opened without brokers. */
export function openTrading(find: () => TradingRoom): Desk['trading'] {
  const confirmations = new Confirmations()
  return {
    broker: () => brokerView(find()),
    unusual: (look) => lookAtOrder(find(), look).map((one) => ({ ...one })),
    beginApproval: (pressed) => confirmations.begin(find(), pressed),
    approve: (approval) => approveDecision(find(), approval, confirmations),
    orders: ({ open, limit = MOST_ORDERS }) => {
      const { trading } = find()
      const orders = trading.blotter.orders().filter((order) => !(open === true || open === 'true') || order.open.gt(0))
      return orders
        .slice(-limit)
        .reverse()
        .map((order) => trading.viewOf(order))
    },
    cancel: async ({ clientId }) => {
      const room = find()
      if (!room.trading.has(clientId))
        throw new DeskRefusal('NOT_FOUND', `There is no order ${clientId} in this book.`, 'clientId')
      await room.cancel(clientId)
      return room.trading.view(clientId)
    },
    setStop: (wanted) => setStop(find(), wanted),
    replaceStop: (wanted) => replaceStop(find(), wanted),
    exit: (wanted) => exitPosition(find(), wanted),
    positions: () => listPositions(find()),
    flattenPlan: () => planFlatten(find()),
    flatten: (wanted) => flatten(find(), wanted),
    flattenStatus: ({ flattenId }) => flattenStatus(find(), flattenId),
    tickets: () => listTickets(find()),
    typeTaken: ({ clientId, brokerId }) =>
      tellTerminal(find(), clientId, (manual) => manual.typeTaken(clientId, brokerId)),
    typeFill: (fill) => typeFill(find(), fill),
    typeChanged: ({ clientId }) => tellTerminal(find(), clientId, (manual) => manual.typeChanged(clientId)),
    typeCancelled: ({ clientId }) => tellTerminal(find(), clientId, (manual) => manual.typeCancelled(clientId)),
    reconcile: (stated) => reconcileWith(byHand(find()), stated),
    reconciliations: () => pastReconciliations(find()),
  }
}

function brokerView(room: TradingRoom): BrokerView {
  const { trading, paper, ports } = room
  const isPaper = trading.source === 'paper'
  const { title, says } = ports.brokers[trading.source]
  const standing = isPaper && paper.isOpen ? paper.port().standing() : { equity: null, marginUsed: null, gross: null }
  return {
    id: trading.source,
    title,
    says,
    forwards: trading.source !== 'manual',
    currency: trading.account.currency,
    ...standing,
    working: trading.blotter.orders().filter(({ open }) => open.gt(0)).length,
    unknown: trading.blotter.unknown().length,
    alarms: [
      ...trading.blotter.alarms().map((alarm) => alarm.says),
      ...strayStops(room),
      ...exchangeAlarms(room),
      ...trading.notes,
    ],
  }
}

/** What a person types says nothing of an exchange, which says itself what is held. */
function byHand(room: TradingRoom): TradingRoom {
  if (room.trading.source !== 'exchange') return room
  throw new DeskRefusal('CONFLICT', 'The exchange says itself what is held: compare with it in Settings, under Broker.')
}

function exchangeAlarms({ exchangeOrNone }: TradingRoom): readonly string[] {
  const standing = exchangeOrNone?.standing()
  if (standing === undefined) return []
  return standing.link === 'reached' ? standing.alarms : [standing.says, ...standing.alarms]
}
