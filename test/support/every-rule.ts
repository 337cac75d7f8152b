import type { InstrumentSpec, Reading } from '../../src/domain/inputs.ts'
import { BRAKES, CEILINGS, GATE, SCALERS } from '../../src/domain/governor/registry.ts'
import { SENSOR_IDS, type CorrelationStudy, type Studies } from '../../src/domain/studies.ts'
import { NOW, rawProfile, reading, type RawProfile } from './sizing-fixtures.ts'

/** The discretionary profile with every scaler, brake, ceiling and check on, loose enough that most orders are sized. */
export function everyRule(): RawProfile {
  const shipped = rawProfile()
  const raw = {
    ...shipped,
    name: 'every-rule',
    scalers: { signal: { least: '0.1' }, conviction: { low: '0.5', medium: '1', high: '1.5' } },
    brakes: {
      drawdown: { limit: '0.3', factor: '2' },
      performance: { trades: 20, least: 10, drawdown: '0.2', streakBoost: '1' },
      volatility_regime: { thresholds: 'relative', low: '0.15', high: '0.3', reduction: '0.5', lowBoost: '1' },
      regime_throttle: {
        trend: '1',
        mean_reversion: '0.9',
        chop: '0.6',
        high_volatility: '0.5',
        crisis: '0.2',
        unknown: '0.5',
      },
      physics: { missing: '0.5', maxAge: 60_000 },
      liquidity: { unknown: '0.5' },
      uncertainty: {},
      monte_carlo: { quietRisk: '0.005', floor: '0.5', trades: 100, mostRuin: '0.005', unknown: '0.5' },
    },
    ceilings: {
      ...shipped.ceilings,
      max_drawdown: { max: '0.6' },
      trailing_drawdown: { max: '0.6' },
      prop_firm: {},
      portfolio_risk: { max: '0.5', form: 'correlated', adjustment: '1.5' },
      portfolio_vol: { max: '4' },
      kelly_cap: { max: '2' },
      correlated_pair: { threshold: '0.8', max: '6' },
      concentration: { max: '12' },
      tier: {
        sniper: '1',
        hunter: '1',
        strategist: '1',
        sniperLeast: '0',
        hunterLeast: '0',
        strategistLeast: '0',
      },
      adv: { max: '0.1' },
      daily_loss: { max: '0.5' },
      weekly_loss: { max: '0.5' },
      monthly_loss: { max: '0.5' },
    },
    gate: { ...shipped.gate, minimum_sharpe: { least: '0.01', riskFree: '0' }, reward_to_risk: { least: '0.1' } },
  }
  for (const [section, rules] of [
    ['scalers', SCALERS],
    ['brakes', BRAKES],
    ['ceilings', CEILINGS],
    ['gate', GATE],
  ] as const)
    for (const { id } of rules)
      if ((raw[section] as Readonly<Record<string, unknown>>)[id] === 'off') throw new Error(`${section}.${id} is off`)
  return raw
}

/** Figures that studies are made of; the numbers are plain so that a draw may fill them. */
export interface Studied {
  /** Annualised volatility of the order's instrument, and how far above and below its own year reaches. */
  readonly volatility: string
  readonly expectedReturn: string
  /** Mean range of its bars, price units. */
  readonly atrMean: string
  readonly dailyVolume: string
  readonly liquidity: string | null
  readonly sensors: readonly (string | null)[]
  readonly regime: NonNullable<Studies['regime']>['regime']
  readonly quality: string | null
  readonly lastProfits: readonly string[]
  /** Floors of a prop firm, account currency. */
  readonly floor: string
  readonly dayFloor: string | null
}

/** Every study there is, all known and fresh. */
export function everyStudy(symbols: readonly string[], told: Studied): Studies {
  const at = (value: string | null): Reading => reading(value)
  return {
    market: {
      volatility: at(told.volatility),
      volatilityLow: at(told.volatility),
      volatilityHigh: at(told.volatility),
      expectedReturn: at(told.expectedReturn),
      atrMean: at(told.atrMean),
      averageDailyVolume: at(told.dailyVolume),
      liquidity: at(told.liquidity),
    },
    correlation: correlationOf(symbols),
    sensors: SENSOR_IDS.map((id, index) => {
      const value = told.sensors[index] ?? null
      return { id, ...at(value), abstains: value === '1', says: `${id} reads ${value ?? 'nothing'}.` }
    }),
    regime: { regime: told.regime, quality: at(told.quality), source: 'by hand', at: NOW },
    lastProfits: told.lastProfits,
    propFirm: {
      program: 'a firm',
      floor: told.floor,
      floorSays: 'the whole loss',
      dayFloor: told.dayFloor,
      dayFloorSays: 'the loss of the day',
    },
  }
}

/** A correlation matrix of one factor: symbols load on it by their place, so that it is sound for any number of them. */
export function correlationOf(symbols: readonly string[]): CorrelationStudy {
  const loads = symbols.map((_, index) => ((index % 7) - 3) / 3.2)
  return {
    symbols,
    correlation: loads.flatMap((a, i) => loads.map((b, j) => (i === j ? 1 : a * b))),
    volatility: symbols.map((_, index) => 0.1 + (index % 9) * 0.07),
    periods: 250,
    source: 'test',
    at: NOW,
  }
}

/** A typical set of figures for an instrument trading at `price`. */
export function typicalStudy(spec: InstrumentSpec, price: string, equity: number): Studied {
  return {
    volatility: '0.25',
    expectedReturn: '0.2',
    atrMean: String(Number(price) / 50),
    dailyVolume: spec.assetClass === 'crypto' ? '5000000' : '100000000',
    liquidity: '0.95',
    sensors: ['0.9', '1', '0.95'],
    regime: 'trend',
    quality: '0.9',
    lastProfits: Array.from({ length: 20 }, (_, index) => (index % 3 === 0 ? '-900' : '1100')),
    floor: String(equity * 0.4),
    dayFloor: String(equity * 0.45),
  }
}
