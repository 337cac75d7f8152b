import { describe, expect, it } from 'vitest'
import { callRefusal } from '../support/call-refusal.ts'
import { approveLive, armRoom, liveRoom } from './live-room.ts'
import { EMPTY, tradingRoom } from './trading-room.ts'

const REQUEST = { symbol: 'AAPL', side: 'buy', entry: '100', stop: '95', quantity: '100' }

describe('a live book', () => {
  it('sends nothing new while it is not armed', async () => {
    const room = await liveRoom()
    const { decisionId } = await room.calls.sizing.decide({ request: REQUEST })
    const refused = await callRefusal(room.calls.trading.approve({ decisionId }))
    expect(['NOT_ARMED', 'REDUCE_ONLY']).toContain(refused.code)
    expect(await room.calls.trading.tickets()).toEqual([])
  })

  it('shows the ticket to carry, and counts the fills that are typed, each once', async () => {
    const room = await liveRoom()
    await armRoom(room)
    const { decisionId, says } = await room.calls.sizing.decide({ request: REQUEST })
    expect(says).not.toBe('')
    const order = await approveLive(room, decisionId)
    expect(order).toMatchObject({ stage: 'sent', open: '100' })
    const { clientId } = order
    expect(await room.calls.trading.tickets()).toMatchObject([
      { task: 'open', says: 'BUY 100 AAPL LIMIT LIMIT 100 GTC STOP LOSS 95' },
    ])
    const taken = await room.calls.trading.typeTaken({ clientId, brokerId: 'T-1' })
    expect(taken.stage).toBe('working')
    const fill = { clientId, quantity: '60', price: '99.9', fee: '1', feeCurrency: 'USD', at: room.clock.now }
    await room.calls.trading.typeFill({ ...fill, executionId: 'E-1' })
    const twice = await room.calls.trading.typeFill({ ...fill, executionId: 'E-1' })
    expect(twice).toMatchObject({ filled: '60', open: '40', averagePrice: '99.9', fees: '1' })
    const late = room.calls.trading.typeFill({ ...fill, executionId: 'E-2', at: room.clock.now + 60_000 })
    expect(await callRefusal(late)).toMatchObject({ field: 'at' })

    const again = room.restart()
    expect(await again.calls.trading.tickets()).toMatchObject([{ order: { clientId, open: '40' } }])
    expect(
      await again.calls.trading.reconcile({ complete: true, positions: [{ symbol: 'AAPL', quantity: '60' }] }),
    ).toMatchObject({ agrees: true })
    const other = await again.calls.trading.reconcile({
      complete: true,
      positions: [{ symbol: 'AAPL', quantity: '50' }],
    })
    expect(other).toMatchObject({ agrees: false, differences: [{ ours: '60', theirs: '50' }] })
    const unsaid = again.calls.trading.reconcile({ complete: true, positions: [] })
    expect(await callRefusal(unsaid)).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect((await again.calls.state.get()).causes.map(({ code }) => code)).toContain('RECONCILE_DIFF')

    await again.calls.trading.cancel({ clientId })
    expect(await again.calls.trading.tickets()).toMatchObject([{ task: 'cancel' }])
    expect(await again.calls.trading.typeCancelled({ clientId })).toMatchObject({ stage: 'cancelled', filled: '60' })
    expect(await again.calls.trading.tickets()).toEqual([])
  })

  it('lets a paper book carry nothing by hand', async () => {
    const room = tradingRoom()
    await room.calls.books.create({ ...EMPTY, equity: '1000' })
    expect(await room.calls.trading.tickets()).toEqual([])
    const taken = room.calls.trading.typeTaken({ clientId: 'o-1', brokerId: 'T-1' })
    expect(await callRefusal(taken)).toMatchObject({ code: 'NOT_FOUND', field: 'clientId' })
    expect(await room.calls.trading.broker()).toMatchObject({ id: 'paper', forwards: true, working: 0 })
  })
})
