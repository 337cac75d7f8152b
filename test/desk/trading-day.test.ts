import { describe, expect, it } from 'vitest'
import { readFile } from '../importers/reading.ts'
import { hasSharedData, onRealFiles, sharedBytes } from '../importers/shared-data.ts'
import { callRefusal } from '../support/call-refusal.ts'
import { addBars } from './bar-batch.ts'
import { paperRoom, share, type TradingRoom } from './trading-room.ts'

const [FIRST, LAST] = [Date.UTC(2012, 9, 1), Date.UTC(2013, 1, 5)]
const FROM = Date.UTC(2013, 0, 14)

async function realRoom(): Promise<TradingRoom> {
  const room = await paperRoom(null)
  const files = ['equity_usa_daily_aapl.zip', 'forex_oanda_daily_eurusd.zip']
  const readings = await Promise.all(files.map((name) => readFile(name, sharedBytes(`lean/${name}`))))
  const bars = readings.flatMap(({ bars: read }) => read.map(({ bar }) => bar))
  const near = bars.filter(({ at }) => at >= FIRST && at <= LAST)
  const pair = share('EURUSD', { assetClass: 'fx', calendar: 'fx', tickSize: '0.00001', spread: '0.0001' })
  addBars(room, [share('AAPL', { tickSize: '0.0001' }), pair], near)
  return room
}

/** Plays quote by quote until it is eleven in the morning in New York of a day. */
async function playUntil(room: TradingRoom, day: number): Promise<void> {
  for (let played = 0; played < 2_000; played += 1) {
    const { at } = await room.calls.feed.step({ quotes: 1 })
    if (at !== null && at >= day + 16 * 3_600_000) return
  }
  throw new Error('the replay never came so far')
}

async function buy(room: TradingRoom, symbol: string, away: number, entry?: string): Promise<string> {
  const [quote] = (await room.calls.feed.status()).quotes.filter((one) => one.symbol === symbol)
  const stop = (Number(quote?.bid) * (1 - away)).toFixed(4)
  const request = { symbol, side: 'buy', entry: entry ?? 'market', stop }
  return (await room.calls.sizing.decide({ request })).decisionId
}

describe.skipIf(!hasSharedData)(onRealFiles('days replayed from real bars'), () => {
  it('size and fill orders on paper, move the limits, and end new risk when the loss of a day is too large', async () => {
    const room = await realRoom()
    const { calls } = room
    const symbols = ['AAPL', 'EURUSD']
    await calls.feed.startReplay({ symbols, interval: '1d', from: FROM, equity: '100000', speed: 'stepped' })
    await playUntil(room, Date.UTC(2013, 0, 22))
    const shares = await calls.trading.approve({ decisionId: await buy(room, 'AAPL', 0.018) })
    expect(shares).toMatchObject({ stage: 'filled', symbol: 'AAPL' })
    const euros = await calls.trading.approve({ decisionId: await buy(room, 'EURUSD', 0.02) })
    expect(euros).toMatchObject({ stage: 'filled', symbol: 'EURUSD' })
    expect((await calls.trading.positions()).map(({ symbol }) => symbol)).toEqual(symbols)
    const limits = await calls.limits.live()
    expect(Number(limits.gross)).toBeGreaterThan(50_000)
    expect(Number(limits.openRisk)).toBeGreaterThan(1_000)

    // On 24 January 2013 the share opened 12 % lower: the stop is filled at the open, far below it.
    await playUntil(room, Date.UTC(2013, 0, 24))
    const [loss] = (await calls.journal.trades({ filter: { symbol: 'AAPL' } })).rows
    expect(Number(loss?.r)).toBeLessThan(-3)
    expect(Number((await calls.limits.live()).dayProfit)).toBeLessThan(-3_000)
    expect((await calls.trading.positions()).map(({ symbol }) => symbol)).toEqual(['EURUSD'])
    for (let reading = 0; reading < 3; reading += 1) room.workspace.posture.look()
    const state = await calls.state.get()
    expect(state).toMatchObject({ state: 'REDUCE_ONLY', entries: false, exits: true })
    expect(state.causes.map(({ code }) => code)).toContain('DAILY_LOSS')
    expect((await calls.limits.live()).breaches[0]).toMatchObject({ code: 'DAILY_LOSS', acknowledgedAt: null })

    const refused = await callRefusal(calls.trading.approve({ decisionId: await buy(room, 'EURUSD', 0.02) }))
    expect(['DAILY_LOSS', 'REDUCE_ONLY']).toContain(refused.code)
    const out = await calls.trading.exit({ exitId: 'way-out-1', symbol: 'EURUSD', strategy: null, quantity: null })
    expect(out).toMatchObject({ stage: 'filled', role: 'exit' })
    expect(await calls.trading.positions()).toEqual([])
    expect((await calls.edge.estimate({})).trades).toBe(2)

    // The limit is loosened in the replay's next trading day, from 17:00 in New York, and not before.
    const loosen = () => calls.state.loosen({ cause: 'breach:daily_loss', reason: 'A new day of the replay.' })
    expect((await callRefusal(loosen())).says).toContain('next session')
    await playUntil(room, Date.UTC(2013, 0, 25))
    for (let reading = 0; reading < 5; reading += 1) room.workspace.posture.look()
    expect(await loosen()).toMatchObject({ state: 'NORMAL', causes: [] })
    const again = await calls.trading.approve({ decisionId: await buy(room, 'EURUSD', 0.02) })
    expect(again).toMatchObject({ stage: 'filled' })
    expect(await calls.audit.verify()).toMatchObject({ verdict: 'verified-anchored' })
  })
})
