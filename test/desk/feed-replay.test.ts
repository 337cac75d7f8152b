import { describe, expect, it } from 'vitest'
import type { QuoteFrame } from '../../src/contract/feed.ts'
import type { Bar, BarInterval } from '../../src/domain/ledger/records.ts'
import { callRefusal } from '../support/call-refusal.ts'
import { addBars } from './bar-batch.ts'
import { paperRoom, share, type TradingRoom } from './trading-room.ts'

const OPEN = Date.UTC(2026, 1, 2, 15)

/** Minute bars of a share that falls by ten cents a minute. */
function falling(symbol = 'AAPL', minutes = 120, interval: BarInterval = '1m'): readonly Bar[] {
  return Array.from({ length: minutes }, (_, minute) => {
    const open = 100 - minute / 10
    return {
      symbol,
      interval,
      at: OPEN + minute * 60_000,
      open: open.toFixed(2),
      high: (open + 0.05).toFixed(2),
      low: (open - 0.1).toFixed(2),
      close: (open - 0.1).toFixed(2),
      volume: null,
    }
  })
}

async function replayRoom(bars = falling()): Promise<TradingRoom> {
  const room = await paperRoom(null)
  addBars(room, [share('AAPL')], bars)
  return room
}

const ASKED = { symbols: ['AAPL'], interval: '1m' as const, equity: '100000' }

describe('a replay', () => {
  it('is the clock of the desk: prices, sizes and fills are those of its time', async () => {
    const room = await replayRoom()
    expect(await room.calls.feed.replayable()).toMatchObject([{ symbol: 'AAPL', interval: '1m', bars: 120 }])
    const begun = await room.calls.feed.startReplay({ ...ASKED, speed: 'stepped' })
    expect(begun).toMatchObject({ state: 'paused', at: OPEN, quotes: 480, taken: 0 })
    expect(await room.calls.feed.step({ quotes: 40 })).toMatchObject({ taken: 40, at: OPEN + 10 * 60_000 - 1 })
    expect((await room.calls.system.info()).now).toBe(OPEN + 10 * 60_000 - 1)
    const [quote] = (await room.calls.feed.status()).quotes
    expect(quote).toMatchObject({ symbol: 'AAPL', state: 'fresh', bid: '99', ask: '99', source: 'replay', age: 0 })
    const request = { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '95', quantity: '100' }
    const { decisionId, entry } = await room.calls.sizing.decide({ request })
    expect(entry).toBe('99')
    await room.calls.trading.approve({ decisionId })
    await room.calls.feed.step({ quotes: 200 })
    const [trade] = (await room.calls.journal.trades({})).rows
    expect(trade).toMatchObject({ entryPrice: '99', exitPrice: '95', profit: '-400', r: '-1' })
    expect(trade?.exitAt).toBeLessThan(OPEN + 60 * 60_000)
    expect((await room.calls.account.get()).equity).toBe('99600')
  })

  it('plays by the timer, faster, paused and on, and stops with the clock of the machine', async () => {
    const room = await replayRoom()
    await room.calls.feed.startReplay({ ...ASKED, speed: 60 })
    room.timer.turn(10_000)
    expect(await room.calls.feed.pause()).toMatchObject({ state: 'paused', taken: 40 })
    room.timer.turn(60_000)
    expect((await room.calls.feed.status()).replay.taken).toBe(40)
    await room.calls.feed.play()
    await room.calls.feed.speed({ speed: 600 })
    room.timer.turn(60_000)
    expect((await room.calls.feed.status()).replay).toMatchObject({ state: 'ended', taken: 480 })
    expect(await room.calls.feed.stop()).toMatchObject({ state: 'none' })
    expect((await room.calls.system.info()).now).toBe(room.clock.now)
  })

  it('goes on from where it was after a restart, standing still, with the same end as without one', async () => {
    const play = async (restarts: boolean): Promise<string> => {
      let room = await replayRoom()
      await room.calls.feed.startReplay({ ...ASKED, speed: 'stepped' })
      for (const quotes of [7, 6, 11, 50, 400]) {
        await room.calls.feed.step({ quotes })
        if (quotes === 6) {
          const request = { symbol: 'AAPL', side: 'buy', entry: '99.4', stop: '95', target: '130', quantity: '50' }
          const { decisionId } = await room.calls.sizing.decide({ request, decisionId: 'decision-1' })
          await room.calls.trading.approve({ decisionId })
        }
        if (!restarts) continue
        room = room.restart()
        expect((await room.calls.feed.status()).replay.state).not.toBe('playing')
      }
      const { accountId } = room.workspace.account()
      return JSON.stringify([room.book().fills(accountId), (await room.calls.feed.status()).replay.taken]).replaceAll(
        accountId,
        'account',
      )
    }
    const whole = await play(false)
    expect(whole).toContain('"price":"95"')
    expect(await play(true)).toBe(whole)
  })

  it('ends with the desk', async () => {
    const room = await replayRoom()
    await room.calls.feed.startReplay({ ...ASKED, speed: 60 })
    room.timer.turn(1_000)
    room.workspace.close()
    expect(() => room.timer.turn(60_000)).not.toThrow()
  })

  it('is refused where its clock would contradict the book', async () => {
    const room = await replayRoom()
    const start = (more: object) => callRefusal(room.calls.feed.startReplay({ ...ASKED, speed: 1, ...more }))
    expect(await start({ symbols: ['MSFT'] })).toMatchObject({ code: 'NOT_FOUND', field: 'symbols' })
    expect(await start({ interval: '1d' })).toMatchObject({ code: 'NOT_FOUND' })
    expect(await start({ equity: undefined })).toMatchObject({ code: 'INPUT_MISSING', field: 'equity' })
    expect(await start({ from: 1, to: 2 })).toMatchObject({ field: 'from' })
    await room.calls.account.setEquity({ equity: '1000', note: null })
    expect(await start({})).toMatchObject({ code: 'INPUT_MISSING', field: 'equity' })
    expect(await room.calls.feed.play()).toMatchObject({ state: 'none', taken: 0 })
    await room.calls.books.create({ from: 'sample' })
    expect(await start({})).toMatchObject({ code: 'INPUT_OUT_OF_RANGE' })
  })
})

