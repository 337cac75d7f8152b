import { describe, expect, it } from 'vitest'
import type { SettingView } from '../../src/contract/profile.ts'
import { callRefusal } from '../support/call-refusal.ts'
import { approveLive, armRoom, confirmed, liveRoom, WINDOW } from './live-room.ts'
import { paperRoom, share, type TradingRoom } from './trading-room.ts'

const REQUEST = { symbol: 'AAPL', side: 'buy', entry: '100', stop: '95', quantity: '10' }

async function decided(room: TradingRoom, more: Partial<typeof REQUEST> = {}): Promise<string> {
  // Two seconds later the same order is no slip any more; prices go on meanwhile.
  room.clock.now += 2_100
  await room.calls.feed.typeQuote({ symbol: 'AAPL', bid: '99.99', ask: '100.01' })
  await room.calls.state.heartbeat({ windowId: WINDOW })
  const request = { ...REQUEST, ...more }
  const { decisionId, quantity, says } = await room.calls.sizing.decide({ request })
  expect(quantity, says).not.toBe('0')
  return decisionId
}

async function armed(): Promise<TradingRoom> {
  const room = await liveRoom()
  await armRoom(room)
  return room
}

async function ordersIn(room: TradingRoom): Promise<number> {
  return (await room.calls.trading.orders({})).length
}

const press = (room: TradingRoom, quantity: string) =>
  room.calls.trading.beginApproval({ windowId: WINDOW, symbol: 'AAPL', side: 'buy', quantity })

describe('a live order', () => {
  it('is not sent without a press, and none can be made without an arm or in another window', async () => {
    const room = await liveRoom()
    expect((await callRefusal(press(room, '10'))).code).toMatch(/NOT_ARMED|REDUCE_ONLY/)
    await armRoom(room)
    const decisionId = await decided(room)
    const bare = await callRefusal(room.calls.trading.approve({ decisionId, typedQuantity: '10' }))
    expect(bare).toMatchObject({ code: 'NOT_CONFIRMED', field: 'confirmation' })
    const elsewhere = room.calls.trading.beginApproval({
      windowId: 'window-2',
      symbol: 'AAPL',
      side: 'buy',
      quantity: '10',
    })
    expect(await callRefusal(elsewhere)).toMatchObject({ code: 'NOT_ARMED', field: 'windowId' })
    expect(await ordersIn(room)).toBe(0)
  })

  it('is sent 0.6 s after the press and not a moment sooner, by the desk’s own clock', async () => {
    const room = await armed()
    const decisionId = await decided(room)
    const { confirmation, holdFor } = await press(room, '10')
    const approve = () => room.calls.trading.approve({ decisionId, confirmation, typedQuantity: '10' })
    room.clock.now += holdFor - 1
    expect(await callRefusal(approve())).toMatchObject({ code: 'NOT_CONFIRMED' })
    room.clock.now += 1
    expect(await approve()).toMatchObject({ decisionId, quantity: '10' })
    expect(await approve()).toMatchObject({ decisionId })
    expect(await ordersIn(room)).toBe(1)
  })

  it('is not sent by a press that is old, was used, or was overtaken by another one', async () => {
    const room = await armed()
    const first = await decided(room)
    const used = await confirmed(room, first)
    await room.calls.trading.approve({ decisionId: first, confirmation: used, typedQuantity: '10' })
    const second = await decided(room)
    const refused = async (confirmation: string): Promise<string> =>
      (await callRefusal(room.calls.trading.approve({ decisionId: second, confirmation, typedQuantity: '10' }))).code
    expect(await refused(used)).toBe('NOT_CONFIRMED')
    const overtaken = await press(room, '10')
    const newest = await press(room, '10')
    room.clock.now += 600
    expect(await refused(overtaken.confirmation)).toBe('NOT_CONFIRMED')
    room.clock.now += 9_500
    expect(await refused(newest.confirmation)).toBe('NOT_CONFIRMED')
    expect(await refused('made-up')).toBe('NOT_CONFIRMED')
    expect(await ordersIn(room)).toBe(1)
  })

  it('is the very order that was looked at while the key was held', async () => {
    const room = await armed()
    const decisionId = await decided(room)
    const { confirmation } = await press(room, '9')
    room.clock.now += 600
    const refused = await callRefusal(room.calls.trading.approve({ decisionId, confirmation, typedQuantity: '10' }))
    expect(refused).toMatchObject({ code: 'NOT_CONFIRMED' })
    expect(refused.says).toContain('Confirmed was buy 9 AAPL, decided is buy 10 AAPL')
  })

  it('asks for its size to be typed where it is unusual, and takes that size alone', async () => {
    const room = await armed()
    const decisionId = await decided(room)
    const look = { symbol: 'AAPL', side: 'buy', quantity: '10', price: '100', strategy: null } as const
    expect(await room.calls.trading.unusual(look)).toEqual([
      { kind: 'first', says: 'This is the first trade in AAPL.' },
    ])
    for (const typedQuantity of [undefined, '100', 'ten', '']) {
      const confirmation = await confirmed(room, decisionId)
      const typed = typedQuantity === undefined ? {} : { typedQuantity }
      const refused = await callRefusal(room.calls.trading.approve({ decisionId, confirmation, ...typed }))
      expect(refused).toMatchObject({ code: 'UNUSUAL_ORDER', field: 'typedQuantity' })
      expect(refused.says).toContain('This is the first trade in AAPL.')
    }
    expect(await ordersIn(room)).toBe(0)
    expect(await approveLive(room, decisionId)).toMatchObject({ quantity: '10' })
  })

  it('asks no more once five entries of the same side and size are known', async () => {
    const room = await armed()
    for (let entry = 1; entry <= 5; entry += 1) {
      const { clientId } = await approveLive(room, await decided(room))
      const fill = { clientId, quantity: '10', price: '100', fee: '0', feeCurrency: 'USD', at: room.clock.now }
      await room.calls.trading.typeFill({ ...fill, executionId: `E-${entry}` })
    }
    const decisionId = await decided(room)
    const confirmation = await confirmed(room, decisionId)
    expect(await room.calls.trading.approve({ decisionId, confirmation })).toMatchObject({ quantity: '10' })
    const larger = await decided(room, { quantity: '31' })
    const refused = room.calls.trading.approve({ decisionId: larger, confirmation: await confirmed(room, larger) })
    expect((await callRefusal(refused)).says).toContain('31 is 3.1 times the median of 10')
  })
})

