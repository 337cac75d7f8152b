import { createHash } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { exchange } from '../../../src/brokers/adapters/exchange.ts'
import type { BrokerEvent, ExchangeKeys, Handed, Reason, Result } from '../../../src/desk/broker/ports.ts'
import { ok } from '../../../src/desk/broker/ports.ts'
import type { CarriedBook, CarriedOrder, ExchangeNews, ExchangePort } from '../../../src/desk/trading/ports.ts'
import { Blotter } from '../../../src/domain/broker/blotter.ts'
import type { OrderTicket } from '../../../src/domain/broker/order-ticket.ts'
import type { InstrumentSpec } from '../../../src/domain/inputs.ts'
import { dec, text, ZERO } from '../../../src/domain/kernel/money.ts'
import { loadExchange } from '../../../src/host/load-exchange.ts'
import { instrumentOf } from '../../domain/broker/paper-room.ts'
import { share } from '../../support/sizing-fixtures.ts'
import { TurnedTimer } from '../../support/turned-timer.ts'
import { approved, exiting } from '../approved-order.ts'
import { ExchangeStandIn, KEYS } from './exchange-stand-in.ts'

/** A future as the stand-in specifies it. */
export const BTC: InstrumentSpec = {
  ...share(),
  symbol: 'BTCUSDT',
  assetClass: 'crypto',
  currency: 'USDT',
  tickSize: '0.1',
  lotStep: '0.001',
  minQuantity: '0.001',
}

/** What is kept over a restart. */
export interface KeptBook {
  readonly blotter: Blotter
  readonly executions: Set<string>
  readonly revisions: Map<string, number>
  readonly events: BrokerEvent[]
}

/** A book whose orders go to the stand-in, followed by the adapter; time passes as the test says. */
export class ExchangeRoom {
  readonly kept: KeptBook
  readonly timer = new TurnedTimer()
  readonly news: ExchangeNews[] = []
  readonly port: ExchangePort
  readonly specs: InstrumentSpec[] = [BTC]
  may: { entry: Result<unknown, Reason>; exit: Result<unknown, Reason> } = { entry: ok(true), exit: ok(true) }

  constructor(
    standIn: ExchangeStandIn,
    {
      kept = freshBook(),
      keys = KEYS,
      load = loadQuickly,
    }: { kept?: KeptBook; keys?: ExchangeKeys; load?: (name: string) => Promise<unknown> } = {},
  ) {
    this.kept = kept
    this.port = exchange.connect({
      account: { exchange: 'binanceusdm', network: standIn.address, since: Date.now() - 60_000 },
      keys: () => ok(keys),
      load,
      sha256: (words) => createHash('sha256').update(words, 'utf8').digest('hex'),
      now: () => Date.now(),
      timer: this.timer,
      book: this.#book(),
    })
    this.port.listen((event) => this.#hear(event))
  }

  order(clientId: string) {
    return this.kept.blotter.order(clientId)
  }

  /** Units held of the future by what was told. */
  held(): string {
    const fills = this.kept.blotter.fills('main', 'exchange')
    return text(
      fills.reduce(
        (sum, { side, quantity }) => (side === 'buy' ? sum.plus(dec(quantity)) : sum.minus(dec(quantity))),
        ZERO,
      ),
    )
  }

  /** Stores and sends an entry, as the desk does. */
  enter(changes: Partial<OrderTicket>): Promise<Handed> {
    const order = approved({ symbol: 'BTCUSDT', quantity: '1', ...changes })
    this.kept.blotter.store(order, 'entry')
    return this.#settle(order.clientId, this.port.submit(order))
  }

  /** Stores and sends an exit. */
  leave(changes: Partial<OrderTicket>): Promise<Handed> {
    const order = exiting({ symbol: 'BTCUSDT', quantity: '1', ...changes })
    this.kept.blotter.store(order, 'exit')
    return this.#settle(order.clientId, this.port.exit(order))
  }

  /** Lets time pass, and asks the exchange. */
  async after(ms: number): Promise<Result<true, Reason>> {
    this.timer.turn(ms)
    return this.port.sync()
  }

  /** The desk stops and starts again on what was kept. */
  restart(standIn: ExchangeStandIn): ExchangeRoom {
    this.port.close()
    return new ExchangeRoom(standIn, { kept: this.kept })
  }

  async #settle(clientId: string, handing: Promise<Handed>): Promise<Handed> {
    this.kept.blotter.sent(clientId)
    const handed = await handing
    if (handed.ok) return handed
    if (handed.error.code === 'OUTCOME_UNKNOWN') this.kept.blotter.outcomeUnknown(clientId)
    else this.kept.blotter.take({ kind: 'refused', at: Date.now(), clientId, reason: handed.error })
    return handed
  }

  #hear(event: BrokerEvent): void {
    const { blotter, executions, revisions, events } = this.kept
    if (!('clientId' in event)) return
    events.push(event)
    if (event.kind === 'change-refused') {
      blotter.changeRefused(event.clientId, event.revision)
      return
    }
    if (event.kind === 'fill') executions.add(event.executionId)
    if (event.kind === 'replaced') revisions.set(event.clientId, event.revision)
    blotter.take(event)
  }

  #book(): CarriedBook {
    const { blotter, executions, revisions } = this.kept
    const order = (clientId: string): CarriedOrder | undefined => {
      const known = blotter.order(clientId)
      return known === undefined ? undefined : { ...known, revision: revisions.get(clientId) ?? 0 }
    }
    return {
      order,
      orders: () => blotter.orders().flatMap(({ ticket }) => order(ticket.clientId) ?? []),
      knows: (id) => executions.has(id),
      held: (symbol) => (symbol === 'BTCUSDT' ? this.held() : '0'),
      heldSymbols: () => (this.held() === '0' ? [] : ['BTCUSDT']),
      instrument: (symbol) => {
        const spec = this.specs.find((one) => one.symbol === symbol)
        return spec === undefined ? undefined : instrumentOf(spec)
      },
      followedFrom: () => Date.now() - 60_000,
      store: (ticket) => blotter.store(ticket, 'protect'),
      may: (intent) => this.may[intent],
    }
  }
}

/** A stand-in that answers until the test ends. */
export async function startStandIn(): Promise<ExchangeStandIn> {
  const standIn = new ExchangeStandIn()
  await standIn.listen()
  onTestFinished(() => standIn.stop())
  return standIn
}

/** A book in which nothing has happened. */
export function freshBook(): KeptBook {
  return { blotter: new Blotter(), executions: new Set(), revisions: new Map(), events: [] }
}

type Made = new (settings: Readonly<Record<string, unknown>>) => object

/** The library's exchange, limited to a rate that a test can wait for. */
export async function loadQuickly(name: string): Promise<unknown> {
  const exchangeClass = (await loadExchange(name)) as Made | undefined
  if (exchangeClass === undefined) return undefined
  return class extends exchangeClass {
    constructor(settings: Readonly<Record<string, unknown>>) {
      super({ ...settings, rateLimit: 0.02, timeout: 2_000 })
    }
  }
}
