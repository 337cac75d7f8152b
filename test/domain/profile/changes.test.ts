import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { decide } from '../../../src/domain/governor/decide.ts'
import type { Settings } from '../../../src/domain/kernel/setting.ts'
import { GENERAL, SECTIONS } from '../../../src/domain/profile.ts'
import type { Studies } from '../../../src/domain/studies.ts'
import { heldBack, profileChanges, type RawProfile } from '../../../src/domain/profile-changes.ts'
import { book, inputs, position, profileOf, rawProfile, reading, share } from '../../support/sizing-fixtures.ts'

const BASE = rawProfile() as unknown as RawProfile

/** The base with a value at a path. */
function withAt(raw: RawProfile, path: readonly string[], value: unknown): RawProfile {
  const [key = '', ...rest] = path
  if (rest.length === 0) return { ...raw, [key]: value }
  return { ...raw, [key]: withAt(raw[key] as RawProfile, rest, value) }
}
const leads = (path: string, value: unknown, from = BASE): unknown[] =>
  profileChanges(from, withAt(from, path.split('.'), value)).map((change) => [change.path.join('.'), change.direction])

describe('every limit', () => {
  it('allows less the lower it is, but for these', () => {
    const stricter = (way: string): string[] =>
      [['general', GENERAL] as const, ...limitRules()].flatMap(([path, settings]) =>
        Object.entries(settings).flatMap(([key, setting]) => (setting.stricter === way ? [`${path}.${key}`] : [])),
      )
    expect(stricter('higher')).toEqual([
      'general.aggregate',
      'general.gapLoss',
      'general.minimumWeight',
      'general.hunterFrom',
      'general.strategistFrom',
      'brakes.drawdown.factor',
      'brakes.performance.trades',
      'brakes.volatility_regime.reduction',
      'brakes.monte_carlo.floor',
      'brakes.monte_carlo.trades',
      'ceilings.portfolio_risk.adjustment',
      'ceilings.tier.sniperLeast',
      'ceilings.tier.hunterLeast',
      'ceilings.tier.strategistLeast',
      'gate.stop_side.leastTicks',
      'gate.reward_to_risk.least',
      'gate.minimum_sharpe.least',
      'gate.duplicate.window',
    ])
    expect(stricter('neither')).toEqual([
      'general.kellyFromHunter',
      'brakes.volatility_regime.thresholds',
      'ceilings.portfolio_risk.form',
      'gate.minimum_sharpe.riskFree',
    ])
  })
})

function limitRules(): (readonly [string, Settings])[] {
  return SECTIONS.filter(({ key }) => key !== 'methods' && key !== 'scalers').flatMap(({ key, rules }) =>
    rules.map(({ id, settings }) => [`${key}.${id}`, settings] as const),
  )
}

describe('what differs between two profiles', () => {
  it('is nothing between a profile and itself', () => {
    expect(profileChanges(BASE, structuredClone(BASE))).toEqual([])
    expect(leads('ceilings.risk_per_trade.max', '0.020')).toEqual([])
  })

  it.each<[string, unknown, string]>([
    ['ceilings.risk_per_trade.max', 0.019, 'tighter'],
    ['ceilings.risk_per_trade.max', 0.021, 'looser'],
    ['brakes.drawdown.factor', 3, 'tighter'],
    ['brakes.drawdown.factor', 1.5, 'looser'],
    ['gate.reward_to_risk.least', 1, 'tighter'],
    ['gate.session.applies', 'always', 'tighter'],
    ['general.allowBoosts', true, 'looser'],
    ['general.aggregate', 'product', 'tighter'],
    ['general.gapLoss', 0.5, 'looser'],
    ['methods.fixed_risk.risk', 0.05, 'other'],
    ['scalers.signal.least', 0, 'other'],
    ['method', 'fixed_qty', 'other'],
  ])('%s to %s is %s', (path, value, direction) => {
    expect(leads(path, value)).toEqual([[path, direction]])
  })

  it('switching a limit off is looser, switching it on is tighter', () => {
    expect(leads('ceilings.daily_loss', 'off')).toEqual([['ceilings.daily_loss', 'looser']])
    expect(leads('ceilings.adv', { max: 0.01 })).toEqual([['ceilings.adv', 'tighter']])
    expect(leads('scalers.signal', 'off')).toEqual([['scalers.signal', 'other']])
  })

  it('a cap of its own is tighter below the general one, looser above it', () => {
    expect(leads('ceilings.cluster.caps', { tech: 1.5 })).toEqual([['ceilings.cluster.caps.tech', 'tighter']])
    expect(leads('ceilings.cluster.caps', { tech: 6.5 })).toEqual([['ceilings.cluster.caps.tech', 'looser']])
    const capped = withAt(BASE, ['ceilings', 'cluster', 'caps'], { tech: 1.5, 'us.large': 2 })
    expect(leads('ceilings.cluster.caps', { tech: 1.5 }, capped)).toEqual([
      ['ceilings.cluster.caps.us.large', 'looser'],
    ])
    expect(leads('ceilings.leverage.byClass', { equity: 1, etf: 2, crypto: 1 })).toEqual([
      ['ceilings.leverage.byClass.option', 'looser'],
    ])
    expect(leads('ceilings.leverage.byClass', { equity: 1, etf: 2, crypto: 1, option: 1, future: 4 })).toEqual([
      ['ceilings.leverage.byClass.future', 'tighter'],
    ])
  })

  it('holds back what allows more, and nothing else', () => {
    const loosened = withAt(
      withAt(BASE, ['ceilings', 'daily_loss', 'max'], 0.05),
      ['ceilings', 'weekly_loss', 'max'],
      0.04,
    )
    expect(heldBack(profileChanges(BASE, loosened)).map(({ path, before }) => [path.join('.'), before])).toEqual([
      ['ceilings.daily_loss.max', 0.03],
    ])
  })
})

