import { describe, expect, it } from 'vitest'
import { readProfile } from '../../../src/domain/profile.ts'
import { warningsOf } from '../../../src/domain/profile-warnings.ts'
import { profileOf, rawProfile, type RawProfile } from '../../support/sizing-fixtures.ts'

type Changes = Partial<Record<'general' | 'methods' | 'scalers' | 'brakes' | 'ceilings', Record<string, unknown>>>

function changed(changes: Changes, more: Partial<RawProfile> = {}): Record<string, unknown> {
  const raw = rawProfile() as unknown as Record<string, Record<string, unknown>>
  const sections = Object.entries(changes).map(([key, section]) => [key, { ...raw[key], ...section }])
  return { ...raw, ...Object.fromEntries(sections), ...more } as Record<string, unknown>
}
const warned = (changes: Changes, more?: Partial<RawProfile>): (string | undefined)[] =>
  warningsOf(profileOf(changed(changes, more))).map(({ field }) => field)
const faulty = (changes: Changes): (string | undefined)[] => {
  const read = readProfile(changed(changes))
  return read.ok ? [] : read.error.map(({ field }) => field)
}

describe('a cap that can never bind', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a Kelly cap at the single-asset cap', { kelly_cap: { max: 0.2 }, single_asset: { max: 0.2 } }, 'kelly_cap.max'],
    ['one asset at the gross limit', { single_asset: { max: 8 } }, 'single_asset.max'],
    ['a cluster at the gross limit', { cluster: { max: 6, caps: { tech: 8 } } }, 'cluster.caps.tech'],
    ['the net at the gross limit', { net_exposure: { max: 8 } }, 'net_exposure.max'],
    ['three at the gross limit', { concentration: { max: 8 } }, 'concentration.max'],
    ['a trade at the daily loss', { risk_per_trade: { max: 0.03 } }, 'risk_per_trade.max'],
    [
      'open risk at the daily loss',
      { portfolio_risk: { max: 0.03, form: 'correlated', adjustment: 1 } },
      'portfolio_risk.max',
    ],
    [
      'the gross above the leverage',
      { gross_exposure: { maxExposure: 1, maxLeverage: 11 } },
      'gross_exposure.maxLeverage',
    ],
    ['a budget above the gross limit', { strategy_budget: { fallback: 9 } }, 'strategy_budget.fallback'],
  ])('is warned of: %s', (_, ceilings, field) => {
    expect(warned({ ceilings })).toEqual([`ceilings.${field}`])
  })

  it('is not warned of one step below', () => {
    expect(warned({ ceilings: { kelly_cap: { max: 0.1999 }, single_asset: { max: 0.2 } } })).toEqual([])
    expect(warned({ ceilings: { single_asset: { max: 7.99 }, risk_per_trade: { max: 0.0299 } } })).toEqual([])
  })

  it('is not warned of where the other limit is off', () => {
    expect(warned({ ceilings: { gross_exposure: 'off', daily_loss: 'off', risk_per_trade: { max: 0.5 } } })).toEqual([])
  })

  it('of one position is one at the largest tier', () => {
    const tier = { sniper: 0.05, hunter: 0.1, strategist: 0.15, sniperLeast: 0, hunterLeast: 0, strategistLeast: 0 }
    expect(warned({ ceilings: { tier, single_asset: { max: 0.15 } } })).toEqual(['ceilings.single_asset.max'])
  })

  it('counts the penalty of the sum of risks', () => {
    const portfolio_risk = { max: 0.04, form: 'penalised_sum', adjustment: 1.5 }
    expect(warned({ ceilings: { portfolio_risk } })).toEqual([])
    expect(warned({ ceilings: { portfolio_risk: { ...portfolio_risk, max: 0.045 } } })).toEqual([
      'ceilings.portfolio_risk.max',
    ])
  })
})

describe('a method that never decides', () => {
  it('is warned of where the risk ceiling stands below it', () => {
    expect(warned({ ceilings: { risk_per_trade: { max: 0.009 } } })).toEqual(['methods.fixed_risk.risk'])
    expect(warned({ ceilings: { risk_per_trade: { max: 0.01 } } })).toEqual([])
    expect(warned({ ceilings: { risk_per_trade: { max: 0.015 } } }, { method: 'enhanced_kelly' })).toEqual([
      'methods.enhanced_kelly.cap',
    ])
  })
})

describe('a boost that never boosts', () => {
  it('is warned of', () => {
    const conviction = { low: 0.5, medium: 1, high: 1.5 }
    expect(warned({ scalers: { conviction } })).toEqual(['scalers.conviction.high'])
    expect(warned({ scalers: { conviction }, general: { allowBoosts: true } })).toEqual([])
    const performance = { trades: 20, least: 10, drawdown: 0.2, streakBoost: 1.1 }
    expect(warned({ brakes: { performance } })).toEqual(['brakes.performance.streakBoost'])
    const kelly_trades = { ...rawProfile().methods['kelly_trades'], cap: 0.1, fraction: 0.1, fallbackRisk: 0.02 }
    expect(warned({ methods: { kelly_trades } })).toEqual(['methods.kelly_trades.fallbackRisk'])
  })
})

describe('a contradiction is refused', () => {
  const tier = {
    sniper: 0.05,
    hunter: 0.1,
    strategist: 0.15,
    sniperLeast: 0.02,
    hunterLeast: 0.01,
    strategistLeast: 0.005,
  }
  const regime = { thresholds: 'absolute', low: 0.15, high: 0.3, reduction: 0.5, lowBoost: 1 }
  it.each<[string, Changes, string]>([
    ['tiers out of order', { general: { hunterFrom: 10_000 } }, 'general.hunterFrom'],
    ['a least above the most', { ceilings: { tier: { ...tier, hunterLeast: 0.11 } } }, 'ceilings.tier.hunterLeast'],
    [
      'a low above the high',
      { brakes: { volatility_regime: { ...regime, low: 0.3 } } },
      'brakes.volatility_regime.low',
    ],
    [
      'more trades needed than looked at',
      { brakes: { performance: { trades: 5, least: 6, drawdown: 0.2, streakBoost: 1 } } },
      'brakes.performance.least',
    ],
    [
      'a looser night',
      { ceilings: { leverage: { intraday: 2, overnight: 4, byClass: {}, cutOffMinute: 945 } } },
      'ceilings.leverage.overnight',
    ],
    [
      'a smallest above the largest',
      { general: { minimumWeight: 0.3 }, ceilings: { single_asset: { max: 0.2 } } },
      'general.minimumWeight',
    ],
  ])('%s', (_, changes, field) => {
    expect(faulty(changes)).toEqual([field])
  })

  it('what is just in order is not', () => {
    expect(faulty({ general: { hunterFrom: 9_999 }, ceilings: { tier: { ...tier, hunterLeast: 0.1 } } })).toEqual([])
    expect(faulty({ brakes: { volatility_regime: { ...regime, low: 0.2999 } } })).toEqual([])
  })
})
