import { describe, expect, it } from 'vitest'
import { err, reason } from '../../src/desk/broker/ports.ts'
import { callRefusal } from '../support/call-refusal.ts'
import { arm, codes, connected, quoted, SECRETS, unconnected } from './exchange-live-room.ts'
import { approveLive } from './live-room.ts'
import { EMPTY, tradingRoom, type TradingRoom } from './trading-room.ts'

const REQUEST = { symbol: 'BTCUSDT', side: 'buy', entry: '100', stop: '95', quantity: '2' }
const buy = async (room: TradingRoom) => {
  const { decisionId } = await room.calls.sizing.decide({ request: REQUEST })
  return approveLive(room, decisionId)
}
const pass = async (room: TradingRoom, ms: number): Promise<void> => {
  room.clock.now += ms
  room.timer.turn(ms)
  await quoted(room)
  await room.calls.exchange.reconcile().catch(() => undefined)
}

describe('which broker a live book has', () => {
  it('is chosen while it is disarmed and nothing is open, and for an exchange that is known', async () => {
    const { room, standIn } = await unconnected()
    expect(await room.calls.exchange.get()).toMatchObject({
      broker: 'manual',
      account: null,
      standing: null,
      fixed: null,
      keys: { from: 'environment', lastFour: 'aa91' },
    })
    const wanted = { broker: 'exchange', exchange: 'binanceusdm', network: standIn.address } as const
    for (const [wrong, field] of [
      [{ exchange: 'nowhere' }, 'exchange'],
      [{ network: 'http://example.com:80' }, 'network'],
      [{ network: 'https://fapi.example.com' }, 'network'],
      [{ network: 'http://127.0.0.1.example.com:80' }, 'network'],
    ] as const)
      expect(await callRefusal(room.calls.exchange.choose({ ...wanted, ...wrong }))).toMatchObject({ field })
    await room.calls.exchange.choose(wanted)
    await room.calls.exchange.reconcile()
    expect(await room.calls.trading.broker()).toMatchObject({ id: 'exchange', forwards: true })
    await arm(room)
    expect(await callRefusal(room.calls.exchange.choose({ broker: 'manual' }))).toMatchObject({ code: 'CONFLICT' })
    await buy(room)
    await room.calls.state.disarm({})
    const refused = await callRefusal(room.calls.exchange.choose({ broker: 'manual' }))
    expect(refused.says).toMatch(/orders may still be filled/)
    expect(standIn.heard.length).toBeGreaterThan(3)
  })

  it('is by hand again after it was chosen so, and paper in a paper book', async () => {
    const { room } = await connected()
    expect(await room.calls.exchange.choose({ broker: 'manual' })).toMatchObject({ broker: 'manual', account: null })
    expect(await room.calls.trading.tickets()).toEqual([])
    await room.calls.books.create({ ...EMPTY, equity: '1000' })
    const wanted = { broker: 'exchange', exchange: 'binanceusdm', network: 'live' } as const
    expect(await callRefusal(room.calls.exchange.choose(wanted))).toMatchObject({ code: 'CONFLICT' })
  })

  it('is tried without being chosen, and without an order', async () => {
    const { room, standIn } = await unconnected()
    const tried = await room.calls.exchange.test({ exchange: 'binanceusdm', network: standIn.address })
    expect(tried).toMatchObject({ reached: true, differences: [] })
    const { book } = room
    book().saveInstrument({ ...(book().instrument('BTCUSDT') as object), tickSize: '1' } as never, room.clock.now)
    const again = await room.calls.exchange.test({ exchange: 'binanceusdm', network: standIn.address })
    expect(again.differences).toEqual(['BTCUSDT: tickSize is 1 here and 0.1 at the exchange.'])
    expect(standIn.heard.some((call) => call.startsWith('POST'))).toBe(false)
    expect((await room.calls.exchange.get()).broker).toBe('manual')
  })

  it('says what is missing where no keys are set, and lets nothing be armed', async () => {
    const none = err(reason('NOT_ENABLED', 'No exchange keys are set.', 'key'))
    const { room, standIn } = await unconnected({ ...SECRETS, read: () => none })
    await room.calls.exchange.choose({ broker: 'exchange', exchange: 'binanceusdm', network: standIn.address })
    expect(await callRefusal(room.calls.exchange.reconcile())).toMatchObject({ code: 'NOT_ENABLED' })
    const { checks } = await room.calls.state.preflight()
    expect(checks.find(({ id }) => id === 'positions')?.passed).toBe(false)
    await expect(arm(room)).rejects.toThrow()
  })

  it('reaches nothing from a desk that was opened without a place for keys', async () => {
    const room = tradingRoom()
    await room.calls.books.create({ ...EMPTY, name: 'Live', kind: 'live', equity: '1000' })
    expect(await room.calls.exchange.get()).toMatchObject({ keys: { from: 'none' } })
    const keys = { key: 'a-key-of-an-account', secret: 'a-secret-of-an-account' }
    expect(await callRefusal(room.calls.exchange.keepKeys(keys))).toMatchObject({ code: 'NOT_ENABLED' })
  })
})

