import { describe, expect, it } from 'vitest'
import { paperRoom, share, tradingRoom, type TradingRoom } from './trading-room.ts'

const ORDER = { symbol: 'AAPL', side: 'buy', entry: '200', stop: '190', strategy: 'trend' } as const

async function roomWithStrategies(): Promise<TradingRoom> {
  const room = await paperRoom('100000')
  await room.calls.market.saveInstrument(share('AAPL'))
  await room.calls.market.typePrice({ symbol: 'AAPL', price: '200' })
  for (const [code, method] of [
    ['trend', null],
    ['swing', 'fixed_qty'],
  ] as const)
    await room.calls.market.saveStrategy({ code, budget: null, fixedQuantity: null, method, enabled: true })
  return room
}
const sizedBy = async ({ calls }: TradingRoom, strategy: string | null = 'trend') => {
  const { method, quantity } = await calls.sizing.preview({ request: { ...ORDER, strategy } })
  return [method, quantity]
}

describe('an assignment', () => {
  it('sizes one strategy by another method for the next order, and is taken back at once', async () => {
    const room = await roomWithStrategies()
    await room.calls.sizing.decide({ request: ORDER })
    room.clock.now += 60_000
    const head = room.book().head().seq
    const view = await room.calls.profile.assign({
      strategies: ['trend'],
      method: 'fixed_fraction',
      reason: 'Roll back.',
    })
    expect(view.lastAssignment).toBe('trend is sized by the method fixed_fraction.')
    expect(await sizedBy(room)).toEqual(['fixed_fraction', '10'])
    expect(await sizedBy(room, 'swing')).toEqual(['fixed_qty', '1'])
    const rows = await room.calls.audit.rows({ limit: room.book().head().seq - head })
    expect(rows.filter(({ kind }) => kind === 'override').map(({ says }) => says)).toEqual([
      'trend is sized by the method fixed_fraction. Reason given: Roll back.',
    ])
    const back = await room.calls.profile.undoAssignment({})
    expect(back.lastAssignment).toBeNull()
    expect(await sizedBy(room)).toEqual(['fixed_risk', '100'])
    await expect(room.calls.profile.undoAssignment({})).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } })
  })

  it('sizes all orders by one method, also those of strategies with their own, and takes all of it back', async () => {
    const room = await roomWithStrategies()
    await room.calls.profile.assign({ strategies: 'all', method: 'fixed_fraction' })
    expect(await sizedBy(room, 'swing')).toEqual(['fixed_fraction', '10'])
    expect(await sizedBy(room, null)).toEqual(['fixed_fraction', '10'])
    await room.calls.profile.undoAssignment({})
    expect(await sizedBy(room, 'swing')).toEqual(['fixed_qty', '1'])
    expect(await sizedBy(room, null)).toEqual(['fixed_risk', '100'])
  })

  it('gives one strategy a profile of its own, whose decisions replay, and the others keep the book’s', async () => {
    const room = await roomWithStrategies()
    const view = await room.calls.profile.assign({ strategies: ['trend'], profile: 'strategy-budgets' })
    expect(view).toMatchObject({
      name: 'discretionary',
      assignments: [{ strategy: 'trend', name: 'strategy-budgets' }],
    })
    expect(await sizedBy(room)).toEqual(['fixed_qty', '1'])
    expect(await sizedBy(room, null)).toEqual(['fixed_risk', '100'])
    const decided = await room.calls.sizing.decide({ request: ORDER })
    expect(decided.profile.name).toBe('strategy-budgets')
    room.clock.now += 60_000
    const again = room.restart()
    expect((await again.calls.profile.get()).name).toBe('discretionary')
    expect(await again.calls.decisions.replay({ decisionId: decided.decisionId })).toMatchObject({ identical: true })
    expect(await sizedBy(again)).toEqual(['fixed_qty', '1'])
    await again.calls.profile.assign({ strategies: ['trend'], profile: null, reason: 'Back.' })
    expect(await sizedBy(again)).toEqual(['fixed_risk', '100'])
    again.workspace.close()
  })

  it('holds back what a strategy’s profile would allow more, until the next session', async () => {
    const room = await roomWithStrategies()
    await room.calls.sizing.decide({ request: ORDER })
    const wanted = { strategies: ['trend'], profile: 'strategy-budgets' }
    await expect(room.calls.profile.assign(wanted)).rejects.toMatchObject({ data: { field: 'reason' } })
    const { pending, assignments } = await room.calls.profile.assign({ ...wanted, reason: 'Budgets.' })
    expect(pending[0]).toMatchObject({ strategy: 'trend', name: 'strategy-budgets' })
    expect(pending[0]?.changes.map(({ path }) => path)).toContain('ceilings.single_asset')
    expect(assignments).toMatchObject([{ strategy: 'trend', name: 'strategy-budgets' }])
    const held = await room.calls.sizing.preview({ request: ORDER })
    expect(held.method).toBe('fixed_qty')
    expect(held.ladder.map(({ rule }) => rule)).toContain('single_asset')
    room.clock.now = pending[0]?.effectiveAt ?? 0
    const free = await room.calls.sizing.preview({ request: ORDER })
    expect(free.ladder.map(({ rule }) => rule)).not.toContain('single_asset')
    expect((await room.calls.profile.get()).pending).toEqual([])
  })

  it('names what it does not know', async () => {
    const room = await roomWithStrategies()
    const refused = (wanted: object, field: string) =>
      expect(room.calls.profile.assign({ strategies: ['trend'], ...wanted })).rejects.toMatchObject({ data: { field } })
    await refused({}, 'profile')
    await refused({ method: 'hope' }, 'method')
    await refused({ profile: 'nobody' }, 'name')
    await refused({ strategies: ['ghost'], method: 'fixed_qty' }, 'strategies')
    await refused({ strategies: 'all', method: null }, 'method')
  })
})

