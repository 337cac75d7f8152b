import { describe, expect, it } from 'vitest'
import { callRefusal as refusalOf } from '../support/call-refusal.ts'
import { NOON, paperRoom, share, type TradingRoom } from './trading-room.ts'

async function quotedRoom(equity = '100000'): Promise<TradingRoom> {
  const room = await paperRoom(equity)
  await room.calls.market.saveInstrument(share('AAPL'))
  await quote(room, '100')
  return room
}

function quote(room: TradingRoom, price: string, symbol = 'AAPL') {
  room.clock.now += 1_000
  return room.calls.feed.typeQuote({ symbol, bid: price, ask: price })
}

const BUY = { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '95', target: '110' } as const

async function decided(room: TradingRoom, quantity: string | null = '100', more: object = {}): Promise<string> {
  room.clock.now += 5_000
  const { decisionId, outcome } = await room.calls.sizing.decide({ request: { ...BUY, quantity, ...more } })
  expect(outcome).not.toBe('rejected')
  return decisionId
}

describe('an approved order on paper', () => {
  it('is filled at the quote, held as a position, and protected by its stop and target', async () => {
    const room = await quotedRoom()
    const order = await room.calls.trading.approve({ decisionId: await decided(room) })
    expect(order).toMatchObject({ role: 'entry', stage: 'filled', filled: '100', averagePrice: '100', kind: 'market' })
    const [position] = await room.calls.trading.positions()
    expect(position).toMatchObject({ symbol: 'AAPL', quantity: '100', averagePrice: '100', mark: '100', stop: '95' })
    expect(position?.protectedBy.map(({ kind, price }) => [kind, price])).toEqual([
      ['stop', '95'],
      ['limit', '110'],
    ])
  })

  it('is one order however often it is approved, at once or after a restart', async () => {
    const room = await quotedRoom()
    const decisionId = await decided(room)
    const approve = () => room.calls.trading.approve({ decisionId })
    const [first, second] = await Promise.all([approve(), approve()])
    expect(second).toEqual(first)
    const again = room.restart()
    expect(await again.calls.trading.approve({ decisionId })).toEqual(first)
    expect(await again.calls.trading.orders({})).toHaveLength(3)
    expect(again.book().fills(again.workspace.account().accountId)).toHaveLength(1)
  })

  it('at a price off the tick is refused before it is an order, naming the price', async () => {
    const room = await quotedRoom()
    const decisionId = await decided(room, '100', { entry: '99.995' })
    const refused = await refusalOf(room.calls.trading.approve({ decisionId }))
    expect(refused).toMatchObject({ code: 'INPUT_OUT_OF_RANGE', field: 'limit' })
    expect(refused.says).toContain('99.995')
    expect(await room.calls.trading.orders({})).toEqual([])
  })

  it('becomes a trade of the journal and of the edge without a restart', async () => {
    const room = await quotedRoom()
    await room.calls.trading.approve({ decisionId: await decided(room) })
    await quote(room, '111')
    expect(await room.calls.trading.positions()).toEqual([])
    const { rows } = await room.calls.journal.trades({})
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ symbol: 'AAPL', quantity: '100', entryPrice: '100', r: '2.2' })
    const edge = await room.calls.edge.estimate({})
    expect(JSON.stringify(edge)).toContain('"wins":1')
    const orders = await room.calls.trading.orders({})
    expect(orders.map(({ clientId, stage }) => [clientId.split('.')[1] ?? 'entry', stage])).toEqual([
      ['target', 'filled'],
      ['stop', 'cancelled'],
      ['entry', 'filled'],
    ])
    expect((await room.calls.account.get()).equity).toBe('101100')
  })

  it('waits as a limit at its typed price, counts against the limits meanwhile, and can be cancelled', async () => {
    const room = await quotedRoom()
    const decisionId = await decided(room, null, { entry: '98', stop: '95' })
    const order = await room.calls.trading.approve({ decisionId })
    expect(order).toMatchObject({ kind: 'limit', limit: '98', stage: 'working', filled: '0' })
    const before = await room.calls.sizing.preview({ request: { ...BUY, quantity: null, symbol: 'AAPL' } })
    expect(Number(before.exposure.grossBefore)).toBeGreaterThan(0)
    const cancelled = await room.calls.trading.cancel({ clientId: order.clientId })
    expect(cancelled).toMatchObject({ stage: 'cancelled', open: '0' })
    const after = await room.calls.sizing.preview({ request: { ...BUY, quantity: null, symbol: 'AAPL' } })
    expect(after.exposure.grossBefore).toBe('0')
    expect(await refusalOf(room.calls.trading.cancel({ clientId: 'nobody' }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('two approvals', () => {
  it('decided on the same book never pass a limit together', async () => {
    const room = await quotedRoom()
    const wide = { stop: '98.5', target: null }
    const one = await decided(room, null, { ...wide, entry: '99' })
    const two = await decided(room, null, { ...wide, entry: '99.5' })
    const first = await room.calls.trading.approve({ decisionId: one })
    expect(first.stage).toBe('working')
    const refused = await refusalOf(room.calls.trading.approve({ decisionId: two }))
    expect(refused).toMatchObject({ code: 'LEVERAGE', field: 'decisionId' })
    expect(await room.calls.trading.orders({ open: true })).toHaveLength(1)
    await room.calls.trading.cancel({ clientId: first.clientId })
    expect(await room.calls.trading.approve({ decisionId: two })).toMatchObject({ stage: 'working' })
  })
})

describe('after a restart', () => {
  it('orders at work are there, count, and are filled by the next quote', async () => {
    const room = await quotedRoom()
    const decisionId = await decided(room, '50', { entry: '98', stop: '95' })
    const { clientId } = await room.calls.trading.approve({ decisionId })
    const again = room.restart()
    expect(await again.calls.trading.orders({ open: true })).toMatchObject([{ clientId, open: '50' }])
    await quote(again, '97')
    const [order] = (await again.calls.trading.orders({})).filter((one) => one.role === 'entry')
    expect(order).toMatchObject({ stage: 'filled', averagePrice: '97' })
    expect(await again.calls.audit.verify()).toMatchObject({ verdict: 'verified-anchored' })
  })
})

describe('exits', () => {
  it('close partly or wholly, never past flat, and once for each id', async () => {
    const room = await quotedRoom()
    await room.calls.trading.approve({ decisionId: await decided(room) })
    const exit = (exitId: string, quantity: string | null) =>
      room.calls.trading.exit({ exitId, symbol: 'AAPL', strategy: null, quantity })
    expect(await exit('exit-0001', '30')).toMatchObject({ stage: 'filled', filled: '30', side: 'sell' })
    expect(await exit('exit-0001', '30')).toMatchObject({ filled: '30' })
    expect((await room.calls.trading.positions())[0]?.quantity).toBe('70')
    expect(await exit('exit-0002', '500')).toMatchObject({ stage: 'filled', filled: '70' })
    expect(await room.calls.trading.positions()).toEqual([])
    expect(await room.calls.trading.orders({ open: true })).toEqual([])
    expect(await refusalOf(exit('exit-0003', null))).toMatchObject({ code: 'EXIT_PAST_FLAT' })
  })

  it('pass when nothing new may be sent', async () => {
    const room = await quotedRoom()
    await room.calls.trading.approve({ decisionId: await decided(room) })
    const next = await decided(room, '10', { entry: '99' })
    await room.calls.state.stopAddingRisk({})
    expect(await refusalOf(room.calls.trading.approve({ decisionId: next }))).toMatchObject({ code: 'REDUCE_ONLY' })
    room.clock.now += 90_000_000
    const out = await room.calls.trading.exit({ exitId: 'exit-0001', symbol: 'AAPL', strategy: null, quantity: null })
    expect(out.stage).toBe('filled')
  })
})

describe('a protective stop', () => {
  it('is moved nearer to the market, never away from it', async () => {
    const room = await quotedRoom()
    const { clientId } = await room.calls.trading.approve({ decisionId: await decided(room) })
    const moved = await room.calls.trading.replaceStop({ clientId, stop: '97' })
    expect(moved).toMatchObject({ trigger: '97', quantity: '100', stage: 'working' })
    expect(await refusalOf(room.calls.trading.replaceStop({ clientId, stop: '96' }))).toMatchObject({ field: 'stop' })
    await quote(room, '96.5')
    expect(await room.calls.trading.positions()).toEqual([])
  })
})

describe('flattening', () => {
  it('lists, cancels, closes and halts; the same flatten again sends nothing', async () => {
    const room = await quotedRoom()
    await room.calls.market.saveInstrument(share('MSFT'))
    await quote(room, '50', 'MSFT')
    await room.calls.trading.approve({ decisionId: await decided(room) })
    const waiting = await decided(room, '10', { symbol: 'MSFT', entry: '49', stop: '48', target: null })
    await room.calls.trading.approve({ decisionId: waiting })
    const plan = await room.calls.trading.flattenPlan()
    expect(plan).toMatchObject({ exits: [{ symbol: 'AAPL', side: 'sell', quantity: '100' }] })
    expect(plan.cancel).toHaveLength(3)
    const flattenId = 'flatten-1'
    const stale = await refusalOf(room.calls.trading.flatten({ flattenId, planId: 'another' }))
    expect(stale).toMatchObject({ code: 'CONFLICT' })
    const done = await room.calls.trading.flatten({ flattenId, planId: plan.planId })
    expect(done).toMatchObject({ done: true, refused: [], lines: [{ symbol: 'AAPL', stage: 'flat' }] })
    expect((await room.calls.state.get()).state).toBe('HALTED')
    expect(await room.calls.trading.flatten({ flattenId, planId: plan.planId })).toEqual(done)
    expect(await room.calls.trading.orders({ open: true })).toEqual([])
    expect(room.clock.now).toBeGreaterThan(NOON)
  })

  it('closes in a desk that is halted, where a single exit does not pass', async () => {
    const room = await quotedRoom()
    await room.calls.trading.approve({ decisionId: await decided(room) })
    await room.calls.state.halt({})
    const single = room.calls.trading.exit({ exitId: 'exit-0001', symbol: 'AAPL', strategy: null, quantity: null })
    expect(await refusalOf(single)).toMatchObject({ code: 'HALTED' })
    const { planId } = await room.calls.trading.flattenPlan()
    const done = await room.calls.trading.flatten({ flattenId: 'flatten-1', planId })
    expect(done).toMatchObject({ done: true, refused: [] })
    expect(await room.calls.trading.positions()).toEqual([])
  })
})