describe('a live book at an exchange', () => {
  it('arms only once book and exchange were compared, and sends what was approved', async () => {
    const { room, standIn } = await unconnected()
    // What was compared by hand was another broker.
    await room.calls.trading.reconcile({ complete: true, positions: [] })
    await room.calls.exchange.choose({ broker: 'exchange', exchange: 'binanceusdm', network: standIn.address })
    const typed = room.calls.trading.reconcile({ complete: true, positions: [] })
    expect(await callRefusal(typed)).toMatchObject({ code: 'CONFLICT' })
    await expect(arm(room)).rejects.toThrow(/not compared/)
    await room.calls.exchange.reconcile()
    await arm(room)
    const order = await buy(room)
    expect(order).toMatchObject({ stage: 'working', open: '2' })
    const [there] = standIn.market.orders
    if (there === undefined) throw new Error('no order')
    standIn.market.fill(there, '2')
    await pass(room, 2_000)
    await pass(room, 2_000)
    expect(await room.calls.trading.positions()).toMatchObject([
      { symbol: 'BTCUSDT', quantity: '2', unprotected: '0', protectedBy: [{ price: '95', open: '2' }] },
    ])
    const waiting = standIn.market.conditionals.filter(({ status }) => status === 'NEW')
    expect(waiting).toMatchObject([{ type: 'STOP_MARKET', quantity: '2', reduceOnly: true }])
  })

  it('lets no entry out once disarmed, while exits and cancels go', async () => {
    const { room, standIn } = await connected()
    await arm(room)
    await buy(room)
    const [there] = standIn.market.orders
    if (there === undefined) throw new Error('no order')
    standIn.market.fill(there, '0.5')
    await pass(room, 2_000)
    const { decisionId } = await room.calls.sizing.decide({ request: { ...REQUEST, entry: '99' } })
    await room.calls.state.disarm({})
    expect(await callRefusal(room.calls.trading.approve({ decisionId }))).toMatchObject({ code: 'NOT_ARMED' })
    const [open] = await room.calls.trading.orders({ open: true })
    const clientId = (await room.calls.trading.orders({})).find(({ role }) => role === 'entry')?.clientId ?? ''
    expect(open).toBeDefined()
    expect(await room.calls.trading.cancel({ clientId })).toMatchObject({ stage: 'cancelled', filled: '0.5' })
    const exit = { exitId: 'exit-00001', symbol: 'BTCUSDT', strategy: null, quantity: null }
    expect(await room.calls.trading.exit(exit)).toMatchObject({ stage: 'filled' })
    expect(standIn.market.orders.map(({ side, reduceOnly }) => `${side} ${reduceOnly}`)).toEqual([
      'BUY false',
      'SELL true',
    ])
  })

  it('halted, sends cancels alone', async () => {
    const { room, standIn } = await connected()
    await arm(room)
    const { clientId } = await buy(room)
    const [there] = standIn.market.orders
    if (there === undefined) throw new Error('no order')
    standIn.market.fill(there, '1')
    await pass(room, 2_000)
    await room.calls.state.halt({ reason: 'Enough.' })
    const before = standIn.heard.filter((call) => call.startsWith('POST')).length
    const exit = { exitId: 'exit-00001', symbol: 'BTCUSDT', strategy: null, quantity: null }
    expect(await callRefusal(room.calls.trading.exit(exit))).toMatchObject({ code: 'HALTED' })
    expect(await room.calls.trading.cancel({ clientId })).toMatchObject({ stage: 'cancelled' })
    await pass(room, 12_000)
    expect(standIn.heard.filter((call) => call.startsWith('POST'))).toHaveLength(before)
  })

  it('counts an order nobody answered for, restricts itself, and settles it by asking', async () => {
    const { room, standIn } = await connected()
    await arm(room)
    standIn.troubles.push({ path: '/order', method: 'POST', trouble: 'lost' })
    const order = await buy(room)
    expect(order).toMatchObject({ stage: 'unknown', open: '2' })
    expect(await codes(room)).toContain('OUTCOME_UNKNOWN')
    expect((await room.calls.state.get()).state).toBe('REDUCE_ONLY')
    await pass(room, 2_000)
    expect(await room.calls.trading.orders({ open: true })).toMatchObject([{ stage: 'working' }])
    expect(standIn.market.orders).toHaveLength(1)
    const { causes } = await room.calls.state.get()
    expect(causes.find(({ code }) => code === 'OUTCOME_UNKNOWN')).toBeDefined()
  })

  it('asks after a crash for what may have been sent, and sends it never again', async () => {
    const { room, standIn } = await connected()
    await arm(room)
    standIn.troubles.push({ path: '/order', method: 'POST', trouble: 'dropped' })
    const { clientId } = await buy(room)
    const again = room.restart()
    expect(await again.calls.trading.orders({ open: true })).toMatchObject([{ clientId, stage: 'unknown', open: '2' }])
    expect((await again.calls.state.get()).arming.armed).toBe(false)
    for (const ms of [1, 15_000, 20_000]) await pass(again, ms)
    expect(await again.calls.trading.orders({})).toMatchObject([{ clientId, stage: 'cancelled' }])
    expect(standIn.market.orders).toEqual([])
  })

  it('restricts itself where the exchange holds something else, and stays so until a person loosens it', async () => {
    const { room, standIn } = await connected()
    const by = { symbol: 'ETHUSDT', side: 'BUY', type: 'MARKET', quantity: '1', newClientOrderId: 'by-hand-1' }
    standIn.market.place(by)
    expect(await room.calls.exchange.reconcile()).toMatchObject({
      agrees: false,
      differences: [{ symbol: 'ETHUSDT', ours: '0', theirs: '1' }],
    })
    expect(await codes(room)).toContain('RECONCILE_DIFF')
    standIn.market.positions.clear()
    expect(await room.calls.exchange.reconcile()).toMatchObject({ agrees: true })
    expect(await codes(room)).toContain('RECONCILE_DIFF')
  })

  it('adopts a fill that nobody here ordered, at once', async () => {
    const { room, standIn } = await connected()
    await arm(room)
    await buy(room)
    standIn.market.place({
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'MARKET',
      quantity: '0.5',
      newClientOrderId: 'by-hand-1',
    })
    await pass(room, 31_000)
    await pass(room, 31_000)
    expect(await room.calls.trading.positions()).toMatchObject([{ symbol: 'BTCUSDT', quantity: '0.5' }])
    expect(await codes(room)).toContain('RECONCILE_DIFF')
    expect((await room.calls.trading.broker()).alarms.join(' ')).toMatch(/not known here/)
  })

  it('restricts itself where a position has no stop', async () => {
    const { room, standIn } = await connected()
    await arm(room)
    await buy(room)
    const [there] = standIn.market.orders
    if (there === undefined) throw new Error('no order')
    standIn.troubles.push({ path: '/algoOrder', method: 'POST', trouble: 'echoes-key' })
    standIn.market.fill(there, '2')
    await pass(room, 2_000)
    const { state, causes } = await room.calls.state.get()
    expect(state).toBe('REDUCE_ONLY')
    expect(causes.some(({ says }) => says.startsWith('BTCUSDT is held without its stop'))).toBe(true)
    expect(await room.calls.trading.positions()).toMatchObject([{ unprotected: '2', protectedBy: [] }])
  })
})