describe('side by side', () => {
  it('shows the last decisions of a strategy and what the other method makes of the same snapshots', async () => {
    const room = await roomWithStrategies()
    await room.calls.sizing.decide({ request: ORDER })
    await room.calls.sizing.decide({ request: { ...ORDER, strategy: 'swing' } })
    room.clock.now += 60_000
    await room.calls.sizing.decide({ request: { ...ORDER, stop: '195' } })
    const before = room.book().head()
    const lines = await room.calls.profile.sideBySide({ strategy: 'trend', method: 'fixed_fraction' })
    expect(
      lines.map(({ recorded, other }) => [recorded.method, recorded.quantity, other.method, other.quantity]),
    ).toEqual([
      ['fixed_risk', '200', 'fixed_fraction', '10'],
      ['fixed_risk', '100', 'fixed_fraction', '10'],
    ])
    expect(room.book().head()).toEqual(before)
    expect(await room.calls.profile.sideBySide({ name: 'leveraged-kelly', limit: 1 })).toHaveLength(1)
  })
})

describe('a comparison before saving', () => {
  it('says what changes, which way, and what becomes of the order on the ticket', async () => {
    const room = await roomWithStrategies()
    await room.calls.sizing.decide({ request: ORDER })
    room.clock.now += 60_000
    const before = room.book().head()
    const compared = await room.calls.profile.compare({
      changes: [
        { path: 'ceilings.risk_per_trade.max', value: '0.005' },
        { path: 'ceilings.daily_loss', value: 'off' },
        { path: 'ceilings.adv', value: 'on' },
        { path: 'methods.fixed_risk.risk', value: '0.02' },
      ],
      request: { ...ORDER, strategy: null },
    })
    expect(compared.changes.map(({ path, direction }) => [path, direction])).toEqual([
      ['methods.fixed_risk.risk', 'other'],
      ['ceilings.risk_per_trade.max', 'tighter'],
      ['ceilings.daily_loss', 'looser'],
      ['ceilings.adv', 'tighter'],
    ])
    expect(compared.loosensAt).toBeGreaterThan(room.clock.now)
    expect(compared.order?.before).toMatchObject({ quantity: '100', binding: null, profile: 'discretionary' })
    expect(compared.order?.after).toMatchObject({ quantity: '0', binding: 'adv' })
    const moved = compared.order?.rungs.filter(({ state }) => state !== 'same')
    expect(moved?.map(({ rule, state }) => [rule, state])).toEqual(
      expect.arrayContaining([
        ['risk_per_trade', 'tighter'],
        ['daily_loss', 'gone'],
        ['adv', 'new'],
      ]),
    )
    expect(room.book().head()).toEqual(before)
  })

  it('answers faults with their places instead of an order', async () => {
    const room = await roomWithStrategies()
    const compared = await room.calls.profile.compare({
      changes: [{ path: 'ceilings.risk_per_trade.max', value: '2' }],
      request: ORDER,
    })
    expect(compared).toMatchObject({ order: null, changes: [], faults: [{ key: 'ceilings.risk_per_trade.max' }] })
    expect(compared.faults[0]?.line).toBeGreaterThan(50)
  })
})

