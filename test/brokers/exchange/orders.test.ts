import { describe, expect, it } from 'vitest'
import { err, reason } from '../../../src/desk/broker/ports.ts'
import { ExchangeRoom, startStandIn } from './exchange-room.ts'
import type { ExchangeStandIn } from './exchange-stand-in.ts'

const rooms = async (): Promise<{ standIn: ExchangeStandIn; room: ExchangeRoom }> => {
  const standIn = await startStandIn()
  return { standIn, room: new ExchangeRoom(standIn) }
}

describe('an order that goes to the exchange', () => {
  it('is taken under an id of its own and filled, with its fee', async () => {
    const { standIn, room } = await rooms()
    expect(await room.enter({ clientId: 'o-1' })).toEqual({ ok: true, value: 'handed' })
    expect(room.order('o-1')).toMatchObject({ stage: 'filled' })
    expect(standIn.market.orders).toMatchObject([{ symbol: 'BTCUSDT', side: 'BUY', quantity: '1', reduceOnly: false }])
    expect(standIn.market.orders[0]?.clientOrderId).toMatch(/^[A-Za-z0-9]{1,36}$/)
    expect(room.kept.blotter.fills('main', 'exchange')).toMatchObject([
      { quantity: '1', price: '100', fee: '0.04', feeCurrency: 'USDT', side: 'buy' },
    ])
  })

  it('sends decimals as they are, and refuses what is not on the exchange’s grids', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1', kind: 'limit', limit: '99.9', quantity: '0.123' })
    expect(standIn.market.orders).toMatchObject([{ quantity: '0.123', price: '99.9' }])
    for (const [changes, field] of [
      [{ clientId: 'o-2', quantity: '0.1234' }, 'quantity'],
      [{ clientId: 'o-3', quantity: '121' }, 'quantity'],
      [{ clientId: 'o-4', kind: 'limit', limit: '99.95' }, 'limit'],
      [{ clientId: 'o-5', kind: 'limit', limit: '99', lasts: 'day' }, 'lasts'],
      [{ clientId: 'o-6', quantity: '0.049', reference: '100' }, 'quantity'],
    ] as const)
      expect(await room.enter(changes)).toMatchObject({ ok: false, error: { field } })
    expect(standIn.market.orders).toHaveLength(1)
  })

  it('is refused where the specifications differ, and an exit is not', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1' })
    room.specs[0] = { ...(room.specs[0] as (typeof room.specs)[0]), tickSize: '0.01' }
    const refused = await room.enter({ clientId: 'o-2' })
    expect(refused).toMatchObject({ ok: false, error: { code: 'SPEC_MISMATCH' } })
    expect(await room.enter({ clientId: 'o-3', symbol: 'ACME' })).toMatchObject({ ok: false })
    expect(await room.leave({ clientId: 'o-4' })).toMatchObject({ ok: true })
    expect(standIn.market.orders).toMatchObject([{ side: 'BUY' }, { side: 'SELL', reduceOnly: true }])
    expect(room.held()).toBe('0')
  })

  it('is not sent once the desk no longer lets entries out, while exits and cancels go', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1' })
    await room.enter({ clientId: 'o-2', kind: 'limit', limit: '90' })
    room.may = { ...room.may, entry: err(reason('HALTED', 'Halted.')) }
    expect(await room.enter({ clientId: 'o-3' })).toMatchObject({ ok: false, error: { code: 'HALTED' } })
    expect(await room.port.cancel('o-2')).toMatchObject({ ok: true })
    expect(await room.leave({ clientId: 'o-4' })).toMatchObject({ ok: true })
    expect(room.order('o-2')?.stage).toBe('cancelled')
    expect(standIn.market.orders.map(({ side, status }) => `${side} ${status}`)).toEqual([
      'BUY FILLED',
      'BUY CANCELED',
      'SELL FILLED',
    ])
  })

  it('fills in parts, ends only after its last fill, and tells nothing twice', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1', kind: 'limit', limit: '100', quantity: '1' })
    const [order] = standIn.market.orders
    if (order === undefined) throw new Error('no order')
    standIn.market.fill(order, '0.4')
    await room.after(2_000)
    expect(room.order('o-1')).toMatchObject({ stage: 'working' })
    expect(room.held()).toBe('0.4')
    standIn.market.fill(order, '0.1')
    standIn.market.cancel(order)
    await room.after(2_000)
    await room.after(2_000)
    expect(room.held()).toBe('0.5')
    expect(room.kept.events.map(({ kind }) => kind)).toEqual(['accepted', 'fill', 'fill', 'cancelled'])
  })

  it('stays open while its fills are not listed yet, though the exchange says it is over', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1', kind: 'limit', limit: '100' })
    const [order] = standIn.market.orders
    if (order === undefined) throw new Error('no order')
    standIn.market.fill(order, '0.4')
    standIn.market.cancel(order)
    standIn.troubles.push({ path: '/userTrades', trouble: 'behind' }, { path: '/userTrades', trouble: 'behind' })
    await room.after(2_000)
    expect(room.order('o-1')).toMatchObject({ stage: 'working' })
    expect(room.order('o-1')?.open.toFixed()).toBe('1')
    await room.after(2_000)
    expect(room.order('o-1')).toMatchObject({ stage: 'cancelled' })
    expect(room.held()).toBe('0.4')
  })

  it('conditional: waits, and is filled as the order it becomes', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1', kind: 'stop', trigger: '110' })
    const [waiting] = standIn.market.conditionals
    expect(waiting).toMatchObject({ type: 'STOP_MARKET', triggerPrice: '110', status: 'NEW' })
    if (waiting === undefined) throw new Error('no order')
    standIn.market.trigger(waiting)
    await room.after(2_000)
    expect(room.order('o-1')).toMatchObject({ stage: 'filled' })
  })
})

