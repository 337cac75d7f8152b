import { describe, expect, it, vi } from 'vitest'
import { previewOrder } from '../../src/desk/size-order.ts'
import { addBars, withProfile } from './journal-room.ts'
import { closesOf, marketsRoom, noise } from './portfolio-room.ts'
import { inputsOf } from './studied-inputs.ts'
import { hold, NOON, share, type TradingRoom } from './trading-room.ts'

const DAY = 86_400_000
const shared = noise(120, 1)
const own = noise(120, 2)
const ORDER = { symbol: 'ABC', side: 'buy', strategy: 'swing', entry: '100', stop: '95' } as const

describe('a decision', () => {
  const pair = async (moves: readonly number[]): Promise<TradingRoom> => {
    const room = await marketsRoom({ ABC: shared, XYZ: moves })
    hold(room, 'XYZ', '150', '100', 'swing', '95')
    withProfile(room, ({ ceilings }) => {
      ceilings['correlated_pair'] = { threshold: 0.8, max: 0.2 }
      ceilings['portfolio_vol'] = { max: 0.15 }
    })
    return room
  }

  it('counts a copy of what is held as the same, and a stranger not at all', async () => {
    const [copy, stranger] = [await pair(shared), await pair(own)]
    const rungOf = async (room: TradingRoom): Promise<string | undefined> => {
      const { ladder } = await room.calls.sizing.preview({ request: ORDER })
      return ladder.find(({ rule }) => rule === 'correlated_pair')?.says
    }
    expect(await rungOf(copy)).toContain('ABC and XYZ (correlation 1.00)')
    expect(await rungOf(stranger)).toContain('No held position moves together with ABC')
  })

  it('keeps what it looked at in its snapshot, with its age, and replays to the same bytes', async () => {
    const room = await pair(own)
    const { studies } = await inputsOf(room)
    const study = studies?.correlation
    expect(study?.symbols).toEqual(['ABC', 'XYZ'])
    expect(study?.at).toBe(Math.floor(NOON / DAY) * DAY)
    expect(study?.correlation).toHaveLength(4)
    expect(study?.volatility.every((value) => value > 0.1 && value < 0.3)).toBe(true)
  })

  it('holds the portfolio to its volatility: √(w′Σw) with the order is the limit', async () => {
    const room = await pair(own)
    withProfile(room, ({ ceilings }) => {
      ceilings['portfolio_vol'] = { max: 0.04 }
    })
    const { ladder } = await room.calls.sizing.preview({ request: { ...ORDER, quantity: '900' } })
    const rung = ladder.find(({ rule }) => rule === 'portfolio_vol')
    const { studies } = await inputsOf(room)
    const [a, b] = studies?.correlation?.volatility ?? []
    const rho = studies?.correlation?.correlation[1] ?? Number.NaN
    const held = 0.15
    const weight = (Number(rung?.allows) * 100) / 100_000
    const volatility = (w: number): number =>
      Math.sqrt((w * (a ?? 0)) ** 2 + (held * (b ?? 0)) ** 2 + 2 * w * held * rho * (a ?? 0) * (b ?? 0))
    expect(volatility(weight)).toBeLessThanOrEqual(0.04)
    expect(volatility(weight + 0.001)).toBeGreaterThan(0.04)
  })

  it('studies anew as soon as there are new bars', async () => {
    const room = await marketsRoom({ ABC: shared })
    hold(room, 'XYZ', '150', '100', 'swing', '95')
    withProfile(room, ({ ceilings }) => {
      ceilings['portfolio_vol'] = { max: 0.15 }
    })
    const before = (await inputsOf(room)).studies?.correlation
    addBars(room, 'XYZ', closesOf(shared))
    room.clock.now += 5_000
    const after = (await inputsOf(room)).studies?.correlation
    expect(before?.symbols).toEqual(['ABC'])
    expect(after?.symbols).toEqual(['ABC', 'XYZ'])
    expect(after?.correlation[1]).toBeGreaterThan(0.9)
  })

  it('counts the worst case for bars that ended long ago, and says so', async () => {
    const room = await pair(own)
    room.clock.now += 40 * DAY
    const { studies } = await inputsOf(room)
    expect(studies?.correlation).toMatchObject({
      symbols: [],
      source: 'not studied: There are no recent daily bars of ABC, XYZ: import them.',
    })
    await room.calls.market.typePrice({ symbol: 'ABC', price: '100' })
    await room.calls.market.typePrice({ symbol: 'XYZ', price: '100' })
    const { ladder } = await room.calls.sizing.preview({ request: ORDER })
    expect(ladder.find(({ rule }) => rule === 'portfolio_vol')).toMatchObject({ allows: '0', code: 'INPUT_MISSING' })
  })

  it('waits for a study of many holdings, and without waiting counts the worst case', async () => {
    const symbols = Array.from({ length: 25 }, (_, i) => `S${String(i).padStart(2, '0')}`)
    const room = await marketsRoom({
      ABC: shared,
      ...Object.fromEntries(symbols.map((symbol, i) => [symbol, noise(90, i + 10)])),
    })
    for (const symbol of symbols) hold(room, symbol, '5', '100', 'swing', '95')
    withProfile(room, ({ ceilings }) => {
      ceilings['portfolio_risk'] = { max: 0.03, form: 'correlated', adjustment: 1.5 }
    })
    const unknownPairs = (ladder: readonly { readonly rule: string; readonly facts: object }[]): unknown =>
      ladder.find(({ rule }) => rule === 'portfolio_risk')?.facts
    expect(unknownPairs(previewOrder(room.workspace, { request: ORDER }).ladder)).toMatchObject({
      unknownPairs: expect.stringContaining('ABC/S00') as string,
    })
    expect(unknownPairs((await room.calls.sizing.preview({ request: ORDER })).ladder)).toMatchObject({
      unknownPairs: '',
    })
  })
})