describe('the environment', () => {
  const overriddenRoom = async (overrides: object): Promise<TradingRoom> => {
    const room = await roomWithStrategies()
    const { path } = room.book().info
    room.workspace.close()
    return tradingRoom(room.dataDir, room.clock, path, overrides)
  }

  it('tightens leverage while it holds, says so, and the decision replays without it', async () => {
    const room = await overriddenRoom({ intraday: '0.5', overnight: '3' })
    const view = await room.calls.profile.get()
    expect(view.overrides.map(({ variable, value }) => [variable, value])).toEqual([
      ['BALLAST_MAX_INTRADAY_LEVERAGE', '0.5'],
      ['BALLAST_MAX_OVERNIGHT_LEVERAGE', '3'],
    ])
    expect(view.settings.find(({ path }) => path === 'ceilings.leverage.intraday')?.value).toBe('10')
    const decided = await room.calls.sizing.decide({ request: { ...ORDER, stop: '199' } })
    expect([decided.quantity, decided.binding]).toEqual(['250', 'leverage'])
    const { path } = room.book().info
    room.workspace.close()
    const plain = tradingRoom(room.dataDir, room.clock, path)
    expect((await plain.calls.profile.get()).overrides).toEqual([])
    expect(await plain.calls.decisions.replay({ decisionId: decided.decisionId })).toMatchObject({ identical: true })
    expect((await plain.calls.sizing.preview({ request: { ...ORDER, stop: '199' } })).quantity).toBe('500')
  })

  it('never loosens leverage', async () => {
    const room = await overriddenRoom({ intraday: '50', overnight: '50' })
    const rung = (await room.calls.sizing.preview({ request: ORDER })).ladder.find(({ rule }) => rule === 'leverage')
    expect(rung?.limit).toBe('100000')
  })

  it('switches leverage on where the profile has it off', async () => {
    const room = await overriddenRoom({ intraday: '0.1' })
    await room.calls.profile.choose({ name: 'strategy-budgets' })
    const decided = await room.calls.sizing.preview({
      request: { ...ORDER, strategy: null, quantity: '1000', stop: '199.9' },
    })
    expect([decided.quantity, decided.binding]).toEqual(['50', 'leverage'])
  })

  it('sizes by a named profile, within the limits of the book’s', async () => {
    const room = await overriddenRoom({ profile: 'strategy-budgets' })
    const decided = await room.calls.sizing.preview({ request: { ...ORDER, strategy: null } })
    expect([decided.method, decided.quantity]).toEqual(['fixed_qty', '1'])
    expect(decided.ladder.map(({ rule }) => rule)).toContain('single_asset')
    expect((await room.calls.profile.get()).name).toBe('discretionary')
  })

  it('refuses to size by what it cannot read', async () => {
    for (const [overrides, field] of [
      [{ intraday: 'four' }, 'BALLAST_MAX_INTRADAY_LEVERAGE'],
      [{ overnight: '-1' }, 'BALLAST_MAX_OVERNIGHT_LEVERAGE'],
      [{ profile: 'nobody' }, 'BALLAST_PROFILE'],
    ] as const) {
      const room = await overriddenRoom(overrides)
      await expect(room.calls.sizing.preview({ request: ORDER })).rejects.toMatchObject({ data: { field } })
      room.workspace.close()
    }
  })
})
