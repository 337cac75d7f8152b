import { describe, expect, it } from 'vitest'
import { hold, NOON, paperRoom, share, tradingRoom, type TradingRoom } from './trading-room.ts'

const ORDER = { symbol: 'AAPL', side: 'buy', entry: '200', stop: '190' } as const
/** 17:00 New York of the day of `NOON`: the account's next session. */
const NEXT = Date.UTC(2026, 2, 4, 22)
const loosen = { path: 'ceilings.risk_per_trade.max', value: '0.025' }
const tighten = { path: 'ceilings.daily_loss.max', value: '0.025' }
const widen = { path: 'ceilings.weekly_loss.max', value: '0.06' }

/** A paper book in which something has been decided, so that its limits are no longer being set up. */
async function decidedRoom(equity = '100000'): Promise<TradingRoom> {
  const room = await paperRoom(equity)
  await room.calls.market.saveInstrument(share('AAPL'))
  await room.calls.market.typePrice({ symbol: 'AAPL', price: '200' })
  await room.calls.sizing.decide({ request: ORDER })
  return room
}
const valueOf = async (room: TradingRoom, path: string): Promise<string | undefined> =>
  (await room.calls.profile.get()).settings.find((setting) => setting.path === path)?.value
const sentences = async (room: TradingRoom, kind: string): Promise<string[]> =>
  (await room.calls.audit.rows({ limit: 50 })).filter((row) => row.kind === kind).map(({ says }) => says)

describe('a limit that allows less', () => {
  it('holds for the next order, without a reason, and is named in the log', async () => {
    const room = await decidedRoom()
    const { pending } = await room.calls.profile.change({
      changes: [{ path: 'ceilings.risk_per_trade.max', value: '0.005' }],
    })
    expect(pending).toEqual([])
    const { quantity, binding } = await room.calls.sizing.preview({ request: ORDER })
    expect([quantity, binding]).toEqual(['50', 'risk_per_trade'])
    expect((await sentences(room, 'limit'))[0]).toContain(
      'ceilings.risk_per_trade.max from 0.02 to 0.005 in force at once',
    )
  })

  it('may be set during a breach', async () => {
    const room = await decidedRoom()
    hold(room, 'AAPL', '100', '200')
    room.clock.now += 1_000
    await room.calls.market.typePrice({ symbol: 'AAPL', price: '150' })
    await room.calls.profile.change({ changes: [tighten] })
    expect(await valueOf(room, tighten.path)).toBe('0.025')
  })
})

describe('a limit that allows more', () => {
  it('waits for the next session of the account, with its reason, and is shown until then', async () => {
    const room = await decidedRoom()
    const view = await room.calls.profile.change({ changes: [loosen], reason: 'Stops are wider now.' })
    expect(view.pending).toMatchObject([
      {
        strategy: null,
        effectiveAt: NEXT,
        reason: 'Stops are wider now.',
        changes: [{ path: loosen.path, before: '0.02', after: '0.025', direction: 'looser' }],
      },
    ])
    expect(await valueOf(room, loosen.path)).toBe('0.02')
    room.clock.now = NEXT - 1
    expect(await valueOf(room, loosen.path)).toBe('0.02')
    room.clock.now = NEXT
    expect(await valueOf(room, loosen.path)).toBe('0.025')
    expect((await room.calls.profile.get()).pending).toEqual([])
    expect((await sentences(room, 'limit'))[0]).toContain('Reason given: Stops are wider now.')
  })

  it('takes effect at the next session without anybody asking for the profile, also after a restart', async () => {
    const room = await decidedRoom()
    await room.calls.profile.change({ changes: [loosen], reason: 'r' })
    const again = room.restart()
    again.clock.now = NEXT + 60_000
    const typed = { ...ORDER, entry: '200', stop: '190', risk: '0.03' }
    expect(
      (await again.calls.sizing.preview({ request: typed })).ladder.find(({ rule }) => rule === 'risk_per_trade')
        ?.limit,
    ).toBe('2500')
    again.workspace.close()
  })

  it('is refused without a reason, and nothing of the change is taken', async () => {
    const room = await decidedRoom()
    const before = room.book().head()
    await expect(room.calls.profile.change({ changes: [tighten, loosen] })).rejects.toMatchObject({
      data: { code: 'INPUT_MISSING', field: 'reason' },
    })
    expect(room.book().head()).toEqual(before)
  })

  it('is refused during a breach, and what waited waits on until it is over', async () => {
    const room = await decidedRoom()
    await room.calls.profile.change({ changes: [loosen], reason: 'r' })
    hold(room, 'AAPL', '100', '200', null, '100')
    room.clock.now += 1_000
    await room.calls.market.typePrice({ symbol: 'AAPL', price: '150' })
    await expect(room.calls.profile.change({ changes: [widen], reason: 'now!' })).rejects.toMatchObject({
      data: { code: 'RESTRICTED', field: widen.path, says: expect.stringContaining('Daily loss') as string },
    })
    room.clock.now = NEXT + 1_000
    expect(await valueOf(room, loosen.path)).toBe('0.02')
    room.clock.now += 1_000
    await room.calls.market.typePrice({ symbol: 'AAPL', price: '205' })
    const book = room.book()
    book.addFill({
      fillId: 'out',
      accountId: room.workspace.account().accountId,
      symbol: 'AAPL',
      at: room.clock.now,
      side: 'sell',
      quantity: '100',
      price: '205',
      fee: '0',
      feeCurrency: 'USD',
      fxRate: null,
      strategy: null,
      stop: null,
      tag: null,
      executionId: null,
      statedProfit: null,
      source: 'test',
      batchId: null,
    })
    room.workspace.changed('ledger')
    expect(await valueOf(room, loosen.path)).toBe('0.025')
  })

  it('goes on waiting while something else is tightened, with its own time and reason', async () => {
    const room = await decidedRoom()
    await room.calls.profile.change({ changes: [loosen], reason: 'first' })
    room.clock.now += 60_000
    const view = await room.calls.profile.change({ changes: [tighten] })
    expect(view.pending).toMatchObject([{ effectiveAt: NEXT, reason: 'first', changes: [{ path: loosen.path }] }])
    expect(await valueOf(room, tighten.path)).toBe('0.025')
    room.clock.now = NEXT
    expect([await valueOf(room, loosen.path), await valueOf(room, tighten.path)]).toEqual(['0.025', '0.025'])
  })

  it('can be dropped while it waits', async () => {
    const room = await decidedRoom()
    await room.calls.profile.change({ changes: [loosen], reason: 'r' })
    expect((await room.calls.profile.dropPending({ strategy: null })).pending).toEqual([])
    room.clock.now = NEXT
    expect(await valueOf(room, loosen.path)).toBe('0.02')
    await expect(room.calls.profile.dropPending({ strategy: null })).rejects.toMatchObject({
      data: { code: 'NOT_FOUND' },
    })
  })

  it('cannot be had by choosing another profile, nor by reverting to an earlier version', async () => {
    const room = await decidedRoom()
    const first = await room.calls.profile.get()
    const other = await room.calls.profile.choose({ name: 'leveraged-kelly', reason: 'Forecasts now.' })
    expect(other.settings.find(({ path }) => path === 'method')?.value).toBe('leveraged_kelly')
    expect(await valueOf(room, 'ceilings.risk_per_trade.max')).toBe('0.02')
    expect(await valueOf(room, 'ceilings.single_asset.max')).toBe('0.6')
    expect(other.pending[0]?.changes.map(({ path }) => path)).toContain('ceilings.daily_loss')
    await expect(room.calls.profile.revert({ name: first.name, version: first.version })).rejects.toMatchObject({
      data: { field: 'reason' },
    })
    const back = await room.calls.profile.revert({ name: first.name, version: first.version, reason: 'Back.' })
    expect(await valueOf(room, 'ceilings.single_asset.max')).toBe('0.6')
    expect(back.pending[0]?.changes.map(({ path }) => path)).toContain('ceilings.single_asset.max')
    room.clock.now = NEXT
    expect((await room.calls.profile.get()).hash).toBe(first.hash)
  })

  it('takes effect at once while a book is being set up, and in the sample book whose clock stands still', async () => {
    const room = await paperRoom('100000')
    expect((await room.calls.profile.get()).loosensLater).toBe(false)
    await room.calls.profile.change({ changes: [loosen] })
    expect(await valueOf(room, loosen.path)).toBe('0.025')
    const sample = tradingRoom()
    await sample.calls.books.create({ from: 'sample' })
    await sample.calls.profile.change({ changes: [loosen] })
    expect(await valueOf(sample, loosen.path)).toBe('0.025')
  })
})

