import { parse, stringify } from 'yaml'
import { describe, expect, it } from 'vitest'
import { activateProfile } from '../../../src/desk/workspace.ts'
import { share } from '../trading-room.ts'
import { StateRoom, type StateRoomOptions } from './state-room.ts'

const HOUR = 3_600_000

/** A book of 100,000 that holds 3,000 shares at 100, with 4 × equity by day and 2 × overnight from 15:45. */
async function room(options: StateRoomOptions = {}, byClass: Record<string, number> = {}): Promise<StateRoom> {
  const opened = await StateRoom.open(options)
  const shipped = opened.workspace.options.shipped.find(({ name }) => name === 'discretionary')
  const raw = parse(shipped?.yaml ?? '') as { ceilings: Record<string, unknown> }
  raw.ceilings['leverage'] = { intraday: 4, overnight: 2, byClass, cutOffMinute: 945 }
  activateProfile(opened.workspace, opened.book, 'discretionary', stringify(raw))
  opened.workspace.changed('profile')
  return opened
}
const shed = async ({ calls }: StateRoom) => (await calls.limits.live()).shed

describe('leverage to shed before the close', () => {
  it('is what is held beyond the overnight limit, with the time that is left: 15:45 in New York', async () => {
    const desk = await room()
    desk.buy('3000')
    expect(await shed(desk)).toMatchObject({
      cutOff: Date.UTC(2026, 2, 4, 20, 45),
      left: 5.75 * HOUR,
      limit: '2',
      leverage: '3',
      amount: '100000',
      symbols: [],
      says: 'Reduce by 100,000.00 before the cut-off to keep 2 × equity overnight.',
    })
    desk.pass(2 * HOUR)
    expect((await shed(desk))?.left).toBe(3.75 * HOUR)
  })

  it('is nothing where the limit is kept, and past the cut-off the limit holds for a new order', async () => {
    const desk = await room()
    desk.buy('2000')
    expect(await shed(desk)).toMatchObject({ amount: '0', says: 'Exposure keeps the overnight limit of 2 × equity.' })
    desk.pass(6 * HOUR)
    expect(await shed(desk)).toMatchObject({ left: 0, cutOff: Date.UTC(2026, 2, 4, 20, 45) })
    const { limits } = await desk.calls.limits.live()
    expect(limits.find(({ key }) => key === 'leverage')).toMatchObject({
      limit: '200000',
      used: '200000',
      state: 'near',
    })
  })

  it('names the symbols above a limit of their class or their own, in whole lots', async () => {
    const desk = await room({}, { equity: 1.5 })
    desk.buy('1600')
    // 160,000 of 150,000 by the class: 100 shares at 100.
    expect(await shed(desk)).toMatchObject({
      amount: '10000',
      symbols: [{ symbol: 'ACME', amount: '10000', units: '100' }],
      says: 'Reduce by 10,000.00 before the cut-off to keep 2 × equity overnight, of it 10,000.00 (100 units) of ACME.',
    })
    desk.book.saveInstrument(
      share('ACME', { maxLeverageOvernight: '1.2', lotStep: '300', minQuantity: '300' }),
      desk.clock.wall,
    )
    desk.workspace.changed('ledger')
    // 40,000 too much are 400 shares: two lots of 300.
    expect((await shed(desk))?.symbols).toEqual([{ symbol: 'ACME', amount: '40000', units: '600' }])
  })

  it('is not known while equity is not, and not there where the profile sets no such limit', async () => {
    const desk = await room()
    desk.buy('3000')
    desk.book.saveInstrument(share('EURO', { currency: 'EUR' }), desk.clock.wall)
    desk.book.addFill({
      ...desk.book.fills(desk.workspace.account().accountId)[0],
      fillId: 'euro',
      symbol: 'EURO',
    } as never)
    desk.workspace.changed('ledger')
    expect(await shed(desk)).toMatchObject({ amount: null, leverage: null, symbols: [] })
    const raw = parse(desk.workspace.options.shipped.find(({ name }) => name === 'discretionary')?.yaml ?? '') as {
      ceilings: Record<string, unknown>
    }
    raw.ceilings['leverage'] = 'off'
    activateProfile(desk.workspace, desk.book, 'discretionary', stringify(raw))
    desk.workspace.changed('profile')
    expect(await shed(desk)).toBeNull()
  })

  it.each([
    // Clocks go forward at 2 and back at 3 in the night before: the close is 15:45 by the wall all the same.
    ['2026-03-08', Date.UTC(2026, 2, 8, 5, 30), Date.UTC(2026, 2, 8, 19, 45)],
    ['2026-11-01', Date.UTC(2026, 10, 1, 4, 30), Date.UTC(2026, 10, 1, 20, 45)],
  ])('counts down over a change of the clocks on %s', async (_day, now, cutOff) => {
    const desk = await room({ now })
    expect(await shed(desk)).toMatchObject({ cutOff, left: cutOff - now })
  })
})

describe('resets', () => {
  it('count down in the account’s zone, and the firm’s day in the firm’s', async () => {
    const desk = await room()
    await desk.calls.profile.choose({ name: 'prop-governor-ftmo-challenge' })
    await desk.calls.propFirm.assign({ programId: 'ftmo-2-step' })
    const { resets } = await desk.calls.limits.live()
    const firm = resets.find(({ period }) => period === 'firm day')
    const day = resets.find(({ period }) => period === 'day')
    expect(day).toMatchObject({
      at: Date.UTC(2026, 2, 4, 22),
      left: 7 * HOUR,
      timeZone: 'America/New_York',
      dayRoll: '17:00',
    })
    // Midnight in Prague.
    expect(firm).toMatchObject({
      at: Date.UTC(2026, 2, 4, 23),
      left: 8 * HOUR,
      timeZone: 'Europe/Prague',
      dayRoll: '00:00',
    })
    desk.pass(8 * HOUR)
    const later = (await desk.calls.limits.live()).resets
    expect(later.find(({ period }) => period === 'firm day')).toMatchObject({
      at: Date.UTC(2026, 2, 5, 23),
      left: 24 * HOUR,
    })
    expect(later.find(({ period }) => period === 'day')?.left).toBe(23 * HOUR)
  })
})
