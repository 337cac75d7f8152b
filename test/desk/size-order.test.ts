import { describe, expect, it } from 'vitest'
import { hold, NOON, paperRoom, share, tradingRoom, EMPTY } from './trading-room.ts'

const ORDER = { symbol: 'AAPL', side: 'buy', entry: '200', stop: '190', target: '220' } as const

async function roomWithApple(equity: string | null = '100000') {
  const room = await paperRoom(equity)
  await room.calls.market.saveInstrument(share('AAPL'))
  await room.calls.market.typePrice({ symbol: 'AAPL', price: '200' })
  return room
}

describe('sizing an order at the desk', () => {
  it('risks one per cent at the stop, and says so in every place', async () => {
    const { calls } = await roomWithApple()
    const decision = await calls.sizing.decide({ request: ORDER })
    expect(decision).toMatchObject({
      outcome: 'approved',
      quantity: '100',
      notional: '20000',
      riskAmount: '1000',
      riskFraction: '0.01',
      weight: '0.2',
      at: NOON,
      profile: { name: 'discretionary', version: 1 },
    })
    expect(decision.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(decision.ladder.map(({ rule }) => rule)).toContain('risk_per_trade')
  })

  it('writes nothing while one only looks', async () => {
    const room = await roomWithApple()
    const before = room.book().head()
    const shown = await room.calls.sizing.preview({ request: ORDER })
    expect(shown.quantity).toBe('100')
    expect(room.book().head()).toEqual(before)
    expect(await room.calls.decisions.list()).toMatchObject({ rows: [], total: 0 })
  })

  it('finds the decision after a restart, and replays it to the same bytes', async () => {
    const room = await roomWithApple()
    const decided = await room.calls.sizing.decide({ request: { ...ORDER, note: 'Zürich “open” ☂' } })
    const again = room.restart()
    const { decision, inputs, previousHash } = await again.calls.decisions.get({ decisionId: decided.decisionId })
    expect(decision).toEqual(decided)
    expect(inputs.map(({ name }) => name)).toContain('Equity')
    expect(previousHash).toMatch(/^[0-9a-f]{64}$/)
    expect(await again.calls.decisions.replay({ decisionId: decided.decisionId })).toMatchObject({
      identical: true,
      differences: [],
    })
    expect(await again.calls.audit.verify()).toMatchObject({ verdict: 'verified-anchored', head: decided.hash })
    again.workspace.close()
  })

  it('replays a decision to the same bytes after profile, prices and positions have changed', async () => {
    const room = await roomWithApple()
    const { decisionId } = await room.calls.sizing.decide({ request: ORDER })
    await room.calls.profile.change({ changes: [{ path: 'methods.fixed_risk.risk', value: '0.002' }] })
    room.clock.now += 60_000
    await room.calls.market.typePrice({ symbol: 'AAPL', price: '150' })
    hold(room, 'AAPL', '77', '150')
    await room.calls.account.addCashFlow({ kind: 'withdrawal', amount: '-40000', note: null })
    expect(await room.calls.decisions.replay({ decisionId })).toMatchObject({ identical: true })
    const next = await room.calls.sizing.preview({ request: { ...ORDER, entry: '150', stop: '140', target: null } })
    expect(next.quantity).not.toBe('100')
  })

  it('answers the same id with the first decision and records nothing twice', async () => {
    const room = await roomWithApple()
    const first = await room.calls.sizing.decide({ request: ORDER, decisionId: 'mine-0001' })
    const second = await room.calls.sizing.decide({ request: { ...ORDER, stop: '150' }, decisionId: 'mine-0001' })
    expect(second).toEqual(first)
    expect((await room.calls.decisions.list()).total).toBe(1)
  })

  it('refuses the same order twice within two seconds, and only then', async () => {
    const room = await roomWithApple()
    const first = await room.calls.sizing.decide({ request: ORDER })
    room.clock.now += 1_000
    expect(await room.calls.sizing.decide({ request: ORDER })).toMatchObject({
      quantity: '0',
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'DUPLICATE' })]) as unknown,
    })
    room.clock.now += 2_500
    expect((await room.calls.sizing.decide({ request: ORDER })).quantity).toBe(first.quantity)
  })

  it('does not take orders decided for another instant for repetitions', async () => {
    const room = await roomWithApple()
    const asOf = room.clock.now
    room.clock.now += 3_600_000
    for (let n = 0; n < 8; n++) {
      expect((await room.calls.sizing.decide({ request: ORDER, asOf })).outcome).toBe('approved')
    }
  })

  it('decides for the instant that is asked for, with the equity and prices of then', async () => {
    const room = await roomWithApple()
    const then = room.clock.now
    room.clock.now += 86_400_000
    await room.calls.account.setEquity({ equity: '50000', note: null })
    await room.calls.market.typePrice({ symbol: 'AAPL', price: '100' })
    expect(await room.calls.sizing.preview({ request: { ...ORDER, entry: 'market' }, asOf: then })).toMatchObject({
      entry: '200',
      riskAmount: '1000',
    })
    expect(
      (await room.calls.sizing.preview({ request: { ...ORDER, entry: 'market', stop: '90', target: null } })).entry,
    ).toBe('100')
  })
})

