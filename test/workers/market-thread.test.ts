import { afterEach, describe, expect, it } from 'vitest'
import { marketAnswer } from '../../src/desk/portfolio/market-answer.ts'
import type { MarketThread } from '../../src/desk/portfolio/ports.ts'
import { DeskRefusal } from '../../src/desk/refusal.ts'
import { marketThread } from '../../src/workers/market-thread.ts'
import { eigenAtHand } from '../../src/wasm/wasm-eigen.ts'
import { marketsRoom, noise } from '../desk/portfolio-room.ts'
import { NOON, tradingRoom } from '../desk/trading-room.ts'

const frame = { at: NOON, symbols: null, lookBack: 60, linkage: 'average' } as const
let thread: MarketThread
afterEach(() => thread.close())

describe('the market thread', { timeout: 30_000 }, () => {
  it('answers what the desk would have answered itself, from the same book file', async () => {
    const room = await marketsRoom({ AAA: noise(120, 1), BBB: noise(120, 2), CCC: noise(90, 3) })
    thread = marketThread()
    for (const task of [
      { kind: 'study', frame },
      { kind: 'correlation', frame: { ...frame, symbols: ['AAA', 'CCC'] } },
      { kind: 'window', weights: { AAA: 0.5 }, from: NOON - 50 * 86_400_000, to: NOON },
    ] as const) {
      const answer = await thread.work(room.book().info.path, task)
      expect(answer).toEqual(marketAnswer(room.book(), task, { eigen: eigenAtHand() }))
      expect(answer.ok).toBe(true)
    }
  })

  it('says of a book that is not there that it is not, and goes on', async () => {
    const room = await marketsRoom({ AAA: noise(60, 1), BBB: noise(60, 2) })
    thread = marketThread()
    await expect(thread.work(`${room.dataDir}/none.ballast`, { kind: 'study', frame })).rejects.toMatchObject({
      name: 'StoreFault',
    })
    expect((await thread.work(room.book().info.path, { kind: 'study', frame })).ok).toBe(true)
  })

  it('tells whoever waits in a sentence when it is closed, and starts anew when asked again', async () => {
    const room = await marketsRoom({ AAA: noise(60, 1), BBB: noise(60, 2) })
    thread = marketThread()
    const waiting = thread.work(room.book().info.path, { kind: 'study', frame })
    thread.close()
    await expect(waiting).rejects.toThrow(DeskRefusal)
    await expect(waiting).rejects.toThrow('The thread that studies markets was closed before its answer')
    expect((await thread.work(room.book().info.path, { kind: 'study', frame })).ok).toBe(true)
  })

  it('leaves the book writable for the desk, also after it has read it', async () => {
    const room = await marketsRoom({ AAA: noise(60, 1), BBB: noise(60, 2) })
    thread = marketThread()
    const { path } = room.book().info
    await thread.work(path, { kind: 'study', frame })
    await room.calls.market.typePrice({ symbol: 'AAA', price: '101' })
    expect(() => tradingRoom(room.dataDir, room.clock, path)).toThrow(/open|use/)
  })
})