describe('on paper', () => {
  it('nothing is confirmed, and nothing is unusual', async () => {
    const room = await paperRoom()
    await room.calls.market.saveInstrument(share('AAPL'))
    const look = { symbol: 'AAPL', side: 'buy', quantity: '10', price: '100', strategy: null } as const
    expect(await room.calls.trading.unusual(look)).toEqual([])
    expect(await callRefusal(press(room, '10'))).toMatchObject({ code: 'INPUT_OUT_OF_RANGE' })
  })
})

/** Other values of a setting: its ends, its other choices, the other way of a switch. */
function othersOf({ kind, value, least, most, choices }: SettingView): readonly string[] {
  if (kind === 'switch') return [value === 'true' ? 'false' : 'true']
  if (kind === 'choice') return choices.filter((choice) => choice !== value)
  return [least, most].filter((end) => end !== null && end !== value) as string[]
}

async function isTaken(room: TradingRoom, path: string, value: string): Promise<boolean> {
  const changed = await Promise.allSettled([
    room.calls.profile.change({ changes: [{ path, value }], reason: 'Walked through.' }),
  ])
  return changed[0].status === 'fulfilled'
}

describe('no setting of a live book', () => {
  it('takes the hold away, each turned to another value on its own', async () => {
    const room = await armed()
    const decisionId = await decided(room)
    const { settings, rules } = await room.calls.profile.get()
    let taken = 0
    for (const [path, value] of [
      ...settings.flatMap((setting) =>
        othersOf(setting)
          .slice(-1)
          .map((other) => [setting.path, other] as const),
      ),
      ...rules.map(({ path, on }) => [path, on ? 'off' : 'on'] as const),
    ]) {
      if (await isTaken(room, path, value)) taken += 1
      const refused = await callRefusal(room.calls.trading.approve({ decisionId, typedQuantity: '10', orLess: true }))
      expect(refused.code, `${path} = ${value}`).toBe('NOT_CONFIRMED')
    }
    expect(taken).toBeGreaterThan(40)
    expect(await ordersIn(room)).toBe(0)
  }, 60_000)

  it('takes hold or typed size away, with every rule off that may be, before the first order', async () => {
    const room = await liveRoom()
    const { settings, rules } = await room.calls.profile.get()
    // Without these no book is armed at all.
    const needed = ['ceilings.daily_loss', 'ceilings.drawdown']
    for (const { path, mayBeOff } of rules) if (mayBeOff && !needed.includes(path)) await isTaken(room, path, 'off')
    for (const setting of settings.filter(({ section }) => section === 'gate'))
      for (const other of othersOf(setting)) await isTaken(room, setting.path, other)
    await armRoom(room)
    const decisionId = await decided(room)
    const bare = await callRefusal(room.calls.trading.approve({ decisionId, typedQuantity: '10', orLess: true }))
    expect(bare.code).toBe('NOT_CONFIRMED')
    const confirmation = await confirmed(room, decisionId)
    const untyped = await callRefusal(room.calls.trading.approve({ decisionId, confirmation, orLess: true }))
    expect(untyped.code).toBe('UNUSUAL_ORDER')
    expect(await ordersIn(room)).toBe(0)
  }, 60_000)
})
