import { describe, expect, it } from 'vitest'
import { PortfolioLimits } from '../../src/contract/limits.ts'
import { hold, paperRoom, share } from './trading-room.ts'

/** The answer the strategy-budget engine documents for its own example book, figure by figure. */
const DOCUMENTED = {
  ok: true,
  equity: 500000.0,
  max_exposure: 800000.0,
  current_exposure: 150000.0,
  available_exposure: 650000.0,
  exposure_utilization_pct: 18.75,
  per_strategy: {
    ema20_50_intraday: { budget: 150000.0, used: 50000.0, available: 100000.0, utilization_pct: 33.33 },
    expiry_scalper: { budget: 200000.0, used: 100000.0, available: 100000.0, utilization_pct: 50.0 },
  },
  config: {
    max_leverage: 2.0,
    max_exposure_pct: 0.8,
    max_risk_per_trade_pct: 0.01,
    position_sizing_mode: 'fixed_qty',
  },
}

describe('the portfolio limits', () => {
  it('come out as documented for the documented book, in exactly that shape', async () => {
    const room = await paperRoom('500000')
    const { calls } = room
    await calls.profile.choose({ name: 'strategy-budgets' })
    const rest = { method: null, enabled: true }
    await calls.market.saveStrategy({ code: 'ema20_50_intraday', budget: '0.3', fixedQuantity: '1', ...rest })
    await calls.market.saveStrategy({ code: 'expiry_scalper', budget: '0.4', fixedQuantity: '2', ...rest })
    hold(room, 'NIFTY', '500', '100', 'ema20_50_intraday')
    hold(room, 'BANK', '400', '250', 'expiry_scalper')
    const answer = await calls.limits.portfolio()
    expect(PortfolioLimits.parse(DOCUMENTED)).toEqual(DOCUMENTED)
    expect(answer).toEqual(DOCUMENTED)
  })

  it('count a strategy without an entry against the fallback budget', async () => {
    const room = await paperRoom('100000')
    await room.calls.profile.choose({ name: 'strategy-budgets' })
    hold(room, 'NIFTY', '50', '100', 'unlisted')
    expect((await room.calls.limits.portfolio()).per_strategy).toEqual({
      unlisted: { budget: 20000, used: 5000, available: 15000, utilization_pct: 25 },
    })
  })

  it('are refused, never guessed, while equity is not known', async () => {
    const room = await paperRoom(null)
    await expect(room.calls.limits.portfolio()).rejects.toMatchObject({
      data: { code: 'INPUT_MISSING', field: 'account.equity' },
    })
    const desk = await room.calls.limits.desk()
    expect(desk.equity).toBeNull()
    expect(desk.limits.every(({ state, used }) => state === 'unknown' && used === null)).toBe(true)
    expect(desk.unknown).toEqual([expect.stringContaining('opening balance')])
  })

  it('are refused while a position cannot be valued', async () => {
    const room = await paperRoom('100000')
    room.book().saveInstrument(share('SAP', { currency: 'EUR' }), room.clock.now)
    hold(room, 'SAP', '10', '100')
    await expect(room.calls.limits.portfolio()).rejects.toThrow('No rate from EUR to USD')
  })
})
