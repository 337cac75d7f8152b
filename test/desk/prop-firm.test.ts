import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hold, NOON, paperRoom, share, tradingRoom, type TradingRoom } from './trading-room.ts'

const ORDER = { symbol: 'AAPL', side: 'buy', entry: '100', stop: '90', method: 'fixed_risk', risk: '0.01' } as const
const HOUR = 3_600_000

/** A paper book of 100,000 that holds its orders to the prop firm's floors. */
async function firmRoom(programId?: string): Promise<TradingRoom> {
  const room = await paperRoom('100000')
  await room.calls.market.saveInstrument(share('AAPL'))
  await room.calls.market.typePrice({ symbol: 'AAPL', price: '100' })
  await room.calls.profile.choose({ name: 'prop-governor-ftmo-challenge' })
  const off = ['brakes.physics', 'ceilings.daily_loss'].map((path) => ({ path, value: 'off' }))
  await room.calls.profile.change({ changes: off })
  if (programId !== undefined) await room.calls.propFirm.assign({ programId })
  return room
}

/** Closes what is held of AAPL at a price. */
function sell(room: TradingRoom, quantity: string, price: string): void {
  const accountId = room.workspace.account().accountId
  const at = room.clock.now
  const nothing = {
    fxRate: null,
    strategy: null,
    stop: null,
    tag: null,
    executionId: null,
    statedProfit: null,
    batchId: null,
  }
  const fee = { fee: '0', feeCurrency: 'USD', source: 'test' } as const
  room
    .book()
    .addFill({ fillId: `out-${at}`, accountId, symbol: 'AAPL', at, side: 'sell', quantity, price, ...fee, ...nothing })
  room.workspace.changed('ledger')
}
const floorOf = async ({ calls }: TradingRoom, name: 'day' | 'maximum') => (await calls.propFirm.get())?.[name]?.floor

