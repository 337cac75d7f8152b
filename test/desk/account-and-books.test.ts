import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EMPTY, fileOf, hold, NOON, paperRoom, share, tradingRoom } from './trading-room.ts'

describe('the account', () => {
  it('is worth its flows, closed profits and open profits, at any instant', async () => {
    const room = await paperRoom('10000')
    room.clock.now += 1_000
    hold(room, 'AAPL', '10', '100')
    room.clock.now += 60_000
    await room.calls.market.typePrice({ symbol: 'AAPL', price: '110' })
    expect(await room.calls.account.get()).toMatchObject({ equity: '10100', dayProfit: '100', state: 'NORMAL' })
    await room.calls.account.addCashFlow({ kind: 'deposit', amount: '500', note: 'more' })
    room.clock.now += 1_000
    // A deposit is not a profit.
    expect(await room.calls.account.get()).toMatchObject({ equity: '10600', dayProfit: '100' })
  })

  it('books a stated equity as the difference, the first time as the opening balance', async () => {
    const room = await paperRoom(null)
    expect((await room.calls.account.setEquity({ equity: '2500.50', note: null })).equity).toBe('2500.5')
    room.clock.now += 5_000
    await room.calls.account.setEquity({ equity: '2400', note: 'statement' })
    const { accountId } = room.workspace.account()
    expect(
      room
        .book()
        .cashFlows(accountId, room.clock.now)
        .map(({ kind, amount }) => [kind, amount]),
    ).toEqual([
      ['opening', '2500.5'],
      ['adjustment', '-100.5'],
    ])
  })

  it.each([
    ['equity', '-1'],
    ['equity', '0'],
    ['equity', 'NaN'],
    ['equity', '1,000'],
    ['equity', 'Infinity'],
    ['equity', ''],
  ])('refuses %s %j with its field, and books nothing', async (field, equity) => {
    const room = await paperRoom(null)
    const before = room.book().head()
    await expect(room.calls.account.setEquity({ equity, note: null })).rejects.toMatchObject({ data: { field } })
    expect(room.book().head()).toEqual(before)
  })

  it('refuses money that flows the wrong way, in the future, or not at all', async () => {
    const { calls, clock } = await paperRoom('1000')
    const flow = { note: null } as const
    await expect(calls.account.addCashFlow({ ...flow, kind: 'deposit', amount: '-5' })).rejects.toThrow('positive')
    await expect(calls.account.addCashFlow({ ...flow, kind: 'withdrawal', amount: '5' })).rejects.toThrow('negative')
    await expect(calls.account.addCashFlow({ ...flow, kind: 'fee', amount: '0' })).rejects.toThrow('nothing')
    await expect(
      calls.account.addCashFlow({ ...flow, kind: 'deposit', amount: '5', at: clock.now + 1 }),
    ).rejects.toThrow('future')
  })

  it('keeps its trading day through a change of name and zone', async () => {
    const { calls } = await paperRoom('1000')
    await expect(
      calls.account.save({ name: 'Swing', timeZone: 'Mars/Olympus', dayRoll: '17:00', enabled: true }),
    ).rejects.toMatchObject({ data: { field: 'timeZone' } })
    const saved = await calls.account.save({ name: 'Swing', timeZone: 'UTC', dayRoll: '00:00', enabled: false })
    expect(saved).toMatchObject({ name: 'Swing', resetsAt: Date.UTC(2026, 2, 5) })
  })
})