describe('quotes', () => {
  it('reach a watcher as the newest of each symbol, however many came', async () => {
    const room = await replayRoom()
    await room.calls.feed.startReplay({ ...ASKED, speed: 'stepped' })
    await room.calls.feed.step({ quotes: 1 })
    const ending = new AbortController()
    const stream = await room.calls.feed.watch(undefined, { signal: ending.signal })
    expect((await stream.next()).value).toMatchObject({ quotes: [{ symbol: 'AAPL', bid: '100' }] })
    await room.calls.feed.step({ quotes: 99 })
    const value = (await stream.next()).value as QuoteFrame
    expect(value.quotes.map(({ symbol }) => symbol)).toEqual(['AAPL'])
    expect(value.at).toBe((await room.calls.system.info()).now)
    ending.abort()
    await stream.return(undefined)
  })

  it('that were typed size an order, and are refused crossed, or for what is not known', async () => {
    const room = await paperRoom()
    await room.calls.market.saveInstrument(share('AAPL'))
    const type = (bid: string, ask: string, symbol = 'AAPL') => room.calls.feed.typeQuote({ symbol, bid, ask })
    expect(await type('99', '101')).toMatchObject({ state: 'fresh', bid: '99', ask: '101', age: 0 })
    expect(await callRefusal(type('102', '101'))).toMatchObject({ code: 'QUOTE_CROSSED', field: 'bid' })
    expect(await callRefusal(type('0', '1'))).toMatchObject({ field: 'bid' })
    expect(await callRefusal(type('1', '2', 'NONE'))).toMatchObject({ code: 'NOT_FOUND' })
    const request = { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '95', quantity: '10' }
    expect((await room.calls.sizing.preview({ request })).entry).toBe('100')
    room.clock.now += 2 * 86_400_000
    const [stale] = (await room.calls.feed.status()).quotes
    expect(stale).toMatchObject({ state: 'stale', age: 2 * 86_400_000 })
    const decided = await room.calls.sizing.decide({ request: { ...request, entry: '100' } })
    const refused = await callRefusal(room.calls.trading.approve({ decisionId: decided.decisionId }))
    expect(refused.code).toBe('QUOTE_STALE')
  })
})
