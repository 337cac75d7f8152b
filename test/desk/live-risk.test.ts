import { describe, expect, it } from 'vitest'
import type { LiveLimits } from '../../src/contract/live-limits.ts'
import { addBars, journalRoom, wave, withProfile } from './journal-room.ts'
import { hold, NOON, share, type TradingRoom } from './trading-room.ts'

const CEILINGS = {
  portfolio_risk: { max: 0.03, form: 'correlated', adjustment: 1.5 },
  portfolio_vol: { max: 0.15 },
  correlated_pair: { threshold: 0.8, max: 0.4 },
}

/** A book of 100,000 with 200 of ABC and 100 of DEF at 100, stops 5 away, that move as one. */
async function twins(): Promise<TradingRoom> {
  const room = await journalRoom()
  withProfile(room, ({ ceilings }) => Object.assign(ceilings, CEILINGS))
  room.book().saveInstrument(share('DEF'), NOON)
  addBars(room, 'ABC', wave(120))
  addBars(room, 'DEF', wave(120))
  hold(room, 'ABC', '200', '100', 'swing', '95')
  hold(room, 'DEF', '100', '100', 'swing', '95')
  return room
}

const line = ({ limits }: LiveLimits, key: string) => limits.find((limit) => limit.key === key)

describe('live limits that look at correlations', () => {
  it('tell the risk of two positions that move as one: one and a half times the larger', async () => {
    const live = await (await twins()).calls.limits.live()
    // Two thirds of what is held is ABC; at a correlation of 1 all shares are shares of size, and risks add up.
    expect(live.risk.contributions.map(({ symbol, weight }) => [symbol, Number(weight)])).toEqual([
      ['ABC', 0.2],
      ['DEF', 0.1],
    ])
    for (const { symbol, ofVolatility, ofRisk } of live.risk.contributions) {
      expect(Number(ofVolatility)).toBeCloseTo(symbol === 'ABC' ? 2 / 3 : 1 / 3, 6)
      expect(Number(ofRisk)).toBeCloseTo(symbol === 'ABC' ? 2 / 3 : 1 / 3, 6)
    }
    const own = Number(live.risk.contributions[0]?.volatility)
    expect(own).toBeGreaterThan(0.05)
    expect(Number(live.risk.volatility)).toBeCloseTo(0.3 * own, 6)
    expect(Number(live.risk.correlated)).toBeCloseTo(Number(live.risk.added), 2)
    expect(live.risk.stressed).toBe(live.risk.added)
    expect(live.risk.unknown).toEqual([])
    expect(live.risk.study).toMatchObject({ at: Date.UTC(2026, 2, 4), age: 15 * 3_600_000, madeAt: NOON })
    expect(line(live, 'portfolio_vol')).toMatchObject({
      unit: 'fraction',
      used: live.risk.volatility,
      limit: '0.15',
      headroom: { money: null, units: null },
    })
    expect(line(live, 'portfolio_risk')).toMatchObject({ used: live.risk.correlated, limit: '3000' })
    expect(line(live, 'correlated_pair:ABC/DEF')).toMatchObject({
      used: '30000',
      limit: '40000',
      utilisation: '0.75',
      band: 'caution',
      headroom: { money: '10000' },
    })
  })

  it('tell what the ceilings of the next order start from', async () => {
    const room = await twins()
    const live = await room.calls.limits.live()
    const { ladder } = await room.calls.sizing.preview({
      request: { symbol: 'ABC', side: 'buy', entry: '100', stop: '95' },
    })
    const before = (rule: string) => ladder.find((rung) => rung.rule === rule)?.before
    expect(line(live, 'portfolio_risk')?.used).toBe(before('portfolio_risk'))
    expect(Number(line(live, 'portfolio_vol')?.used)).toBeCloseTo(Number(before('portfolio_vol')), 12)
    expect(line(live, 'correlated_pair:ABC/DEF')?.used).toBe(before('correlated_pair'))
  })

  it('count what was never studied at the worst and say so, and never tell a volatility without it', async () => {
    const room = await twins()
    hold(room, 'NEW', '10', '100', null, '90')
    const live = await room.calls.limits.live()
    expect(line(live, 'portfolio_vol')).toMatchObject({ used: null, band: 'unknown', state: 'unknown' })
    expect(line(live, 'portfolio_vol')?.says).toContain('volatility of NEW')
    expect(line(live, 'portfolio_risk')?.says).toContain('Not studied, so counted at the worst: ABC/NEW, DEF/NEW.')
    expect(line(live, 'correlated_pair:ABC/NEW')).toMatchObject({ used: '21000' })
    expect(live.risk.volatility).toBeNull()
    expect(live.risk.unknown.join(' ')).toMatch(/volatility of NEW is not known.*ABC\/NEW, DEF\/NEW/)
  })

  it('are known and nothing while nothing is held', async () => {
    const room = await journalRoom()
    withProfile(room, ({ ceilings }) => Object.assign(ceilings, CEILINGS))
    const live = await room.calls.limits.live()
    expect(line(live, 'portfolio_vol')).toMatchObject({ used: '0', band: 'safe' })
    expect(line(live, 'portfolio_risk')).toMatchObject({ used: '0', band: 'safe' })
    expect(line(live, 'correlated_pair')).toMatchObject({ used: '0', subject: null, band: 'safe' })
    expect(live.risk).toMatchObject({ volatility: '0', correlated: '0', contributions: [], study: null, unknown: [] })
  })

  it('are not known while equity is not', async () => {
    const room = await journalRoom(null)
    withProfile(room, ({ ceilings }) => Object.assign(ceilings, CEILINGS))
    const live = await room.calls.limits.live()
    for (const key of ['portfolio_vol', 'portfolio_risk', 'correlated_pair'])
      expect(line(live, key)).toMatchObject({ used: null, band: 'unknown' })
    expect(live.risk).toMatchObject({ volatility: null, correlated: null, contributions: [] })
  })

  it('study markets once a minute, not once a change', async () => {
    const room = await twins()
    const reads: string[] = []
    const { book } = room.workspace
    const bars = book.bars.bind(book)
    Object.assign(book, { bars: (...asked: Parameters<typeof bars>) => (reads.push(asked[0]), bars(...asked)) })
    await room.calls.limits.live()
    const first = reads.length
    expect(first).toBeGreaterThan(0)
    for (let n = 0; n < 50; n++) {
      room.clock.now += 1_000
      room.workspace.changed('ledger')
      await room.calls.limits.live()
    }
    expect(reads).toHaveLength(first)
    room.clock.now += 60_000
    const live = await room.calls.limits.live()
    expect(reads.length).toBeGreaterThan(first)
    expect(live.risk.study?.madeAt).toBe(room.clock.now)
  })

  it('of many instruments rest on what was known before while a newer study is made beside the desk', async () => {
    const room = await journalRoom('10000000')
    withProfile(room, ({ ceilings }) => Object.assign(ceilings, CEILINGS))
    const symbols = Array.from({ length: 30 }, (_, place) => `S${String(place).padStart(2, '0')}`)
    for (const symbol of symbols) {
      room.book().saveInstrument(share(symbol), NOON)
      addBars(room, symbol, wave(120))
      hold(room, symbol, '10', '100', null, '95')
    }
    const first = await room.calls.limits.live()
    expect(first.risk.study?.source).toContain('being worked out')
    expect(line(first, 'portfolio_vol')).toMatchObject({ used: null, band: 'unknown' })
    const told = async () => {
      room.workspace.changed('ledger')
      await new Promise((resolve) => setImmediate(resolve))
      return (await room.calls.limits.live()).risk
    }
    let risk = await told()
    for (let n = 0; n < 100 && risk.volatility === null; n++) risk = await told()
    expect(risk.volatility).not.toBeNull()
    const { madeAt } = risk.study ?? {}
    room.clock.now += 90_000
    room.workspace.changed('ledger')
    const later = (await room.calls.limits.live()).risk
    expect(later.study?.madeAt).toBe(madeAt)
    expect(later.volatility).toBe(risk.volatility)
  })
})