describe('the desk without what it needs', () => {
  it('sizes nothing without equity, and names it', async () => {
    const { calls } = await roomWithApple(null)
    expect(await calls.sizing.decide({ request: ORDER })).toMatchObject({
      outcome: 'rejected',
      quantity: '0',
      reasons: expect.arrayContaining([
        expect.objectContaining({ code: 'INPUT_MISSING', field: 'account.equity' }),
      ]) as unknown,
    })
  })

  it('refuses every call about a book while none is open', async () => {
    const { calls } = tradingRoom()
    const refused = { data: { code: 'NO_BOOK' } }
    await expect(calls.sizing.decide({ request: ORDER })).rejects.toMatchObject(refused)
    await expect(calls.account.get()).rejects.toMatchObject(refused)
    await expect(calls.limits.portfolio()).rejects.toMatchObject(refused)
    await expect(calls.decisions.list()).rejects.toMatchObject(refused)
    await expect(calls.audit.verify()).rejects.toMatchObject(refused)
    await expect(calls.profile.get()).rejects.toMatchObject(refused)
    await expect(calls.imports.batches()).rejects.toMatchObject(refused)
    expect((await calls.books.list()).books).toEqual([])
    expect((await calls.system.info()).now).toBe(NOON)
  })

  it('refuses to size without a profile', async () => {
    const room = tradingRoom()
    const { shelf, ambient } = room.workspace.options
    const account = {
      accountId: 'main',
      name: 'Bare',
      currency: 'USD',
      timeZone: 'UTC',
      dayRoll: '00:00',
      enabled: true,
    }
    room.workspace.adopt(shelf.create({ name: 'Bare', kind: 'paper', clock: null, account, at: ambient.now() }))
    await expect(room.calls.sizing.decide({ request: ORDER })).rejects.toMatchObject({
      data: { code: 'LIMITS_MISSING' },
    })
    await expect(room.calls.limits.portfolio()).rejects.toMatchObject({ data: { code: 'LIMITS_MISSING' } })
    expect(room.book().decisions({ limit: 1 }).total).toBe(0)
  })

  it('does not decide for the past in a live book', async () => {
    const room = tradingRoom()
    await room.calls.books.create({ ...EMPTY, kind: 'live', equity: '1000' })
    await expect(room.calls.sizing.preview({ request: ORDER, asOf: NOON - 1 })).rejects.toMatchObject({
      data: { code: 'CLOCK_ANOMALY', field: 'asOf' },
    })
  })

  it('sizes nothing of an instrument it does not know', async () => {
    const { calls } = await roomWithApple()
    const decision = await calls.sizing.decide({ request: { ...ORDER, symbol: 'NONE' } })
    expect(decision).toMatchObject({ quantity: '0', outcome: 'rejected' })
    expect(decision.reasons.map(({ field }) => field)).toContain('instrument')
  })
})
