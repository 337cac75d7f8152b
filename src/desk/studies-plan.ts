import type { Settings } from '../domain/kernel/setting.ts'
import type { Profile } from '../domain/profile.ts'
import { methodById } from '../domain/sizing/registry.ts'
import type { MarketStudy } from '../domain/studies.ts'

/** Members of an edge that are worked out only where something looks at them. */
export type EdgeMember = 'winRateLow' | 'payoffLow' | 'kellyLow' | 'rMultiples' | 'meanFee'
/** Members of a market study. */
export type MarketMember = keyof MarketStudy

/** What a decision looks at beyond its order, account and instrument; what is not in it stays out of the snapshot. */
export interface StudiesPlan {
  readonly edge: { readonly windowDays: number; readonly members: ReadonlySet<EdgeMember> } | null
  readonly market: ReadonlySet<MarketMember>
  /** How many of the last closed trades. */
  readonly lastProfits: number
  readonly regime: boolean
  readonly correlation: boolean
  /** The three links of the weakest link. */
  readonly sensors: boolean
  readonly startingEquity: boolean
}

const FORECAST: readonly MarketMember[] = ['volatility', 'expectedReturn']
const LEVELS: readonly MarketMember[] = ['volatility', 'volatilityLow', 'volatilityHigh']

/** What each method looks at in the market; one that is not listed looks at nothing. */
const MARKET_OF_METHOD: Readonly<Record<string, readonly MarketMember[]>> = {
  kelly_continuous: FORECAST,
  kelly_vol: FORECAST,
  leveraged_kelly: FORECAST,
  growth_optimal: FORECAST,
  vol_target: ['volatility'],
  enhanced_kelly: ['atrMean'],
}

const MARKET_OF_RULE: Readonly<Record<string, readonly MarketMember[]>> = {
  volatility_regime: LEVELS,
  regime_throttle: LEVELS,
  liquidity: ['liquidity'],
  adv: ['averageDailyVolume'],
}

/** What each method looks at in the closed trades beside wins and losses; one that is not listed gets the R-multiples too. */
const EDGE_OF_METHOD: Readonly<Record<string, readonly EdgeMember[]>> = {
  kelly_trades: [],
  physics_kelly: [],
  kelly_conservative: ['winRateLow', 'payoffLow'],
  enhanced_kelly: ['meanFee'],
}

const CORRELATED = ['portfolio_risk', 'portfolio_vol', 'correlated_pair']

/** What the rules that a profile has switched on, and one sizing method, look at. */
export function studiesPlan(profile: Profile, methodId: string): StudiesPlan {
  const { brakes, ceilings, gate, methods } = profile
  const rules = [...brakes.keys(), ...ceilings.keys()]
  const sharpe = gate.get('minimum_sharpe') as { readonly least: { isZero(): boolean } } | undefined
  const performance = brakes.get('performance') as { readonly trades: number } | undefined
  return {
    edge: edgePlan(profile, methodId),
    market: new Set([
      ...(MARKET_OF_METHOD[methodId] ?? []),
      ...rules.flatMap((rule) => MARKET_OF_RULE[rule] ?? []),
      ...(sharpe === undefined || sharpe.least.isZero() ? [] : FORECAST),
    ]),
    lastProfits: performance?.trades ?? 0,
    regime: brakes.has('regime_throttle') || (methodId === 'enhanced_kelly' && methods.has(methodId)),
    correlation: CORRELATED.some((rule) => ceilings.has(rule)),
    sensors: brakes.has('physics') || (methodId === 'physics_kelly' && methods.has(methodId)),
    startingEquity: ceilings.has('max_drawdown'),
  }
}

/** Whether a method sizes from closed trades: those that do have a window of them. */
export function sizesFromTrades(methodId: string): boolean {
  const settings: Settings | undefined = methodById(methodId)?.settings
  return settings !== undefined && 'windowDays' in settings
}

/** The settings by which closed trades are judged under a method; those of `kelly_trades` where it has none of its own. */
export function tradeSettings(
  profile: Profile,
  methodId: string,
): { readonly windowDays: number; readonly minimumTrades: number } | undefined {
  const id = sizesFromTrades(methodId) ? methodId : 'kelly_trades'
  return profile.methods.get(id) as { readonly windowDays: number; readonly minimumTrades: number } | undefined
}

function edgePlan(profile: Profile, methodId: string): StudiesPlan['edge'] {
  const isDoubted = profile.brakes.has('uncertainty')
  const settings = tradeSettings(profile, methodId)
  if ((!sizesFromTrades(methodId) && !isDoubted) || settings === undefined) return null
  const own = sizesFromTrades(methodId) ? (EDGE_OF_METHOD[methodId] ?? (['rMultiples'] as const)) : []
  return { windowDays: settings.windowDays, members: new Set([...own, ...(isDoubted ? (['kellyLow'] as const) : [])]) }
}
