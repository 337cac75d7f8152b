import { describe, expect, it } from 'vitest'
import { callRefusal } from '../support/call-refusal.ts'
import { EMPTY, hold, paperRoom, share, tradingRoom, type TradingRoom } from './trading-room.ts'

/** A paper book of 60,000 that holds 1,000 shares bought at 100, 600 by one strategy; half is needed as margin. */
async function levered(): Promise<TradingRoom> {
  const room = await paperRoom('60000')
  await room.calls.market.saveInstrument(share('AAPL', { marginRate: '0.5' }))
  hold(room, 'AAPL', '600', '100', 'swing')
  hold(room, 'AAPL', '400', '100')
  await quote(room, '100')
  return room
}

function quote(room: TradingRoom, price: string) {
  room.clock.now += 1_000
  return room.calls.feed.typeQuote({ symbol: 'AAPL', bid: price, ask: price })
}

const heldIn = async (room: TradingRoom) => (await room.calls.trading.positions()).map(({ quantity }) => quantity)

describe('the maintenance margin of the paper account', () => {
  it('is none until it is set, and then the account is only called', async () => {
    const room = await levered()
    expect(await room.calls.paper.terms()).toMatchObject({
      liquidation: null,
      interest: '0.065',
      says: 'The paper account has no maintenance margin: it is called below its margin, and nothing is closed.',
    })
    for (const price of ['78', '60', '45']) await quote(room, price)
    expect(await heldIn(room)).toEqual(['400', '600'])
    const { alarms } = await room.calls.trading.broker()
    expect(alarms.join()).toMatch(/Margin of .* is above equity of .*: reduce/)
    expect(alarms.join()).not.toContain('closed')
  })

  it('closes positions below it by each strategy, after the call, and trades and equity follow', async () => {
    const room = await levered()
    expect((await room.calls.paper.setLiquidation({ below: '0.50' })).liquidation).toBe('0.5')
    await quote(room, '78')
    expect(await heldIn(room)).toEqual(['400', '600'])
    await quote(room, '53')
    expect(await heldIn(room)).toEqual([])
    const { rows } = await room.calls.journal.trades({})
    expect(rows.map(({ strategy, quantity, exitPrice }) => [strategy, quantity, exitPrice]).sort()).toEqual([
      [null, '400', '53'],
      ['swing', '600', '53'],
    ])
    expect((await room.calls.account.get()).equity).toBe('13000')
    const { alarms } = await room.calls.trading.broker()
    expect(alarms.filter((one) => /reduce|are closed/.test(one))).toMatchObject([
      expect.stringContaining('reduce') as string,
      expect.stringContaining('below 50.00 % of the margin') as string,
    ])
    const orders = await room.calls.trading.orders({})
    expect(orders.map(({ role, stage, side, decisionId }) => [role, stage, side, decisionId])).toEqual([
      ['protect', 'filled', 'sell', 'liquidation'],
      ['protect', 'filled', 'sell', 'liquidation'],
    ])
  })

  it('holds after a restart, and is in the log', async () => {
    const room = await levered()
    await room.calls.paper.setLiquidation({ below: '0.5' })
    const again = room.restart()
    expect((await again.calls.paper.terms()).liquidation).toBe('0.5')
    const [row] = await again.calls.audit.rows({ limit: 1 })
    expect(row?.says).toBe(
      'The paper account is called below its margin, and closed below 50.00 % of the margin in use.',
    )
    await quote(again, '53')
    expect(await heldIn(again)).toEqual([])
    expect((await again.calls.paper.setLiquidation({ below: null })).liquidation).toBeNull()
    again.workspace.close()
  })

  it.each(['0', '1', '-0.5', 'half', ''])('is refused as %s', async (below) => {
    const room = await levered()
    expect(await callRefusal(room.calls.paper.setLiquidation({ below }))).toMatchObject({ field: 'below' })
    expect((await room.calls.paper.terms()).liquidation).toBeNull()
  })

  it('is of paper books alone', async () => {
    const room = tradingRoom()
    await room.calls.books.create({ ...EMPTY, name: 'Live', kind: 'live', equity: '1000' })
    expect((await callRefusal(room.calls.paper.setLiquidation({ below: '0.5' }))).says).toContain('This book is live')
  })
})