describe('an order nobody answered for', () => {
  it('was not sent where the account was never reached: that is known', async () => {
    const { standIn, room } = await rooms()
    standIn.troubles.push({ path: '/time', trouble: 'dropped' })
    expect(await room.enter({ clientId: 'o-1' })).toMatchObject({ ok: false, error: { code: 'NOT_ENABLED' } })
    expect(room.order('o-1')).toMatchObject({ stage: 'refused' })
    expect(await room.enter({ clientId: 'o-2' })).toMatchObject({ ok: true })
    expect(standIn.market.orders).toHaveLength(1)
  })

  it.each(['lost', 'cut', 'fails-after', 'unknown-code'] as const)(
    '%s: counts as open, is not sent again, and is found by its id',
    async (trouble) => {
      const { standIn, room } = await rooms()
      await room.port.sync()
      standIn.troubles.push({ path: '/order', method: 'POST', trouble })
      expect(await room.enter({ clientId: 'o-1' })).toMatchObject({ ok: false, error: { code: 'OUTCOME_UNKNOWN' } })
      expect(room.order('o-1')).toMatchObject({ stage: 'unknown' })
      expect(room.order('o-1')?.open.toFixed()).toBe('1')
      await room.after(2_000)
      expect(room.order('o-1')?.stage).toBe('filled')
      expect([...standIn.taken().values()]).toEqual([1])
      expect(standIn.heard.filter((call) => call === 'POST /fapi/v1/order')).toHaveLength(1)
    },
  )

  it.each(['dropped', 'fails-before'] as const)(
    '%s: counts as open until the exchange has not known it for the stated time',
    async (trouble) => {
      const { standIn, room } = await rooms()
      await room.port.sync()
      standIn.troubles.push({ path: '/order', method: 'POST', trouble })
      await room.enter({ clientId: 'o-1' })
      for (const ms of [1_000, 2_000, 20_000]) {
        await room.after(ms)
        expect(room.order('o-1')).toMatchObject({ stage: 'unknown' })
      }
      await room.after(10_000)
      expect(room.order('o-1')).toMatchObject({ stage: 'cancelled' })
      expect(standIn.market.orders).toEqual([])
    },
  )

  it('is asked for after a restart, and never sent again', async () => {
    const { standIn, room } = await rooms()
    await room.port.sync()
    standIn.troubles.push({ path: '/order', method: 'POST', trouble: 'lost' })
    await room.enter({ clientId: 'o-1' })
    const again = room.restart(standIn)
    await again.port.sync()
    expect(again.order('o-1')?.stage).toBe('filled')
    expect(again.held()).toBe('1')
    expect([...standIn.taken().values()]).toEqual([1])
  })

  it('whose id the exchange has already is that order', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1', kind: 'limit', limit: '90' })
    const { clientOrderId } = standIn.market.orders[0] ?? { clientOrderId: '' }
    const other = new ExchangeRoom(standIn)
    expect(await other.enter({ clientId: 'o-1', kind: 'limit', limit: '90' })).toMatchObject({ ok: true })
    await other.port.sync()
    expect(other.order('o-1')).toMatchObject({ stage: 'working' })
    expect(standIn.taken().get(clientOrderId)).toBe(1)
  })

  it('stays cancelled-to-be where the cancel is lost, until it is confirmed', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1', kind: 'limit', limit: '90' })
    standIn.troubles.push({ path: '/order', method: 'DELETE', trouble: 'dropped' })
    expect(await room.port.cancel('o-1')).toMatchObject({ ok: false, error: { code: 'OUTCOME_UNKNOWN' } })
    expect(room.order('o-1')?.open.toFixed()).toBe('1')
    await room.after(2_000)
    await room.after(2_000)
    expect(room.order('o-1')?.stage).toBe('cancelled')
  })
})
