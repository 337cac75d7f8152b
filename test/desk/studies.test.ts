import { describe, expect, it } from 'vitest'
import { addBars, close, journalRoom, payIn, trips, wave, withProfile } from './journal-room.ts'
import { inputsOf, STUDIED_ORDER as ORDER } from './studied-inputs.ts'
import { hold, NOON, share } from './trading-room.ts'

const DAY = 86_400_000
const edgeful = Array.from({ length: 40 }, (_, i) => (i % 5 < 3 ? 20 : -10))

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

  it('holds a blank for a profit without a rate, which brakes rather than counting as nothing', async () => {
    const room = await journalRoom('1000')
    room.book().saveInstrument(share('EURO', { currency: 'EUR' }), NOON)
    close(room, [...trips(new Array<number>(12).fill(5)), ...trips([7], { symbol: 'EURO' })])
    withProfile(room, ({ brakes }) => {
      brakes['performance'] = { trades: 20, least: 10, drawdown: 0.2, streakBoost: 1 }
    })
    const { studies } = await inputsOf(room)
    expect(studies?.lastProfits.filter((profit) => profit === '')).toHaveLength(1)
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

  it('counts the worst case where correlations cannot be studied, and says why', async () => {
    const room = await journalRoom()
    hold(room, 'XYZ', '10', '50', 'swing', '45')
    withProfile(room, ({ ceilings }) => {
      ceilings['portfolio_risk'] = { max: 0.03, form: 'penalised_sum', adjustment: 1.5 }
    })
    const { studies } = await inputsOf(room)
    expect(studies?.correlation).toMatchObject({
      symbols: [],
      source: 'not studied: There are no recent daily bars of ABC, XYZ: import them.',
    })
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

  it('of an instant of the past holds the trades up to it, whatever else was asked in the same minute', async () => {
    const room = await journalRoom()
    const minute = Math.floor(NOON / 60_000) * 60_000 - DAY
    close(room, [
      ...trips(edgeful, {}).map((trip) => ({ ...trip, at: trip.at - 2 * DAY })),
      { entry: '100', exit: '90', at: minute + 30_000 },
    ])
    const losses: number[] = []
    for (const second of [10, 50, 40])
      losses.push((await inputsOf(room, 'kelly_trades', minute + second * 1_000)).edge?.losses ?? -1)
    const [before = 0] = losses
    expect(losses).toEqual([before, before + 1, before + 1])
    expect(before).toBeGreaterThan(0)
  })
})
