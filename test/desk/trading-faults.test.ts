import { describe, expect, it } from 'vitest'
import { StoreFault } from '../../src/desk/ports.ts'
import { Dice } from '../support/history-count.ts'
import { callRefusal } from '../support/call-refusal.ts'
import { addBars } from './bar-batch.ts'
import { paperRoom, share, type TradingRoom } from './trading-room.ts'

const OPEN = Date.UTC(2026, 1, 2, 15)

/** A stepped replay of a share that swings between 97 and 103. */
async function swinging(): Promise<TradingRoom> {
  const room = await paperRoom(null)
  const bars = Array.from({ length: 60 }, (_, minute) => {
    const middle = 100 + 3 * Math.sin(minute / 3)
    const [open, close] = [middle.toFixed(2), (100 + 3 * Math.sin((minute + 1) / 3)).toFixed(2)]
    const [high, low] = [Math.max(Number(open), Number(close)), Math.min(Number(open), Number(close))]
    const prices = { open, close, high: high.toFixed(2), low: low.toFixed(2), volume: null }
    return { symbol: 'AAPL', interval: '1m' as const, at: OPEN + minute * 60_000, ...prices }
  })
  addBars(room, [share('AAPL')], bars)
  await room.calls.feed.startReplay({ symbols: ['AAPL'], interval: '1m', speed: 'stepped', equity: '100000' })
  await room.calls.feed.step({ quotes: 1 })
  return room
}

async function order(room: TradingRoom, entry: string, quantity: string | null = '100'): Promise<string> {
  const request = {
    symbol: 'AAPL',
    side: 'buy',
    entry,
    stop: (Number(entry) - 3).toFixed(2),
    quantity,
    target: '101.50',
  }
  return (await room.calls.sizing.decide({ request })).decisionId
}

describe('a store that cannot keep a fill', () => {
  it('stops the replay; the book goes on from what was kept, and ends as if nothing had happened', async () => {
    const end = async (fails: boolean): Promise<unknown> => {
      let room = await swinging()
      await room.calls.trading.approve({ decisionId: await order(room, '99.00') })
      if (fails) {
        const book = room.book()
        const keep = book.recordTrading.bind(book)
        let failed = 0
        book.recordTrading = (change) => {
          if (change.fills.length > 0 && failed === 0) {
            failed += 1
            throw new StoreFault('STORE_IO', 'The disk did not answer.')
          }
          keep(change)
        }
        await callRefusal(room.calls.feed.step({ quotes: 239 })).catch(() => undefined)
        expect(failed).toBe(1)
        expect(book.fills(room.workspace.account().accountId)).toEqual([])
        room = room.restart()
        const { replay } = await room.calls.feed.status()
        expect(replay.taken).toBeLessThan(240)
        await room.calls.feed.step({ quotes: 240 - replay.taken })
      } else await room.calls.feed.step({ quotes: 239 })
      const { accountId } = room.workspace.account()
      return room
        .book()
        .fills(accountId)
        .map(({ side, quantity, price, at }) => ({ side, quantity, price, at }))
    }
    const whole = await end(false)
    expect(whole).toHaveLength(2)
    expect(await end(true)).toEqual(whole)
  })
})

describe('a desk that ends at any moment of a replay that plays', () => {
  it('goes on from the last thing that was kept: the same orders and fills as without an end', async () => {
    const end = async (seed: number | undefined): Promise<unknown> => {
      let room = await swinging()
      const wanted = [
        ['99.00', '10'],
        ['98.50', '20'],
        ['97.50', '30'],
      ] as const
      for (const [entry, quantity] of wanted)
        await room.calls.trading.approve({ decisionId: await order(room, entry, quantity) })
      const dice = new Dice(seed ?? 0)
      for (let ends = 0; seed !== undefined && ends < 12; ends += 1) {
        await room.calls.feed.speed({ speed: 60 })
        await room.calls.feed.play()
        room.timer.turn(500 + dice.below(11_000))
        room = room.restart()
      }
      await room.calls.feed.step({ quotes: 400 })
      const orders = await room.calls.trading.orders({})
      const fills = room.book().fills(room.workspace.account().accountId)
      expect(await room.calls.audit.verify()).toMatchObject({ verdict: 'verified-anchored' })
      return [
        orders.map(({ role, stage, filled, quantity, averagePrice }) => [role, stage, filled, quantity, averagePrice]),
        fills.map(({ side, quantity, price, at }) => [side, quantity, price, at]),
      ]
    }
    const whole = await end(undefined)
    expect(JSON.stringify(whole)).toContain('"sell"')
    for (const seed of [1, 2, 3, 4, 5]) expect(await end(seed)).toEqual(whole)
  }, 60_000)
})

describe('approvals in any order, with fills, cancels and restarts between them', () => {
  it('never pass the leverage of the profile, and each decision is one order', async () => {
    const dice = new Dice(7)
    let room = await swinging()
    let most = 0
    const waiting: string[] = []
    for (let act = 0; act < 60; act += 1) {
      const which = dice.below(6)
      if (which <= 1) waiting.push(await order(room, (96 + dice.below(700) / 100).toFixed(2), null))
      else if (which === 2) {
        const approvals = waiting
          .splice(0)
          .map((decisionId) => room.calls.trading.approve({ decisionId, orLess: true }))
        await Promise.allSettled([...approvals, ...approvals])
      } else if (which === 3) {
        const [open] = await room.calls.trading.orders({ open: true })
        if (open !== undefined) await Promise.allSettled([room.calls.trading.cancel({ clientId: open.clientId })])
      } else if (which === 4) await room.calls.feed.step({ quotes: 1 + dice.below(4) })
      else if (dice.below(3) === 0) room = room.restart()
      const account = room.workspace.account()
      const { book } = room.workspace.valuedBook(account, room.workspace.readAt())
      const equity = Number((await room.calls.account.get()).equity)
      const leverage = Number(book.gross) / equity
      most = Math.max(most, leverage)
      expect(leverage).toBeLessThanOrEqual(1.05)
    }
    const ids = (await room.calls.trading.orders({})).map(({ clientId }) => clientId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(most).toBeGreaterThan(0.3)
  }, 60_000)
})