// Every limit on at once, so that any of them may bind.
const STRICT: RawProfile = (() => {
  const raw = rawProfile('prop-governor')
  const crypto = rawProfile('crypto-vol-target')
  const tiered = rawProfile('tiered-kelly')
  const brakes = { ...raw.brakes, ...pick(tiered.brakes, 'performance', 'volatility_regime') }
  const regimes = { trend: 1, mean_reversion: 0.8, chop: 0.5, high_volatility: 0.3, crisis: 0.1, unknown: 0.5 }
  return {
    ...raw,
    method: 'fixed_fraction',
    general: { ...raw.general, minimumWeight: 0.001 },
    methods: { ...raw.methods, fixed_fraction: { fraction: 0.5 } },
    brakes: {
      ...brakes,
      drawdown: { limit: 0.4, factor: 2 },
      liquidity: { unknown: 0.8 },
      regime_throttle: regimes,
      uncertainty: 'off',
    },
    ceilings: {
      ...raw.ceilings,
      ...pick(crypto.ceilings, 'kelly_cap', 'correlated_pair', 'concentration', 'single_asset', 'cluster'),
      ...pick(tiered.ceilings, 'tier'),
      weekly_loss: { max: 0.06 },
      monthly_loss: { max: 0.07 },
      trailing_drawdown: { max: 0.15 },
      leverage: { intraday: 3, overnight: 2, byClass: { equity: 1 }, cutOffMinute: 1000 },
      net_exposure: { max: 2 },
      adv: { max: 0.01 },
      prop_firm: 'off',
    },
  }
})()

function pick(section: Record<string, unknown>, ...ids: string[]): Record<string, unknown> {
  return Object.fromEntries(ids.map((id) => [id, section[id]]))
}

const numbers = (raw: RawProfile): string[][] => {
  const paths: string[][] = []
  const walk = (value: unknown, path: string[]): void => {
    if (typeof value === 'number') paths.push(path)
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key])
  }
  for (const section of ['general', 'brakes', 'ceilings', 'gate']) walk(raw[section], [section])
  return paths
}

/** An order of a share at a stop with positions beside it; every study a rule may look at is there. */
function sized(raw: RawProfile, drawn: { equity: number; stop: number; held: number; volatility: number; at: number }) {
  const studies: Studies = {
    market: {
      volatility: reading(String(drawn.volatility)),
      volatilityLow: reading('0.15'),
      volatilityHigh: reading('0.3'),
      expectedReturn: reading('0.3'),
      atrMean: reading('2'),
      averageDailyVolume: reading('50000'),
      liquidity: reading('0.9'),
    },
    correlation: null,
    sensors: [],
    regime: null,
    lastProfits: ['100', '-300', '200', '-500', '100', '-50', '20', '80', '-10', '30', '-900', '60'],
    propFirm: null,
  }
  const spec = share({ clusters: ['layer1'] })
  const told = inputs({
    instrument: spec,
    equity: String(drawn.equity),
    studies,
    request: { entry: '100', stop: String(drawn.stop) },
    account: { peakEquity: reading(String(drawn.equity * 1.05)), startingEquity: reading(String(drawn.equity)) },
  })
  const other = share({ symbol: 'HELD', clusters: ['layer1'] })
  const held = book({ positions: drawn.held === 0 ? [] : [position({ spec: other, quantity: String(drawn.held) })] })
  return decide({ ...told, at: told.at + drawn.at }, valueBook(held), profileOf(raw))
}

describe('the way a setting says it is stricter', () => {
  const paths = numbers(STRICT)
  const drawn = fc.record({
    equity: fc.integer({ min: 2_000, max: 200_000 }),
    stop: fc.integer({ min: 60, max: 99 }),
    held: fc.integer({ min: 0, max: 40 }),
    volatility: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
    at: fc.integer({ min: 0, max: 7 }).map((hours) => hours * 3_600_000),
  })

  it('is true: what counts as tighter never raises a size', () => {
    let tightened = 0
    let smaller = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.double({ min: 0.3, max: 3, noNaN: true }),
        drawn,
        (path, factor, order) => {
          const now = path.reduce<unknown>((value, key) => (value as RawProfile)[key], STRICT) as number
          const next = withAt(
            STRICT,
            path,
            Number.isInteger(now) ? Math.round(now * factor) : Number((now * factor).toFixed(6)),
          )
          let changes
          try {
            profileOf(next)
            changes = profileChanges(STRICT, next)
          } catch {
            return
          }
          if (changes.length === 0 || changes.some(({ direction }) => direction !== 'tighter')) return
          tightened += 1
          const [before, after] = [sized(STRICT, order), sized(next, order)]
          if (Number(after.quantity) < Number(before.quantity)) smaller += 1
          expect(Number(after.quantity), path.join('.')).toBeLessThanOrEqual(Number(before.quantity))
        },
      ),
      { numRuns: 1_500 },
    )
    expect(tightened).toBeGreaterThan(200)
    expect(smaller).toBeGreaterThan(15)
  })
})
