import { describe, expect, it } from 'vitest'
import { ExchangeRoom, startStandIn } from './exchange-room.ts'
import { KEYS, type ExchangeStandIn } from './exchange-stand-in.ts'

const rooms = async (): Promise<{ standIn: ExchangeStandIn; room: ExchangeRoom }> => {
  const standIn = await startStandIn()
  return { standIn, room: new ExchangeRoom(standIn) }
}
const beat = async (room: ExchangeRoom, ms: number): Promise<void> => {
  room.timer.turn(ms)
  await room.port.sync()
  await new Promise((resolve) => setTimeout(resolve, 0))
}

describe('the link to the exchange', () => {
  it('says when it answers, when it has not for long, and when it does again', async () => {
    const { standIn, room } = await rooms()
    room.port.hear((news) => room.news.push(news))
    await beat(room, 0)
    expect(room.news.map(({ kind }) => kind)).toEqual(['reached'])
    for (let times = 0; times < 20; times += 1) standIn.troubles.push({ path: '/time', trouble: 'dropped' })
    await beat(room, 10_000)
    expect(room.port.standing().link).toBe('reached')
    await beat(room, 30_000)
    expect(room.news.map(({ kind }) => kind)).toEqual(['reached', 'silent'])
    expect(room.port.standing().link).toBe('silent')
    standIn.troubles.length = 0
    await beat(room, 60_000)
    expect(room.news.map(({ kind }) => kind)).toEqual(['reached', 'silent', 'reached'])
  })

  it('asks ever more slowly while nobody answers', async () => {
    const { standIn, room } = await rooms()
    room.port.hear(() => undefined)
    for (let times = 0; times < 40; times += 1) standIn.troubles.push({ path: '/time', trouble: 'dropped' })
    await beat(room, 0)
    const asked = (): number => standIn.heard.length
    const before = asked()
    for (let second = 0; second < 60; second += 1) {
      room.timer.turn(1_000)
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
    expect(asked() - before).toBeLessThanOrEqual(5)
    expect(asked() - before).toBeGreaterThanOrEqual(2)
  })

  it('asks soon after orders, however quickly they come', async () => {
    const { standIn, room } = await rooms()
    room.port.hear(() => undefined)
    await beat(room, 0)
    const looks = (): number => standIn.heard.filter((call) => call === 'GET /fapi/v1/time').length
    const before = looks()
    for (let order = 0; order < 6; order += 1) {
      await room.enter({ clientId: `o-${order}`, kind: 'limit', limit: '90' })
      room.timer.turn(900)
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
    expect(looks() - before).toBeGreaterThanOrEqual(2)
  })

  it('sends nothing while it was told to slow down, and says how long', async () => {
    const { standIn, room } = await rooms()
    await room.port.sync()
    standIn.troubles.push({ path: '/order', method: 'POST', trouble: 'banned' })
    expect(await room.enter({ clientId: 'o-1' })).toMatchObject({ ok: false, error: { code: 'THROTTLE' } })
    const before = standIn.heard.length
    const refused = await room.enter({ clientId: 'o-2' })
    expect(refused).toMatchObject({ ok: false, error: { code: 'THROTTLE' } })
    if (!refused.ok) expect(refused.error.says).toMatch(/for 60 seconds/)
    expect(standIn.heard).toHaveLength(before)
    room.timer.turn(61_000)
    expect(await room.enter({ clientId: 'o-3' })).toMatchObject({ ok: true })
    expect(standIn.market.orders).toHaveLength(1)
  })

  it('signs by the exchange’s clock, and sets it again where it has moved', async () => {
    const { standIn, room } = await rooms()
    standIn.skew = 3_600_000
    expect(await room.enter({ clientId: 'o-1' })).toMatchObject({ ok: true })
    standIn.skew = -3_600_000
    expect(await room.enter({ clientId: 'o-2' })).toMatchObject({ ok: true })
    expect(standIn.market.orders).toHaveLength(2)
    standIn.troubles.push(
      { path: '/order', method: 'POST', trouble: 'late' },
      { path: '/order', method: 'POST', trouble: 'late' },
    )
    expect(await room.enter({ clientId: 'o-3' })).toMatchObject({ ok: false, error: { code: 'CLOCK_ANOMALY' } })
  })

  it('refuses an account in hedge mode, keys the exchange does not know, and a library that is not there', async () => {
    const standIn = await startStandIn()
    const wrong = new ExchangeRoom(standIn, { keys: { ...KEYS, secret: 'another' } })
    expect(await wrong.port.sync()).toMatchObject({ ok: false, error: { code: 'NOT_ENABLED' } })
    const without = new ExchangeRoom(standIn, { load: () => Promise.resolve(undefined) })
    const refused = await without.enter({ clientId: 'o-1' })
    expect(refused).toMatchObject({ ok: false, error: { code: 'NOT_ENABLED' } })
    if (!refused.ok) expect(refused.error.says).toMatch(/npm install ccxt@/)
    standIn.hedged = true
    expect(await new ExchangeRoom(standIn).port.sync()).toMatchObject({ ok: false, error: { code: 'NOT_ENABLED' } })
    expect(standIn.market.orders).toEqual([])
  })

  it('never tells the keys, whatever the exchange says', async () => {
    const { standIn, room } = await rooms()
    const said: string[] = []
    for (const path of ['/order', '/algoOrder', '/userTrades', '/positionRisk', '/openOrders'])
      standIn.troubles.push({ path, trouble: 'echoes-key' })
    said.push(JSON.stringify(await room.enter({ clientId: 'o-1' })))
    said.push(JSON.stringify(await room.enter({ clientId: 'o-2', protect: { stop: '95', target: null } })))
    said.push(JSON.stringify(await room.port.sync()))
    said.push(JSON.stringify(await room.port.positions()))
    said.push(JSON.stringify(await room.port.strangers(true)))
    said.push(JSON.stringify([room.port, room.port.standing(), room.kept.events, room.news]))
    expect(said.join('\n')).toMatch(/Invalid API-key •••/)
    expect(said.join('\n')).not.toMatch(new RegExp(`${KEYS.key}|${KEYS.secret}`))
  })
})

describe('what others do on the account', () => {
  it('counts as a position, once it is sure that no order here did it', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1' })
    standIn.market.place({
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'MARKET',
      quantity: '0.5',
      newClientOrderId: 'by-hand-1',
    })
    await room.after(40_000)
    await room.after(40_000)
    expect(room.held()).toBe('1.5')
    expect(room.kept.blotter.alarms()).toMatchObject([{ alarm: 'stranger' }])
    await room.after(40_000)
    expect(room.held()).toBe('1.5')
  })

  it('is named where it works there and is not known here', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1', protect: { stop: '95', target: '120' } })
    await room.port.sync()
    expect(await room.port.strangers(true)).toEqual({ ok: true, value: [] })
    standIn.market.place({
      symbol: 'ETHUSDT',
      side: 'BUY',
      type: 'LIMIT',
      price: '1',
      quantity: '1',
      newClientOrderId: 'by-hand-2',
    })
    expect(await room.port.strangers(false)).toEqual({ ok: true, value: [] })
    const named = await room.port.strangers(true)
    expect(named.ok && named.value).toEqual(['Order by-hand-2 in ETHUSDT works at the exchange and is not known here.'])
  })

  it('states positions whole, a flat one of ours with zero', async () => {
    const { standIn, room } = await rooms()
    await room.enter({ clientId: 'o-1' })
    expect(await room.port.positions()).toEqual({
      ok: true,
      value: { complete: true, positions: [{ symbol: 'BTCUSDT', quantity: '1' }] },
    })
    standIn.market.positions.clear()
    expect(await room.port.positions()).toEqual({
      ok: true,
      value: { complete: true, positions: [{ symbol: 'BTCUSDT', quantity: '0' }] },
    })
  })
})