describe('the switch of a rule', () => {
  it('switches it off at the next session and on at once, with settings to start from', async () => {
    const room = await decidedRoom()
    const off = await room.calls.profile.change({
      changes: [{ path: 'ceilings.daily_loss', value: 'off' }],
      reason: 'r',
    })
    expect(off.rules.find(({ path }) => path === 'ceilings.daily_loss')?.on).toBe(true)
    expect(off.pending[0]?.changes).toMatchObject([{ path: 'ceilings.daily_loss', after: 'off' }])
    const on = await room.calls.profile.change({
      changes: [
        { path: 'ceilings.adv', value: 'on' },
        { path: 'ceilings.adv.max', value: '0.02' },
      ],
    })
    expect(on.rules.find(({ path }) => path === 'ceilings.adv')).toMatchObject({ on: true, mayBeOff: true })
    expect(await valueOf(room, 'ceilings.adv.max')).toBe('0.02')
  })

  it('has settings to start from for every rule that is off', async () => {
    const room = await paperRoom()
    const { rules } = await room.calls.profile.get()
    const changes = rules.filter(({ on }) => !on).map(({ path }) => ({ path, value: 'on' }))
    expect(changes.length).toBeGreaterThan(10)
    const view = await room.calls.profile.change({ changes })
    expect(view.rules.filter(({ on }) => !on)).toEqual([])
  })

  it('is not there for what nothing can be sized safely without', async () => {
    const room = await paperRoom()
    const { rules } = await room.calls.profile.get()
    expect(rules.filter(({ mayBeOff }) => !mayBeOff).map(({ path }) => path)).toContain('gate.stop_side')
    await expect(
      room.calls.profile.change({ changes: [{ path: 'gate.stop_side', value: 'off' }] }),
    ).rejects.toMatchObject({ data: { field: 'gate.stop_side' } })
  })
})

it('an order decided at the very start of the session uses the profile of that session', async () => {
  const room = await decidedRoom()
  await room.calls.profile.change({ changes: [loosen], reason: 'r' })
  room.clock.now = NEXT
  await room.calls.market.typePrice({ symbol: 'AAPL', price: '200' })
  const decided = await room.calls.sizing.decide({ request: { ...ORDER, risk: '0.024' } })
  expect([decided.quantity, decided.profile.version]).toEqual(['240', (await room.calls.profile.get()).version])
  expect(await room.calls.decisions.replay({ decisionId: decided.decisionId })).toMatchObject({ identical: true })
  expect(room.clock.now).toBeGreaterThan(NOON)
})
