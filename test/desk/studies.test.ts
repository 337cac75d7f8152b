import { describe, expect, it } from 'vitest'
import type { DecisionInputs } from '../../src/domain/inputs.ts'
import { addBars, close, journalRoom, payIn, trips, wave, withProfile } from './journal-room.ts'
import { hold, NOON, type TradingRoom } from './trading-room.ts'

const DAY = 86_400_000
const ORDER = { symbol: 'ABC', side: 'buy', strategy: 'swing', entry: '100', stop: '95' } as const
const edgeful = Array.from({ length: 40 }, (_, i) => (i % 5 < 3 ? 20 : -10))

/** What a decision of this order by this method looked at, out of the stored record. */
async function inputsOf(room: TradingRoom, method?: string, asOf?: number): Promise<DecisionInputs> {
  const { decisionId } = await room.calls.sizing.decide({
    request: { ...ORDER, ...(method === undefined ? {} : { method }) },
    ...(asOf === undefined ? {} : { asOf }),
  })
  const replayed = await room.calls.decisions.replay({ decisionId })
  expect(replayed).toMatchObject({ identical: true, differences: [] })
  const inputs = room.book().decision(decisionId)?.inputs
  expect(inputs).toBeDefined()
  return inputs as DecisionInputs
}

describe('the snapshot of a decision', () => {
  it('holds no studies and no edge where nothing looks at them', async () => {
    const room = await journalRoom()
    close(room, trips(edgeful))
    const inputs = await inputsOf(room)
    expect(inputs.edge).toBeNull()
    expect(inputs.studies).toBeUndefined()
    expect(inputs.account.startingEquity).toBeUndefined()
  })

  it.each([
    ['kelly_trades', []],
    ['physics_kelly', []],
    ['kelly_conservative', ['winRateLow', 'payoffLow']],
    ['kelly_empirical', ['rMultiples']],
    ['kelly_risk_constrained', ['rMultiples']],
    ['enhanced_kelly', ['meanFee', 'meanQuantity']],
  ])('by %s holds of the edge just what it looks at: %o', async (method, members) => {
    const room = await journalRoom()
    close(room, trips(edgeful))
    const { edge } = await inputsOf(room, method)
    const optional = ['winRateLow', 'payoffLow', 'kellyLow', 'rMultiples', 'meanFee', 'meanQuantity']
    expect(optional.filter((name) => edge !== null && name in edge).sort()).toEqual([...members].sort())
    expect(edge).toMatchObject({ scope: 'strategy swing', to: NOON })
  })

  it('counts the trades of the method’s own window', async () => {
    const room = await journalRoom()
    close(room, trips(edgeful))
    expect((await inputsOf(room, 'kelly_trades')).edge).toMatchObject({ window: '30 days', wins: 17, losses: 12 })
    expect((await inputsOf(room, 'kelly_conservative')).edge).toMatchObject({
      window: '365 days',
      wins: 24,
      losses: 16,
    })
  })

  it('holds the same lower bounds for the same trades, and they brake', async () => {
    const room = await journalRoom()
    close(room, trips(edgeful))
    withProfile(room, ({ brakes }) => {
      brakes['uncertainty'] = {}
    })
    const { edge } = await inputsOf(room, 'kelly_conservative')
    const other = await journalRoom()
    close(other, trips(edgeful))
    expect((await inputsOf(other, 'kelly_conservative')).edge).toMatchObject({
      winRateLow: edge?.winRateLow,
      payoffLow: edge?.payoffLow,
    })
    expect(Number(edge?.winRateLow)).toBeCloseTo(0.44596, 5)
    const decided = await room.calls.sizing.preview({ request: { ...ORDER, method: 'fixed_risk' } })
    const brake = decided.steps.find(({ rule }) => rule === 'uncertainty')
    expect(Number(brake?.factor)).toBeGreaterThan(0)
    expect(Number(brake?.factor)).toBeLessThan(1)
  })

  it('holds mean fee and quantity of the trades: quantities of the order’s symbol alone', async () => {
    const room = await journalRoom()
    close(room, [
      ...trips([10, -10], { fee: '1', quantity: '20' }),
      ...trips([10, -10], { fee: '2', quantity: '90000', symbol: 'XYZ' }),
    ])
    expect((await inputsOf(room, 'enhanced_kelly')).edge).toMatchObject({ meanFee: '3', meanQuantity: '20' })
  })

  it('holds the last profits for the performance brake, newest last, and brakes by them', async () => {
    const room = await journalRoom('1000')
    const profits = [...new Array<number>(15).fill(5), -300, ...new Array<number>(9).fill(10)]
    close(room, trips(profits))
    withProfile(room, ({ brakes }) => {
      brakes['performance'] = { trades: 20, least: 10, drawdown: 0.2, streakBoost: 1 }
    })
    const { studies } = await inputsOf(room)
    expect(studies?.lastProfits).toEqual(profits.slice(-20).map(String))
    expect(studies?.market).toBeNull()
  })

  it('holds the first balance moved by payments where a floor below the start is set', async () => {
    const room = await journalRoom('1000')
    payIn(room, '500', NOON - 3 * DAY)
    close(room, trips([50]))
    withProfile(room, ({ ceilings }) => {
      ceilings['max_drawdown'] = { max: 0.1 }
    })
    const { account } = await inputsOf(room)
    expect(account.startingEquity).toEqual({
      value: '1500',
      source: 'first balance, deposits and withdrawals',
      at: NOON - 400 * DAY,
    })
  })
})

