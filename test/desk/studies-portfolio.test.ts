import { describe, expect, it } from 'vitest'
import { addBars, journalRoom, wave, withProfile } from './journal-room.ts'
import { inputsOf } from './studied-inputs.ts'
import { hold } from './trading-room.ts'

describe('the market regime set by hand', () => {
  it('counts from the next decision on, is kept over a restart, and is in the audit log', async () => {
    const room = await journalRoom()
    withProfile(room, ({ brakes }) => {
      brakes['regime_throttle'] = {
        trend: 1,
        mean_reversion: 0.8,
        chop: 0.5,
        high_volatility: 0.3,
        crisis: 0.1,
        unknown: 0.5,
      }
    })
    expect(await room.calls.edge.regime()).toEqual({ regime: null, quality: null, at: null })
    await room.calls.edge.setRegime({ regime: 'crisis', quality: '0.4' })
    const { studies } = await inputsOf(room)
    expect(studies?.regime).toMatchObject({ regime: 'crisis', quality: { value: '0.4', source: 'set by hand' } })
    const again = room.restart()
    expect(await again.calls.edge.regime()).toMatchObject({ regime: 'crisis', quality: '0.4' })
    const [row] = (await again.calls.audit.rows({ limit: 3 })).filter(({ kind }) => kind === 'state')
    expect(row?.says).toContain('crisis')
    await again.calls.edge.setRegime({ regime: null, quality: null })
    expect(await again.calls.edge.regime()).toMatchObject({ regime: null, quality: null })
    again.workspace.close()
  })

  it('takes a quality from 0 to 1 and nothing else', async () => {
    const room = await journalRoom()
    for (const quality of ['1.1', '-0.1', 'good'])
      await expect(room.calls.edge.setRegime({ regime: 'trend', quality })).rejects.toMatchObject({
        data: { field: 'quality' },
      })
    expect(await room.calls.edge.regime()).toMatchObject({ regime: null })
  })
})

describe('the portfolio in figures', () => {
  it('has the volatility of its present weights, and S0’s names', async () => {
    const room = await journalRoom()
    hold(room, 'ABC', '200', '100', 'swing', '95')
    addBars(room, 'ABC', wave(330))
    withProfile(room, ({ ceilings }) => {
      ceilings['gross_exposure'] = { maxExposure: 1, maxLeverage: 2 }
      ceilings['single_asset'] = { max: 1 }
    })
    const found = await room.calls.limits.summary()
    expect(found).toMatchObject({ total_equity: 100_000, position_count: 1, total_allocation: 0.2, leverage: 0.2 })
    expect(found.largest_positions).toMatchObject([{ symbol: 'ABC', weight: 0.2 }])
    // A fifth of equity moves a fifth as much as the instrument over the same days.
    const own = Number((await room.calls.edge.asset({ symbol: 'ABC' })).volatility.value)
    expect((found.current_portfolio_vol ?? 0) / (0.2 * own)).toBeGreaterThan(0.9)
    expect((found.current_portfolio_vol ?? 0) / (0.2 * own)).toBeLessThan(1.1)
    expect(found.diversification_ratio).toBeCloseTo(1, 9)
    expect(found.unknown).toEqual([])
    expect(found.expected_return).not.toBeNull()
    expect(found.utilization).toEqual({ exposure_pct: 10, positions_pct: 20 })
  })

  it('names what is missing instead of guessing it', async () => {
    const room = await journalRoom()
    hold(room, 'ABC', '200', '100', 'swing', '95')
    const found = await room.calls.limits.summary()
    expect(found).toMatchObject({ current_portfolio_vol: null, expected_return: null, sharpe_ratio: null })
    expect(found.unknown.join(' ')).toContain('ABC')
  })

  it('refuses while equity is not known', async () => {
    const room = await journalRoom(null)
    await expect(room.calls.limits.summary()).rejects.toMatchObject({ data: { field: 'account.equity' } })
  })
})

it('an instrument is measured with the method of every figure', async () => {
  const room = await journalRoom()
  addBars(room, 'ABC', wave(330))
  const found = await room.calls.edge.asset({ symbol: 'ABC' })
  expect(found.bars).toBe(283)
  for (const [name, measure] of Object.entries(found)) {
    if (typeof measure !== 'object' || measure === null || !('method' in measure)) continue
    expect(measure.value, name).not.toBeNull()
    expect(measure.method.length, name).toBeGreaterThan(10)
  }
  await expect(room.calls.edge.asset({ symbol: 'NONE' })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } })
})
