import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { DeskView, LimitReading } from '../../../src/contract/limits.ts'
import type { SettingView } from '../../../src/contract/profile.ts'
import { DeskScreen, plannedRisk, type DeskSource } from '../../../src/ui/desk/desk-screen.svelte.ts'
import { limitAmount, limitFacts, limitShare, limitState } from '../../../src/ui/desk/limit-line.ts'

const base = { currency: 'USD', equity: '100000', risk: '0.01' }
const unknownLimit: LimitReading = {
  rule: 'daily_loss',
  title: 'Daily loss',
  subject: null,
  unit: 'money',
  used: null,
  limit: '3000',
  left: null,
  utilisation: null,
  state: 'unknown',
  says: 'AAPL has no price.',
}

function aView(equity: string | null): DeskView {
  return {
    at: 1,
    accountId: 'a',
    currency: 'USD',
    equity,
    dayProfit: null,
    openRisk: null,
    gross: null,
    net: null,
    limits: [unknownLimit],
    bySymbol: [],
    byCluster: [],
    byStrategy: [],
    byClass: [],
    positions: [],
    unknown: ['AAPL has no price.'],
  }
}

const setting = (path: string, value: string): SettingView => ({
  path,
  section: '',
  title: path,
  help: '',
  kind: 'fraction',
  value,
  least: null,
  most: null,
  choices: [],
})

/** A desk whose view is answered by hand. */
function handDesk() {
  const asked: { resolve: (view: DeskView) => void; reject: (error: Error) => void }[] = []
  const client = {
    limits: { desk: () => new Promise((resolve, reject) => asked.push({ resolve, reject })) },
    decisions: { list: () => Promise.resolve({ rows: [], total: 0 }) },
    profile: {
      get: () =>
        Promise.resolve({ settings: [setting('method', 'fixed_risk'), setting('methods.fixed_risk.risk', '0.01')] }),
    },
    market: { typePrice: () => Promise.reject(new Error('socket closed')) },
  }
  return { desk: { client } as unknown as DeskSource, asked }
}

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  })
  return () => vi.unstubAllGlobals()
})

describe('the desk screen', () => {
  it('shows each answer though it changed meanwhile, and asks once more', async () => {
    const { desk, asked } = handDesk()
    const screen = new DeskScreen(desk)
    const first = screen.load()
    const second = screen.load()
    asked[0]?.resolve(aView('100'))
    await first
    expect(screen.view?.equity).toBe('100')
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    asked[1]?.resolve(aView('200'))
    await second
    expect(screen.view?.equity).toBe('200')
  })

  it('drops the answer of a book that was left', async () => {
    const { desk, asked } = handDesk()
    const screen = new DeskScreen(desk)
    screen.follow(1, 1)
    screen.follow(2, 2)
    asked[0]?.resolve(aView('100'))
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    expect(screen.view).toBeUndefined()
  })

  it('shows nothing of before once the desk refuses', async () => {
    const { desk, asked } = handDesk()
    const screen = new DeskScreen(desk)
    const first = screen.load()
    asked[0]?.resolve(aView('200'))
    await first
    const second = screen.load()
    asked[1]?.reject(new Error('socket closed'))
    await second
    expect(screen.view).toBeUndefined()
    expect(screen.refusal?.code).toBe('CONNECTION_LOST')
  })

  it('shows money where per cent or R mean nothing, and the chosen unit again once they do', async () => {
    const { desk, asked } = handDesk()
    const screen = new DeskScreen(desk)
    screen.showIn('multiple')
    const first = screen.load()
    asked[0]?.resolve(aView(null))
    await first
    expect(screen.unit).toBe('money')
    const second = screen.load()
    asked[1]?.resolve(aView('100000'))
    await second
    expect(screen.unit).toBe('multiple')
    screen.nextUnit()
    expect(screen.unit).toBe('money')
  })

  it('asks once for each count of changes', async () => {
    const { desk, asked } = handDesk()
    const screen = new DeskScreen(desk)
    screen.follow(1, 1)
    screen.follow(1, 1)
    screen.follow(2, 1)
    screen.follow(2, 1)
    asked[0]?.resolve(aView('100'))
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    asked[1]?.resolve(aView('200'))
    await vi.waitFor(() => expect(screen.view?.equity).toBe('200'))
    expect(asked).toHaveLength(2)
  })

  it('answers a typed price that was not taken with the reason', async () => {
    const { desk } = handDesk()
    expect((await new DeskScreen(desk).typePrice('AAPL', '1'))?.code).toBe('CONNECTION_LOST')
  })
})

describe('one R', () => {
  it('is the risk of the active method', () => {
    const settings = [
      setting('method', 'fixed_risk_atr'),
      setting('methods.fixed_risk.risk', '0.01'),
      setting('methods.fixed_risk_atr.risk', '0.004'),
      setting('ceilings.risk_per_trade.max', '0.02'),
    ]
    expect(plannedRisk(settings)).toBe('0.004')
  })

  it('is the ceiling on one trade where the method has no risk, and nothing where there is none', () => {
    const settings = [setting('method', 'fixed_fraction'), setting('ceilings.risk_per_trade.max', '0.02')]
    expect(plannedRisk(settings)).toBe('0.02')
    expect(plannedRisk([setting('method', 'fixed_fraction')])).toBeUndefined()
  })
})

describe('a limit that is not known', () => {
  it('has no share, no figure and never 0 %', () => {
    expect(limitShare({ ...unknownLimit, utilisation: '0' })).toBeUndefined()
    expect(limitState(unknownLimit)).toBe('stale')
    expect(limitAmount(unknownLimit, 'used', 'percent', base)).toBe('–')
    expect(limitAmount(unknownLimit, 'limit', 'percent', base)).toBe('3.00 %')
    expect(limitFacts(unknownLimit, 'USD')).toContainEqual({ name: 'Used', value: 'not known' })
  })
})
