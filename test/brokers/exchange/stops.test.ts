import { describe, expect, it } from 'vitest'
import { err, reason } from '../../../src/desk/broker/ports.ts'
import { exiting } from '../approved-order.ts'
import { ExchangeRoom, startStandIn } from './exchange-room.ts'
import type { ExchangeStandIn } from './exchange-stand-in.ts'
import type { KeptConditional } from './stand-in-market.ts'

const BRACKET = { protect: { stop: '95', target: '120' } } as const

const rooms = async (): Promise<{ standIn: ExchangeStandIn; room: ExchangeRoom }> => {
  const standIn = await startStandIn()
  return { standIn, room: new ExchangeRoom(standIn) }
}
const waiting = ({ market }: ExchangeStandIn): KeptConditional[] =>
  market.conditionals.filter(({ status }) => status === 'NEW')
const shown = (standIn: ExchangeStandIn): string[] =>
  waiting(standIn).map(({ type, side, quantity, triggerPrice }) => `${type} ${side} ${quantity} at ${triggerPrice}`)

describe('the stop of an entry at the exchange', () => {
  it('is placed once the entry is filled, for what was filled, and only reduces', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1', kind: 'limit', limit: '100', ...BRACKET })
    await room.port.sync()
    expect(shown(standIn)).toEqual([])
    const [entry] = standIn.market.orders
    if (entry === undefined) throw new Error('no order')
    standIn.market.fill(entry, '0.4')
    await room.after(2_000)
    expect(shown(standIn)).toEqual(['STOP_MARKET SELL 0.4 at 95', 'TAKE_PROFIT SELL 0.4 at 120'])
    expect(waiting(standIn).every(({ reduceOnly }) => reduceOnly)).toBe(true)
    expect(room.order('o-1.stop')).toMatchObject({ stage: 'working', role: 'protect' })
  })

  it('grows with the entry, the new one there before the old one goes', async () => {
    const { standIn, room } = await rooms()
    standIn.market.fillsNow = '0.4'
    await room.enter({ clientId: 'o-1', protect: { stop: '95', target: null } })
    await room.port.sync()
    const [entry] = standIn.market.orders
    if (entry === undefined) throw new Error('no order')
    standIn.market.fill(entry, '0.6')
    standIn.heard.length = 0
    await room.after(2_000)
    expect(shown(standIn)).toEqual(['STOP_MARKET SELL 1 at 95'])
    const acts = standIn.heard.filter((call) => /^(POST|DELETE) .*algoOrder$/.test(call))
    expect(acts).toEqual(['POST /fapi/v1/algoOrder', 'DELETE /fapi/v1/algoOrder'])
    expect(room.order('o-1.stop')?.open.toFixed()).toBe('1')
  })

  it('goes when the position is closed, and the target when the stop is hit', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1', ...BRACKET })
    await room.port.sync()
    await room.leave({ clientId: 'o-2' })
    await room.after(2_000)
    expect(shown(standIn)).toEqual([])
    await room.enter({ clientId: 'o-3', ...BRACKET })
    await room.after(2_000)
    const stop = waiting(standIn).find(({ type }) => type === 'STOP_MARKET')
    if (stop === undefined) throw new Error('no stop')
    standIn.market.trigger(stop)
    await room.after(2_000)
    await room.after(2_000)
    expect(room.order('o-3.stop')?.stage).toBe('filled')
    expect(shown(standIn)).toEqual([])
    expect(room.held()).toBe('0')
  })

  it('covers what is left after a part was closed', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1', protect: { stop: '95', target: null } })
    await room.port.sync()
    await room.leave({ clientId: 'o-2', quantity: '0.3' })
    await room.after(2_000)
    expect(shown(standIn)).toEqual(['STOP_MARKET SELL 0.7 at 95'])
  })

  it('is moved, and stays where it was while nobody answers', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1', protect: { stop: '95', target: null } })
    await room.port.sync()
    const moved = exiting({ ...room.order('o-1.stop')?.ticket, trigger: '97', decisionId: 'd' })
    standIn.troubles.push({ path: '/algoOrder', method: 'POST', trouble: 'dropped' })
    room.kept.blotter.changeAsked('o-1.stop', 1, '1')
    expect(await room.port.change(moved, 1)).toMatchObject({ ok: false, error: { code: 'OUTCOME_UNKNOWN' } })
    expect(shown(standIn)).toEqual(['STOP_MARKET SELL 1 at 95'])
    await room.after(2_000)
    expect(shown(standIn)).toEqual(['STOP_MARKET SELL 1 at 97'])
    expect(room.order('o-1.stop')?.ticket.trigger).toBe('97')
    standIn.troubles.push({ path: '/algoOrder', method: 'POST', trouble: 'lost' })
    const again = exiting({ ...moved, trigger: '98' })
    expect(await room.port.change(again, 2)).toMatchObject({ ok: false })
    const later = room.restart(standIn)
    await later.port.sync()
    await later.after(2_000)
    expect(shown(standIn)).toEqual(['STOP_MARKET SELL 1 at 98'])
    expect(later.order('o-1.stop')?.ticket.trigger).toBe('98')
  })

  it('that cannot be placed is told at once, and tried again', async () => {
    const { standIn, room } = await rooms()
    room.port.hear((news) => room.news.push(news))
    standIn.troubles.push({ path: '/algoOrder', method: 'POST', trouble: 'echoes-key' })
    await room.enter({ clientId: 'o-1', protect: { stop: '95', target: null } })
    await room.port.sync()
    expect(room.news).toMatchObject([{ kind: 'unprotected' }])
    expect(room.port.standing().alarms[0]).toMatch(/^BTCUSDT is held without its stop at 95/)
    await room.after(11_000)
    expect(shown(standIn)).toEqual(['STOP_MARKET SELL 1 at 95'])
    await room.after(2_000)
    expect(room.port.standing().alarms).toEqual([])
  })

  it('is not placed in a halt, which is told', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1', protect: { stop: '95', target: null } })
    room.may = { ...room.may, exit: err(reason('HALTED', 'Halted.')) }
    await room.port.sync()
    await room.after(11_000)
    expect(shown(standIn)).toEqual([])
    expect(room.port.standing().alarms).toHaveLength(1)
  })

  it('of which nobody knows whether it was taken is not placed twice', async () => {
    const { standIn, room } = await rooms()
    standIn.troubles.push({ path: '/algoOrder', method: 'POST', trouble: 'lost' })
    await room.enter({ clientId: 'o-1', protect: { stop: '95', target: null } })
    await room.port.sync()
    expect(room.order('o-1.stop')?.stage).toBe('stored')
    await room.after(2_000)
    expect(room.order('o-1.stop')?.stage).toBe('working')
    expect(standIn.market.conditionals).toHaveLength(1)
  })
})
