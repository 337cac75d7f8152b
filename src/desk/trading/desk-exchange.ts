import type { ExchangeTest, ExchangeView } from '../../contract/trading/exchange.ts'
import { err } from '../../domain/kernel/result.ts'
import { reason } from '../../domain/kernel/reason.ts'
import type { Secrets } from '../broker/ports.ts'
import type { Desk } from '../desk.ts'
import { DeskRefusal } from '../refusal.ts'
import { chosenAccount, keepBroker } from './broker-choice.ts'
import { instrumentOf } from './carried-book.ts'
import { compareWithExchange } from './exchange-compare.ts'
import type { CarriedBook } from './ports.ts'
import { refuse } from './refuse.ts'
import type { TradingRoom } from './trading-room.ts'

const NETWORK = /^(live|testnet|http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{1,5})$/

interface Wanted {
  readonly exchange: string
  readonly network: string
}

/** The calls about an exchange account; keys go in by one of them, and come out by none. */
export function openExchange(find: () => TradingRoom): Desk['exchange'] {
  return {
    get: () => viewOf(find()),
    choose: (wanted) => choose(find(), wanted.broker === 'manual' ? null : wanted),
    keepKeys: ({ key, secret }) => {
      const room = find()
      refuseFixed(room, 'armed')
      const kept = secretsOf(room).keep({ key: key.trim(), secret: secret.trim() })
      if (!kept.ok) refuse(kept.error)
      room.reconnect()
      return viewOf(room)
    },
    forgetKeys: () => {
      const room = find()
      refuseFixed(room, 'armed')
      const forgotten = secretsOf(room).forget()
      if (!forgotten.ok) refuse(forgotten.error)
      room.reconnect()
      return viewOf(room)
    },
    test: (wanted) => tryAccount(find(), wanted),
    reconcile: () => {
      const room = find()
      const port = room.exchangeOrNone
      if (port === undefined)
        throw new DeskRefusal(
          'INPUT_OUT_OF_RANGE',
          'This book is not connected to an exchange: choose one in Settings.',
        )
      return compareWithExchange(room, port, false)
    },
  }
}

function viewOf(room: TradingRoom): ExchangeView {
  const { ports, workspace, trading } = room
  const account = chosenAccount(workspace.book)
  const standing = room.exchangeOrNone?.standing()
  return {
    broker: trading.source,
    exchanges: ports.brokers.exchange.exchanges.map((one) => ({ ...one })),
    account: account === undefined ? null : { ...account },
    keys: { ...secretsOf(room).status() },
    standing: standing === undefined ? null : { ...standing, alarms: [...standing.alarms] },
    fixed: fixedBy(room) ?? null,
  }
}

function choose(room: TradingRoom, wanted: Wanted | null): ExchangeView {
  const { workspace } = room
  refuseFixed(room)
  if (wanted !== null) refuseUnknown(room, wanted)
  keepBroker(
    workspace,
    wanted === null
      ? null
      : { exchange: wanted.exchange, network: wanted.network, since: workspace.options.ambient.now() },
  )
  room.reconnect()
  return viewOf(room)
}

async function tryAccount(room: TradingRoom, wanted: Wanted): Promise<ExchangeTest> {
  const { ports, workspace } = room
  refuseUnknown(room, wanted)
  const { exchange } = ports
  const { ambient } = workspace.options
  const port = ports.brokers.exchange.connect({
    account: { ...wanted, since: ambient.now() },
    keys: () => secretsOf(room).read(),
    load: (name) => exchange?.load(name) ?? Promise.resolve(undefined),
    sha256: (text) => ambient.sha256(text),
    now: () => ambient.now(),
    timer: ports.timer,
    book: lookedAtBook(room),
  })
  const positions = await port.positions()
  const differences = positions.ok ? await port.differences() : err(positions.error)
  port.close()
  if (!positions.ok) return { reached: false, says: positions.error.says, differences: [] }
  const held = positions.value.positions.filter(({ quantity }) => quantity !== '0').length
  return {
    reached: true,
    says: `The account answers: ${held} ${held === 1 ? 'position' : 'positions'} there. Nothing was sent.`,
    differences: differences.ok ? [...differences.value] : [],
  }
}

/** A book of which nothing is known but its instruments: enough to look at an account, and not enough to send. */
function lookedAtBook({ workspace }: TradingRoom): CarriedBook {
  const refused = err(reason('NOT_ENABLED', 'This connection was made to look only.'))
  return {
    orders: () => [],
    order: () => undefined,
    knows: () => false,
    held: () => '0',
    heldSymbols: () => workspace.book.instruments().map(({ symbol }) => symbol),
    instrument: (symbol) => instrumentOf(workspace, symbol),
    followedFrom: () => workspace.now(),
    store: () => undefined,
    may: () => refused,
  }
}

function refuseUnknown({ ports }: TradingRoom, { exchange, network }: Wanted): void {
  const { exchanges } = ports.brokers.exchange
  if (!exchanges.some(({ id }) => id === exchange))
    throw new DeskRefusal(
      'INPUT_OUT_OF_RANGE',
      `exchange is ${exchange}: choose ${exchanges.map(({ id }) => id).join(' or ')}.`,
      'exchange',
    )
  if (NETWORK.test(network)) return
  throw new DeskRefusal(
    'INPUT_OUT_OF_RANGE',
    'network is none that is allowed: choose live, testnet, or an address on this machine such as http://127.0.0.1:8080.',
    'network',
  )
}

function fixedBy({ workspace, trading }: TradingRoom, only?: 'armed'): string | undefined {
  if (workspace.posture.now.arming.armed) return 'The desk is armed: disarm it first.'
  if (only === 'armed') return undefined
  if (workspace.book.info.kind !== 'live') return 'Only a live book can be connected: open one.'
  const open = trading.blotter.orders().filter((order) => order.open.gt(0)).length
  return open === 0 ? undefined : `${open} orders may still be filled where they are: cancel them first.`
}

function refuseFixed(room: TradingRoom, only?: 'armed'): void {
  const says = fixedBy(room, only)
  if (says !== undefined) throw new DeskRefusal('CONFLICT', says, 'broker')
}

function secretsOf({ ports }: TradingRoom): Secrets {
  const says = 'This desk was opened without a place for keys.'
  const refused = err(reason('NOT_ENABLED', says))
  return (
    ports.exchange?.secrets ?? {
      status: () => ({ from: 'none', lastFour: null, canKeep: false, says }),
      read: () => refused,
      keep: () => refused,
      forget: () => refused,
    }
  )
}