describe('the market study of a decision', () => {
  it('measures by the daily bars, each figure with its method and the end of the last bar', async () => {
    const room = await journalRoom()
    addBars(room, 'ABC', wave(330))
    withProfile(room, ({ brakes, ceilings }) => {
      brakes['volatility_regime'] = { thresholds: 'relative', low: 0.15, high: 0.3, reduction: 0.5, lowBoost: 1 }
      brakes['liquidity'] = { unknown: 0.5 }
      ceilings['adv'] = { max: 0.01 }
    })
    const market = (await inputsOf(room, 'kelly_vol')).studies?.market
    const end = Math.floor(NOON / DAY) * DAY
    expect(market).toMatchObject({
      volatility: { source: 'EWMA (λ 0.94) of 30 daily returns', at: end },
      volatilityLow: { source: '33rd percentile of its own volatility over 252 days', at: end },
      averageDailyVolume: { value: '5000', at: end },
      atrMean: { value: null, source: 'nothing looks at it' },
    })
    for (const reading of [market?.volatility, market?.volatilityHigh, market?.expectedReturn, market?.liquidity])
      expect(Number(reading?.value), reading?.source).not.toBeNaN()
    expect(Number(market?.volatilityLow.value)).toBeLessThan(Number(market?.volatilityHigh.value))
    const last = wave(330)[329] ?? Number.NaN
    // An account of 100,000 against 1 % of 5,000 units at 115.4 a day.
    expect(Number(market?.liquidity.value)).toBeCloseTo(1 / (1 + 100_000 / (0.01 * 5000 * last)), 4)
  })

  it('says how many bars there were where they are not enough, and the brake takes the worst', async () => {
    const room = await journalRoom()
    addBars(room, 'ABC', wave(20))
    withProfile(room, ({ brakes }) => {
      brakes['volatility_regime'] = { thresholds: 'absolute', low: 0.15, high: 0.3, reduction: 0.5, lowBoost: 1 }
    })
    expect((await inputsOf(room)).studies?.market?.volatility).toEqual({
      value: null,
      source: '20 daily bars are not enough for: EWMA (λ 0.94) of 30 daily returns',
      at: null,
    })
    const decided = await room.calls.sizing.preview({ request: ORDER })
    expect(decided.steps.find(({ rule }) => rule === 'volatility_regime')?.factor).toBe('0.5')
  })

  it('never sees a bar that was not complete at the instant decided for', async () => {
    const room = await journalRoom()
    addBars(room, 'ABC', [...wave(60), 1000])
    const late = await inputsOf(room, 'vol_target')
    const early = await inputsOf(room, 'vol_target', Math.floor(NOON / DAY) * DAY - 1)
    expect(Number(late.studies?.market?.volatility.value)).toBeGreaterThan(
      2 * Number(early.studies?.market?.volatility.value),
    )
    expect(early.studies?.market?.volatility.at).toBe(Math.floor(NOON / DAY) * DAY - DAY)
  })

  it('leaves correlation for later: ceilings that look at it count the worst case and say so', async () => {
    const room = await journalRoom()
    hold(room, 'XYZ', '10', '50', 'swing', '45')
    withProfile(room, ({ ceilings }) => {
      ceilings['portfolio_risk'] = { max: 0.03, form: 'penalised_sum', adjustment: 1.5 }
    })
    expect((await inputsOf(room)).studies?.correlation).toBeNull()
    const decided = await room.calls.sizing.preview({ request: ORDER })
    expect(decided.ladder.find(({ rule }) => rule === 'portfolio_risk')?.facts).toMatchObject({
      unknownPairs: 'ABC/XYZ',
    })
  })
})

describe('an edge kept for a minute', () => {
  it('is not worked out anew within it, and at once when a trade is added', async () => {
    const room = await journalRoom()
    close(room, trips(edgeful))
    const preview = async (): Promise<string> => {
      const decided = await room.calls.sizing.preview({ request: { ...ORDER, method: 'kelly_trades' } })
      return decided.steps.find(({ stage }) => stage === 'propose')?.says ?? decided.says
    }
    let reads = 0
    const book = room.book()
    const trades = book.trades.bind(book)
    book.trades = (...given) => {
      reads += 1
      return trades(...given)
    }
    const first = await preview()
    const cold = reads
    room.clock.now += 1_000
    expect(await preview()).toBe(first)
    const warm = reads - cold
    expect(warm).toBeLessThan(cold)
    close(room, trips([-50], { at: NOON - 1 }))
    expect(await preview()).not.toBe(first)
  })

  it('of an instant of the past never holds a later trade of the same minute', async () => {
    const room = await journalRoom()
    const minute = Math.floor(NOON / 60_000) * 60_000 - DAY
    close(room, [
      ...trips(edgeful, {}).map((trip) => ({ ...trip, at: trip.at - 2 * DAY })),
      { entry: '100', exit: '90', at: minute + 30_000 },
    ])
    const after = await inputsOf(room, 'kelly_trades', minute + 50_000)
    const before = await inputsOf(room, 'kelly_trades', minute + 10_000)
    expect(after.edge?.losses).toBe((before.edge?.losses ?? 0) + 1)
  })
})

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
