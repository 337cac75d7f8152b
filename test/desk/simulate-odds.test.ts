import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OddsInput } from '../../src/contract/simulation/odds.ts'
import { refusalOf, resultOf, simulatingRoom, type SimulatingRoom } from './simulating-room.ts'

/** Wins and losses of 1 R with equal chance, one a day. */
const COINS = [[1], [-1]]
const FRESH = {
  programId: 'ftmo-2-step',
  initial: '100000',
  days: COINS,
  riskPerTrade: 0.05,
  paths: 20_000,
  seed: 3,
  tradeRisks: [0.01, 0.05],
} satisfies OddsInput

let room: SimulatingRoom
beforeAll(async () => {
  room = await simulatingRoom({ workers: 1 }, 'sample')
})
afterAll(() => room.close())

describe('the odds of a challenge', () => {
  it('are those of a coin between target and floor', async () => {
    // Four steps up pass; the floor breaks below it, so at the fifth step down: the gambler's chance is 5/9.
    const odds = await resultOf(
      room.calls.simulation.propFirm({ ...FRESH, riskPerTrade: 0.025, horizon: 1000, tradeRisks: [0.025] }),
    )
    const { pass, breach } = odds.without
    expect(pass.low).toBeLessThan(5 / 9)
    expect(pass.high).toBeGreaterThan(5 / 9)
    expect(pass.probability + breach.probability).toBeCloseTo(1, 2)
    expect(odds.rules.map(({ floor }) => floor)).toEqual([95_000, 90_000])
  })

  it('count failing by each rule apart, and together as breach', async () => {
    const { without } = await room.calls.simulation.propFirmOnce({
      ...FRESH,
      days: [
        [1, 1],
        [-1, -1],
      ],
    })
    const apart = without.failBy.reduce((sum, { chance }) => sum + chance.probability, 0)
    expect(apart).toBeCloseTo(without.breach.probability, 12)
    expect(without.failBy.find(({ rule }) => rule === 'day')?.chance.probability).toBeGreaterThan(0.3)
  })

  it('tell what an order changes, and the size of it that serves best', async () => {
    const certain = await room.calls.simulation.propFirmOnce({
      ...FRESH,
      riskPerTrade: 0.01,
      order: { risk: 0.02, p: 1, b: 2 },
      orderRisks: [0, 0.01, 0.02, 0.04],
    })
    expect(certain.effect?.pass).toBeGreaterThan(0)
    expect(certain.effect?.breach).toBeLessThan(0)
    expect(certain.bestOrder?.orderRisk).toBe(0.04)
    const hopeless = await room.calls.simulation.propFirmOnce({ ...FRESH, order: { risk: 0.06, p: 0, b: 2 } })
    expect(hopeless.withOrder?.breach.probability).toBe(1)
    expect(hopeless.bestOrder?.orderRisk).toBe(0)
  })

  it('begin with the account of the book as it stands, and draw from its trades', async () => {
    const { equity } = await room.calls.account.get()
    expect(await refusalOf(room.calls.simulation.propFirmOnce({ paths: 100 }))).toMatchObject({ field: 'programId' })
    await room.calls.propFirm.assign({ programId: 'ftmo-2-step' })
    const standing = await room.calls.propFirm.get()
    const odds = await room.calls.simulation.propFirmOnce({ paths: 200, riskPerTrade: 0.005 })
    expect(odds.from).toMatchObject({ fresh: false, initial: standing?.initial, equity: standing?.equity })
    expect(equity).not.toBeNull()
    const floors = [standing?.day?.floor, standing?.maximum?.floor].map(Number)
    expect(odds.rules.map(({ floor }) => floor)).toEqual(floors.map((floor) => expect.closeTo(floor, 1) as number))
    const source = await room.calls.simulation.source()
    expect(odds.tradesUsed).toBe(source.withR)
    const fresh = await room.calls.simulation.propFirmOnce({ paths: 200, riskPerTrade: 0.005, initial: '50000' })
    expect(fresh.from).toMatchObject({ fresh: true, initial: '50000' })
  })

  it.each([
    ['an unknown program', { programId: 'no-such' }, 'programId'],
    ['no days', { days: [] }, 'days'],
    ['NaN on a day', { days: [[1, 'NaN']] }, 'days[0][1]'],
    ['an order without chances', { order: { risk: 0.01, p: 0.5 } }, 'order.b'],
    ['a balance that is none', { initial: '0' }, 'initial'],
    ['a risk above everything', { riskPerTrade: 2 }, 'variants[0].riskPerTrade'],
  ])('are refused in one sentence: %s', async (_, change, field) => {
    const refusal = await refusalOf(room.calls.simulation.propFirm({ ...FRESH, ...change }))
    expect(refusal.field).toBe(field)
  })
})
