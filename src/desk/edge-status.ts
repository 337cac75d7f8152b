import type { PortfolioStatus } from '../contract/portfolio.ts'
import { tradeStatistics } from '../domain/edge/trade-statistics.ts'
import { fromFloat, readPositive, sayPercent } from '../domain/kernel/money.ts'
import type { Trade } from '../domain/ledger/records.ts'
import { allocateByPerformance, allocateEqually, portfolioKellyStatus } from '../domain/portfolio/kelly-status.ts'
import { strategyCorrelations, type StrategyCorrelation } from '../domain/portfolio/strategy-correlation.ts'
import { riskBudgetOf, type Profile } from '../domain/profile.ts'
import { closedOutcomes } from './edge-outcomes.ts'
import { stakingOf, type Staking } from './edge-staking.ts'
import { DAY_MS, tradesUnder, tradingDays } from './edge-trades.ts'
import { DeskRefusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

/** Least share of equity that a strategy gets when the budget is split by performance (S2). */
const MINIMUM_SHARE = 0.005
/** Days of closed profits that strategies are compared over. */
const COMPARED_DAYS = 365

interface StrategyEdge {
  readonly strategy: string
  readonly staking: Staking
  readonly trades: number
  readonly kelly: number | null
  readonly risk: number
  readonly says: string
}

/** What each strategy's edge would stake by Kelly, together against one risk budget with the correlation of their daily profits. */
export function portfolioStatus(
  workspace: Workspace,
  asked: { readonly budget?: string | undefined; readonly target?: string | undefined } = {},
): PortfolioStatus {
  const { profile } = workspace.activeProfile()
  const { max, adjustment } = budgetOf(profile, asked.budget)
  const target = targetOf(profile, asked.target)
  const edges = strategyCodes(workspace).map((code) => strategyEdge(workspace, profile, code))
  const correlations = compared(workspace, edges)
  const status = portfolioKellyStatus(
    edges.map(({ strategy, risk }) => ({ strategy, risk })),
    (a, b) => correlationOf(correlations, a, b),
    { maxPortfolioRisk: max, correlationAdjustment: adjustment, targetPerStrategy: target },
  )
  const equal = allocateEqually(
    edges.map(({ strategy }) => strategy),
    max,
  )
  const byPerformance = allocateByPerformance(
    edges.map(({ strategy, kelly, staking }) => ({ strategy, score: kelly === null ? 0 : staking.staked(kelly) })),
    max,
    MINIMUM_SHARE,
  )
  return {
    total_raw_risk: status.totalRawRisk,
    total_scaled_risk: status.totalScaledRisk,
    risk_utilization: status.riskUtilisation,
    bot_count: status.strategyCount,
    status: status.status,
    scale_factor: status.scaleFactor,
    recommendation: status.recommendation,
    max_portfolio_risk: max,
    target_risk_per_bot: target,
    recommended_bot_limit: status.recommendedStrategies,
    mean_correlation: status.meanCorrelation,
    correlation_penalty: status.penalty,
    strategies: edges.map(({ strategy, staking, trades, kelly, risk, says }, index) => ({
      strategy,
      method: staking.method,
      trades,
      kelly,
      raw_risk: risk,
      scaled_risk: status.scaled[index]?.risk ?? 0,
      equal_share: equal[index]?.risk ?? 0,
      performance_share: byPerformance[index]?.risk ?? 0,
      says,
    })),
    correlations: correlations.map((pair) => ({ ...pair })),
  }
}

/** The budget asked for, else the portfolio risk ceiling's; refuses where there is neither, since none is made up. */
function budgetOf(profile: Profile, asked: string | undefined): { max: number; adjustment: number } {
  const ceiling = profile.ceilings.get('portfolio_risk') as
    { readonly max: { toNumber(): number }; readonly adjustment: { toNumber(): number } } | undefined
  const adjustment = ceiling?.adjustment.toNumber() ?? STRESSED
  if (asked !== undefined) return { max: shareAsked(asked, 'budget'), adjustment }
  if (ceiling !== undefined) return { max: ceiling.max.toNumber(), adjustment }
  throw new DeskRefusal(
    'LIMITS_MISSING',
    'The profile switches off portfolio_risk, so there is no risk budget: set it in Settings, or ask with a budget such as 0.03.',
    'budget',
  )
}

/** The factor on a total of fully correlated strategies that S2 charges, where the profile does not set one. */
const STRESSED = 1.5

function targetOf(profile: Profile, asked: string | undefined): number {
  if (asked !== undefined) return shareAsked(asked, 'target')
  const own = riskBudgetOf(profile, profile.method)
  if (own !== null && own.gt(0)) return own.toNumber()
  throw new DeskRefusal(
    'LIMITS_MISSING',
    'The profile sets no risk for one order, so there is no target for one strategy: ask with a target such as 0.01.',
    'target',
  )
}

function shareAsked(given: string, field: string): number {
  const read = readPositive(given, field)
  if (!read.ok) throw new DeskRefusal(read.error.code, read.error.says, field)
  if (read.value.lte(1)) return read.value.toNumber()
  throw new DeskRefusal('UNIT_MISMATCH', `${field} is a share of equity: 0.03 is 3 %, so ${given} is too much.`, field)
}

/** Strategies that are switched on, and those with closed trades that nobody listed. */
function strategyCodes(workspace: Workspace): readonly string[] {
  const known = workspace.book.strategies()
  const traded = tradesUnder(workspace, {}).flatMap(({ strategy }) => strategy ?? [])
  const off = new Set(known.filter(({ enabled }) => !enabled).map(({ code }) => code))
  return [...new Set([...known.map(({ code }) => code), ...traded])].filter((code) => !off.has(code)).sort()
}

function strategyEdge(workspace: Workspace, profile: Profile, strategy: string): StrategyEdge {
  const own = workspace.book.strategies().find(({ code }) => code === strategy)?.method
  const staking = stakingOf(profile, own ?? profile.method)
  const trades = tradesUnder(workspace, { strategy, from: workspace.now() - staking.windowDays * DAY_MS })
  const { outcomes } = closedOutcomes(trades)
  const { wins, losses, kelly } = tradeStatistics(outcomes, staking.minimumTrades)
  return { strategy, staking, trades: outcomes.length, kelly, ...stake(staking, wins, losses, kelly) }
}

function stake(
  staking: Staking,
  wins: number,
  losses: number,
  kelly: number | null,
): { readonly risk: number; readonly says: string } {
  const decided = wins + losses
  const percent = (value: number): string => sayPercent(fromFloat(value))
  if ((kelly !== null && kelly <= 0) || (losses > 0 && wins === 0))
    return {
      risk: 0,
      says: `No edge in ${decided} decided trades of ${staking.windowDays} days, so nothing is staked.`,
    }
  if (kelly === null || decided < staking.minimumTrades) {
    const risk = Math.min(staking.fallbackRisk, kelly === null ? staking.most : staking.staked(kelly))
    const why = decided < staking.minimumTrades ? `${decided} of ${staking.minimumTrades} trades` : 'no loss yet'
    return { risk, says: `Fallback ${percent(risk)}: ${why} in ${staking.windowDays} days.` }
  }
  const risk = staking.staked(kelly)
  return { risk, says: `Kelly ${percent(kelly)} of ${decided} trades stakes ${percent(risk)} by ${staking.method}.` }
}

function compared(workspace: Workspace, edges: readonly StrategyEdge[]): readonly StrategyCorrelation[] {
  const dayOf = tradingDays(workspace.account())
  const from = workspace.now() - COMPARED_DAYS * DAY_MS
  return strategyCorrelations(
    edges.map(({ strategy }) => ({ strategy, byDay: profitByDay(tradesUnder(workspace, { strategy, from }), dayOf) })),
  )
}

function profitByDay(
  trades: readonly Trade[],
  dayOf: (at: number) => { readonly start: number },
): ReadonlyMap<number, number> {
  const byDay = new Map<number, number>()
  for (const { at, profit } of closedOutcomes(trades).outcomes) {
    const { start } = dayOf(at)
    byDay.set(start, (byDay.get(start) ?? 0) + profit)
  }
  return byDay
}

function correlationOf(pairs: readonly StrategyCorrelation[], a: string, b: string): number | undefined {
  const pair = pairs.find((one) => (one.a === a && one.b === b) || (one.a === b && one.b === a))
  return pair?.correlation ?? undefined
}