describe('an account under a program', () => {
  it('is refused every order by a profile that holds to a program while it has none', async () => {
    const { calls } = await firmRoom()
    expect(await calls.propFirm.get()).toBeNull()
    const { quantity, reasons } = await calls.sizing.preview({ request: ORDER })
    expect([quantity, reasons[0]?.code, reasons[0]?.field]).toEqual(['0', 'LIMITS_MISSING', 'propFirm'])
  })

  it('is held to the firm’s floors by the ledger, and the decision keeps what it looked at', async () => {
    const room = await firmRoom('ftmo-2-step')
    expect(await room.calls.propFirm.get()).toMatchObject({
      program: { id: 'ftmo-2-step', verified: true, old: false },
      initial: '100000',
      balance: '100000',
      day: { floor: '95000', room: '5000', broken: false },
      maximum: { floor: '90000', room: '10000' },
      held: true,
      fault: null,
    })
    expect((await room.calls.sizing.preview({ request: ORDER })).quantity).toBe('100')
    hold(room, 'AAPL', '480', '100', null, '99')
    room.clock.now += 60_000
    sell(room, '480', '90')
    room.clock.now += 60_000
    await room.calls.market.typePrice({ symbol: 'AAPL', price: '100' })
    // 4,800 of the day's 5,000 are lost: 200 are left, ten a share.
    const decided = await room.calls.sizing.decide({ request: ORDER })
    expect([decided.quantity, decided.binding]).toEqual(['20', 'prop_firm'])
    expect(await room.calls.decisions.replay({ decisionId: decided.decisionId })).toMatchObject({ identical: true })
  })

  it('begins a new day at the firm’s midnight, not at the account’s', async () => {
    const room = await firmRoom('ftmo-2-step')
    hold(room, 'AAPL', '100', '100', null, '99')
    room.clock.now += 60_000
    sell(room, '100', '140')
    room.clock.now += 60_000
    expect(await floorOf(room, 'day')).toBe('95000')
    // 22:00 UTC is the account's roll (17:00 New York), 23:00 UTC is midnight in Prague.
    room.clock.now = Date.UTC(2026, 2, 4, 22, 30)
    expect(await floorOf(room, 'day')).toBe('95000')
    expect((await room.calls.propFirm.get())?.rollsAt).toBe(Date.UTC(2026, 2, 4, 23))
    room.clock.now = Date.UTC(2026, 2, 4, 23)
    expect(await floorOf(room, 'day')).toBe('99000')
  })

  it('trails the highest balance at a roll and locks, as the firm says', async () => {
    const room = await firmRoom('topstep-50k')
    expect((await room.calls.propFirm.get())?.maximum).toMatchObject({ floor: '98000', locked: false })
    hold(room, 'AAPL', '100', '100', null, '99')
    room.clock.now += 60_000
    sell(room, '100', '150')
    room.clock.now += 60_000
    expect(await floorOf(room, 'maximum')).toBe('98000')
    room.clock.now = Date.UTC(2026, 2, 4, 23, 30)
    const view = await room.calls.propFirm.get()
    expect(view?.maximum).toMatchObject({ floor: '100000', locked: true })
    expect(view?.consistency).toMatchObject({ met: false })
    expect(view?.targets).toEqual([])
  })

  it('says what the next roll does to a floating loss before it comes', async () => {
    const room = await firmRoom('ftmo-2-step')
    hold(room, 'AAPL', '400', '100', null, '80')
    room.clock.now += 60_000
    await room.calls.market.typePrice({ symbol: 'AAPL', price: '99' })
    expect((await room.calls.propFirm.get())?.preview).toContain('8.00 % of the new day')
  })

  it('stands among the live limits of the desk, with what is at risk to the stops', async () => {
    const room = await firmRoom('ftmo-2-step')
    hold(room, 'AAPL', '100', '100', null, '90')
    const { limits } = await room.calls.limits.desk()
    const firm = limits.filter(({ rule }) => rule === 'prop_firm')
    expect(firm.map(({ title, used, limit, state }) => [title, used, limit, state])).toEqual([
      ['FTMO day', '1000', '5000', 'ok'],
      ['FTMO maximum', '1000', '10000', 'ok'],
    ])
  })

  it('needs the firm’s own figure where only the firm sees the highest equity, once a day', async () => {
    const room = await firmRoom('active-trailing-100k')
    expect((await room.calls.propFirm.get())?.fault).toContain('maximum-loss floor')
    const refused = await room.calls.sizing.preview({ request: ORDER })
    expect(refused.reasons.map(({ code }) => code)).toContain('LIMITS_MISSING')
    const stated = await room.calls.propFirm.stateFloors({ floor: '99500', dayFloor: null })
    expect(stated).toMatchObject({ fault: null, stated: { floor: '99500', at: NOON } })
    expect(await room.calls.sizing.preview({ request: ORDER })).toMatchObject({ quantity: '50', binding: 'prop_firm' })
    room.clock.now += 24 * HOUR
    expect((await room.calls.propFirm.get())?.fault).toContain('once in each of its days')
  })

  it('is refused a start that the ledger does not know', async () => {
    const { calls } = await firmRoom()
    await expect(calls.propFirm.assign({ programId: 'ftmo-2-step', initial: '200000' })).rejects.toMatchObject({
      data: { code: 'RECONCILE_DIFF', field: 'initial' },
    })
    await expect(calls.propFirm.assign({ programId: 'nobody' })).rejects.toMatchObject({ data: { field: 'programId' } })
    const bare = await paperRoom(null)
    await expect(bare.calls.propFirm.assign({ programId: 'ftmo-2-step' })).rejects.toMatchObject({
      data: { code: 'INPUT_MISSING', field: 'initial' },
    })
  })

  it('changes its program only with a reason, and leaves an audited trace', async () => {
    const room = await firmRoom('ftmo-2-step')
    const other = { programId: 'ftmo-1-step' }
    await expect(room.calls.propFirm.assign(other)).rejects.toMatchObject({ data: { field: 'reason' } })
    await room.calls.propFirm.assign({ ...other, reason: 'Bought the other one.' })
    expect(await room.calls.propFirm.drop({ reason: 'Passed.' })).toBeNull()
    expect(await room.calls.propFirm.get()).toBeNull()
    const said = (await room.calls.audit.rows({ limit: 20 }))
      .filter(({ kind }) => kind === 'limit')
      .map(({ says }) => says)
    expect(said.slice(0, 2)).toEqual([
      'Account Paper left the program ftmo-1-step. Reason given: Passed.',
      'Account Paper runs under FTMO 1-step challenge instead of ftmo-2-step. Reason given: Bought the other one.',
    ])
  })

  it('lists every program with the age of its figures, the trader’s own file before the shipped one', async () => {
    const room = await firmRoom()
    const listed = await room.calls.propFirm.programs()
    expect(listed).toHaveLength(13)
    const shipped = readFileSync('resources/prop-firms/ftmo-2-step.yaml', 'utf8')
    mkdirSync(join(room.dataDir, 'prop-firms'))
    writeFileSync(join(room.dataDir, 'prop-firms', 'ftmo-2-step.yaml'), shipped.replaceAll('2026-11-20', '2025-01-01'))
    const again = tradingRoom(room.dataDir, room.clock)
    const own = (await again.calls.propFirm.programs()).find(({ id }) => id === 'ftmo-2-step')
    expect(own).toMatchObject({ old: true, read: '2025-01-01' })
  })
})
