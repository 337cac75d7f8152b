import { describe, expect, it } from 'vitest'
import { brokers } from '../../src/brokers/registry.ts'
import { Blotter } from '../../src/domain/broker/blotter.ts'
import { openPaper } from '../../src/domain/broker/paper/paper-broker.ts'
import { PAPER_TERMS } from '../../src/domain/broker/paper/paper-terms.ts'
import type { BrokerEvent } from '../../src/desk/broker/ports.ts'
import { instrumentOf, START, ticket } from '../domain/broker/paper-room.ts'
import { share } from '../support/sizing-fixtures.ts'
import { approved, exiting } from './approved-order.ts'

function heard(broker: { listen(hear: (event: BrokerEvent) => void): () => void }): string[] {
  const said: string[] = []
  broker.listen((event) => said.push('clientId' in event ? `${event.kind} ${event.clientId}` : event.kind))
  return said
}

const quote = (price: string) =>
  ({
    symbol: 'ACME',
    bid: price,
    ask: price,
    bidSize: null,
    askSize: null,
    last: null,
    at: START,
    source: 'test',
    continues: false,
  }) as const

describe('every broker', () => {
  it('is known by its id, and says what it is', () => {
    for (const [id, broker] of Object.entries(brokers)) {
      expect(broker.id).toBe(id)
      expect(broker.title.length).toBeGreaterThan(3)
      expect(broker.says.length).toBeGreaterThan(20)
    }
  })

  it('takes nothing for new risk but what the governor approved', () => {
    const broker = brokers.manual.connect({ now: () => START })
    const unapproved = (): unknown[] => [
      // @ts-expect-error a plain ticket has no approval
      broker.submit(ticket()),
      // @ts-expect-error an exit is no approval
      broker.submit(exiting()),
      // @ts-expect-error an approved entry is no exit
      broker.exit(approved()),
    ]
    expect(unapproved).toBeTypeOf('function')
  })
})

describe('the paper broker behind the port', () => {
  const connect = (state = openPaper('USD', '100000', [])) => {
    const acme = instrumentOf(share())
    const broker = brokers.paper.connect({
      terms: PAPER_TERMS,
      state,
      instrumentOf: (symbol) => (symbol === 'ACME' ? acme : undefined),
      now: () => START,
    })
    return { broker, said: heard(broker) }
  }

  it('fills, states positions, and goes on after a restart', async () => {
    const { broker, said } = connect()
    broker.quote(quote('100'))
    expect(await broker.submit(approved({ protect: { stop: '95', target: null } }))).toEqual({
      ok: true,
      value: 'handed',
    })
    expect(said).toEqual(['accepted a', 'fill a', 'accepted a.stop'])
    const again = connect(broker.state())
    expect(await again.broker.positions()).toMatchObject({
      ok: true,
      value: { complete: true, positions: [{ quantity: '100' }] },
    })
    again.broker.quote(quote('94'))
    expect(again.said).toEqual(['fill a.stop'])
    expect(await again.broker.exit(exiting({ clientId: 'b' }))).toEqual({ ok: true, value: 'handed' })
    expect(again.said).toEqual(['fill a.stop', 'refused b'])
  })

  it('changes and cancels, and names an order it does not know', async () => {
    const { broker, said } = connect()
    await broker.submit(approved({ kind: 'limit', limit: '90' }))
    await broker.change(approved({ kind: 'limit', limit: '91', quantity: '50' }), 1)
    expect(broker.state().orders[0]?.ticket).toMatchObject({ limit: '91', quantity: '50' })
    await broker.cancel('a')
    expect(said).toEqual(['accepted a', 'replaced a', 'cancelled a'])
    expect(await broker.cancel('z')).toMatchObject({ ok: false, error: { field: 'clientId' } })
  })
})

describe('the broker by hand', () => {
  const connect = () => {
    const broker = brokers.manual.connect({ now: () => START })
    const blotter = new Blotter()
    broker.listen((event) => {
      if ('clientId' in event && event.kind !== 'change-refused') blotter.take(event)
    })
    return { broker, blotter }
  }
  const fill = {
    clientId: 'a',
    executionId: 'x1',
    quantity: '60',
    price: '100.5',
    fee: '1',
    feeCurrency: 'USD',
    at: START,
  }

  it('shows one line to copy, however often the order is handed over', async () => {
    const { broker } = connect()
    const order = approved({ kind: 'limit', limit: '100', protect: { stop: '95', target: '110' } })
    await broker.submit(order)
    await broker.submit(order)
    expect(broker.tickets().map(({ says }) => says)).toEqual([
      'BUY 100 ACME LIMIT LIMIT 100 GTC STOP LOSS 95 TARGET 110',
    ])
    expect(broker.forwards).toBe(false)
  })

  it('tells what is typed, once', async () => {
    const { broker, blotter } = connect()
    blotter.store(approved(), 'entry')
    await broker.submit(approved())
    expect(broker.typeTaken('a', 'T-1').ok).toBe(true)
    expect(broker.typeFill(fill).ok).toBe(true)
    expect(broker.typeFill(fill).ok).toBe(true)
    expect(blotter.order('a')?.filled.toString()).toBe('60')
    expect(broker.typeCancelled('a').ok).toBe(true)
    expect(blotter.order('a')?.stage).toBe('cancelled')
    expect(broker.tickets()).toEqual([])
    await broker.submit(approved())
    expect(broker.tickets()).toEqual([])
  })

  it.each([
    [{ clientId: 'z' }, 'clientId'],
    [{ quantity: '0' }, 'quantity'],
    [{ price: '1,5' }, 'price'],
    [{ fee: 'x' }, 'fee'],
    [{ executionId: ' ' }, 'executionId'],
    [{ at: Number.NaN }, 'at'],
    [{ feeCurrency: '' }, 'feeCurrency'],
  ])('names what is wrong with a typed fill: %j', async (changes, field) => {
    const { broker, blotter } = connect()
    await broker.submit(approved())
    expect(broker.typeFill({ ...fill, ...changes })).toMatchObject({ ok: false, error: { field } })
    expect(blotter.fills('main', 'manual')).toEqual([])
  })

  it('takes a change only once the terminal has it', async () => {
    const { broker, blotter } = connect()
    blotter.store(approved(), 'entry')
    await broker.submit(approved())
    expect(broker.typeChanged('a').ok).toBe(false)
    blotter.changeAsked('a', 1, '40')
    await broker.change(approved({ quantity: '40' }), 1)
    expect(broker.tickets()[0]).toMatchObject({ task: 'changed', says: 'CHANGE TO BUY 40 ACME MARKET GTC' })
    expect(blotter.order('a')?.open.toString()).toBe('100')
    expect(broker.typeChanged('a').ok).toBe(true)
    expect(blotter.order('a')?.open.toString()).toBe('40')
    await broker.cancel('a')
    expect(broker.tickets()[0]?.task).toBe('cancel')
  })

  it('knows no positions until they are stated', async () => {
    const { broker } = connect()
    expect(await broker.positions()).toMatchObject({ ok: false, error: { code: 'OUTCOME_UNKNOWN' } })
    broker.statePositions({ complete: true, positions: [] })
    expect(await broker.positions()).toEqual({ ok: true, value: { complete: true, positions: [] } })
  })
})