describe('books', () => {
  it('are made, listed and opened; the one before is closed', async () => {
    const room = tradingRoom()
    const first = await room.calls.books.create({ ...EMPTY, name: 'One', equity: '1' })
    const second = await room.calls.books.create({ ...EMPTY, name: 'Two', equity: '2' })
    expect((await room.calls.books.list()).books.map(({ name, open }) => [name, open]).sort()).toEqual([
      ['One', false],
      ['Two', true],
    ])
    await room.calls.books.open({ bookId: first.bookId })
    expect((await room.calls.account.get()).equity).toBe('1')
    await room.calls.books.open({ bookId: second.bookId })
    expect((await room.calls.account.get()).equity).toBe('2')
    await expect(room.calls.books.open({ bookId: 'other' })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } })
  })

  it('are never written over by a new one of the same name', async () => {
    const room = tradingRoom()
    await room.calls.books.create({ ...EMPTY, equity: '1' })
    await expect(room.calls.books.create({ ...EMPTY, equity: '2' })).rejects.toMatchObject({
      data: { code: 'CONFLICT' },
    })
  })

  it('are listed with their fault where they cannot be read', async () => {
    const room = tradingRoom()
    writeFileSync(join(room.dataDir, 'notes.ballast'), 'not a book at all')
    const [listed] = (await room.calls.books.list()).books
    expect(listed).toMatchObject({ file: 'notes.ballast', open: false })
    expect(listed?.fault).toContain('not a Ballast book')
  })

  it('are told to be in use where another desk has them', async () => {
    const room = await paperRoom('1000')
    const other = tradingRoom(room.dataDir)
    await expect(other.calls.books.open({ bookId: room.book().info.bookId })).rejects.toMatchObject({
      data: { code: 'STORE_BUSY' },
    })
  })

  it('belong to their owner alone', async () => {
    const room = await paperRoom('1000')
    const { statSync } = await import('node:fs')
    expect(statSync(fileOf(room)).mode & 0o077).toBe(0)
    chmodSync(fileOf(room), 0o600)
  })
})

describe('instruments, strategies and profiles', () => {
  it('are refused with every fault at once, and then not saved', async () => {
    const { calls } = await paperRoom('1000')
    await expect(
      calls.market.saveInstrument(share('BAD', { tickSize: '0', lotStep: '-1', pointValue: 'x' })),
    ).rejects.toThrow(/tickSize.*lotStep.*pointValue/)
    expect(await calls.market.instruments()).toEqual([])
    const strategy = { code: 'a', budget: null, fixedQuantity: null, method: null, enabled: true }
    await expect(calls.market.saveStrategy({ ...strategy, budget: '30' })).rejects.toMatchObject({
      data: { code: 'UNIT_MISMATCH', field: 'budget' },
    })
    await expect(calls.market.saveStrategy({ ...strategy, method: 'guess' })).rejects.toMatchObject({
      data: { field: 'method' },
    })
    expect(await calls.market.strategies()).toEqual([])
  })

  it('are versioned: a change of the profile is one more version, a choice goes back', async () => {
    const { calls } = await paperRoom('1000')
    const first = await calls.profile.get()
    const changed = await calls.profile.change({ changes: [{ path: 'ceilings.risk_per_trade.max', value: '0.015' }] })
    expect(changed.version).toBe(first.version + 1)
    expect(changed.settings.find(({ path }) => path === 'ceilings.risk_per_trade.max')?.value).toBe('0.015')
    expect(changed.hash).not.toBe(first.hash)
    await calls.profile.choose({ name: 'strategy-budgets' })
    expect((await calls.profile.list()).filter(({ active }) => active).map(({ name }) => name)).toEqual([
      'strategy-budgets',
    ])
    expect((await calls.profile.choose({ name: 'discretionary' })).hash).toBe(first.hash)
  })

  it('keep the profile as it was where one of several changes is wrong', async () => {
    const room = await paperRoom('1000')
    const before = room.book().head()
    await expect(
      room.calls.profile.change({
        changes: [
          { path: 'ceilings.risk_per_trade.max', value: '0.01' },
          { path: 'ceilings.daily_loss.max', value: '3' },
        ],
      }),
    ).rejects.toMatchObject({ data: { field: 'ceilings.daily_loss.max' } })
    expect(room.book().head()).toEqual(before)
  })
})

it('tells those who watch what changed, latest first conflated, until they stop', async () => {
  const room = await paperRoom('1000')
  const stop = new AbortController()
  const seen: string[] = []
  const watching = (async () => {
    for await (const change of room.desk.system.watch(undefined, stop.signal)) {
      seen.push(change.what)
      if (seen.includes('profile')) stop.abort()
    }
  })()
  await new Promise((resolve) => setImmediate(resolve))
  await room.calls.account.setEquity({ equity: '2000', note: null })
  await room.calls.profile.choose({ name: 'strategy-budgets' })
  await watching
  expect(seen[0]).toBe('hello')
  expect(new Set(seen)).toEqual(new Set(['hello', 'ledger', 'profile']))
  expect(NOON).toBe(room.clock.now)
})