describe('regime sensors', () => {
  const braked = async (moves: Readonly<Record<string, readonly number[]>>): Promise<TradingRoom> => {
    const room = await marketsRoom(moves)
    if (room.book().instrument('ABC') === undefined) room.book().saveInstrument(share('ABC'), NOON)
    withProfile(room, ({ brakes }) => {
      brakes['physics'] = { missing: 0.5, maxAge: 60_000 }
    })
    return room
  }
  const factorOf = async (room: TradingRoom): Promise<string | null | undefined> => {
    const { steps } = await room.calls.sizing.preview({ request: ORDER })
    return steps.find(({ rule }) => rule === 'physics')?.factor
  }

  it('leave the size alone on noise, where they abstain or are calm', async () => {
    const room = await braked({ ABC: noise(330, 4), XYZ: noise(330, 5) })
    expect(await factorOf(room)).toBe('1')
    const { studies } = await inputsOf(room)
    expect(studies?.sensors.map(({ id, value, abstains }) => [id, value, abstains])).toEqual([
      ['lyapunov', '1', true],
      ['ising', '1', false],
      ['eigen', '1', false],
    ])
    expect(studies?.sensors.every(({ at }) => at === room.clock.now)).toBe(true)
  })

  it('halve the size in lockstep', async () => {
    const moves = noise(330, 4)
    expect(await factorOf(await braked({ ABC: moves, XYZ: moves, UVW: moves }))).toBe('0.5')
  })

  it('count no option to the market, whose price moves with its distance and its time', async () => {
    const room = await braked({ ABC: noise(330, 4), XYZ: noise(330, 5) })
    room.book().saveInstrument(share('XYZ-C100', { calendar: 'crypto', assetClass: 'option' }), NOON)
    addBars(room, 'XYZ-C100', closesOf(noise(330, 6)))
    const { sensors, notes } = await room.calls.portfolio.sensors({ symbol: 'ABC', history: 'none' })
    expect(sensors.find(({ id }) => id === 'ising')?.subject).toBe('2 instruments')
    expect(notes[0]).toContain('The market is 2 instruments')
  })

  it('look for the instruments of the market once while the book stays as it is', async () => {
    const room = await braked({ ABC: noise(330, 4), XYZ: noise(330, 5) })
    await room.calls.sizing.preview({ request: ORDER })
    const bars = vi.spyOn(room.book(), 'bars')
    await room.calls.sizing.preview({ request: ORDER })
    expect(bars.mock.calls.filter(([, , , count]) => count === 1)).toEqual([])
  })

  it('count as the profile says where they are missing', async () => {
    const room = await braked({})
    const { steps } = await room.calls.sizing.preview({ request: ORDER })
    const step = steps.find(({ rule }) => rule === 'physics')
    expect(step).toMatchObject({ factor: '0.5', code: 'SENSOR_MISSING' })
    expect(step?.says).toContain('Missing or stale: lyapunov, ising, eigen')
  })

  it('are tiles with reading, level, age, effect and history; the weakest is named', async () => {
    const moves = noise(500, 4)
    const room = await braked({ ABC: moves, XYZ: moves, UVW: moves })
    const view = await room.calls.portfolio.sensors({ symbol: 'ABC' })
    expect(view.weakest).toMatchObject({ sensor: 'ising', multiplier: 0.5 })
    const [lyapunov, ising] = view.sensors
    expect(lyapunov).toMatchObject({ id: 'lyapunov', subject: 'ABC', level: 'abstains', abstains: true, multiplier: 1 })
    expect(lyapunov?.pValue).toBeGreaterThanOrEqual(0.05)
    expect(ising).toMatchObject({
      id: 'ising',
      level: 'lockstep',
      binds: true,
      state: 'over',
      units: expect.any(String) as string,
    })
    expect(ising?.reading).toBeCloseTo(1, 9)
    expect(ising?.effect).toContain('By the brake physics')
    expect(ising?.age).toBe(NOON - Math.floor(NOON / DAY) * DAY)
    expect(ising?.history.length).toBeGreaterThan(20)
    expect(ising?.history.every(({ reading }) => Math.abs((reading ?? 0) - 1) < 1e-9)).toBe(true)
    expect((await room.calls.portfolio.sensors({ history: 'none' })).sensors[1]?.history).toEqual([])
  }, 30_000)
})
