/** One strategy's risk before portfolio scaling: its risk fraction, a share of equity. */
export interface StrategyRisk {
  readonly strategy: string
  readonly risk: number
}

/** Where a portfolio of strategies stands against its risk budget (S2). Risks are shares of equity. */
export interface PortfolioKellyStatus {
  readonly totalRawRisk: number
  readonly totalScaledRisk: number
  /** Raw total with the correlation penalty over the budget. */
  readonly riskUtilisation: number
  readonly strategyCount: number
  readonly status: 'safe' | 'caution' | 'danger'
  readonly scaleFactor: number
  readonly meanCorrelation: number
  readonly penalty: number
  readonly recommendation: string
  readonly recommendedStrategies: number
  readonly scaled: readonly StrategyRisk[]
}

/** Settings of the portfolio scaling. */
export interface PortfolioKellySettings {
  readonly maxPortfolioRisk: number
  /** Factor on the total at a mean correlation of 1; 1.5 charges half as much again. */
  readonly correlationAdjustment: number
  readonly targetPerStrategy: number
}

/**
 * Scales strategies to a risk budget: the penalised total (Σ risk)·c with c = 1 + ρ̄·(adjustment − 1) stays within it. ρ̄ is
 * the mean over pairs of max(0, ρ), so that a hedge is never charged; the penalty applies at every total, without a jump.
 * `correlations` answers the correlation of two strategies, or `undefined`, which counts as 1.
 */
export function portfolioKellyStatus(
  risks: readonly StrategyRisk[],
  correlations: (a: string, b: string) => number | undefined,
  { maxPortfolioRisk, correlationAdjustment, targetPerStrategy }: PortfolioKellySettings,
): PortfolioKellyStatus {
  const raw = risks.reduce((sum, { risk }) => sum + risk, 0)
  const meanCorrelation = meanPositive(risks, correlations)
  const penalty = 1 + meanCorrelation * (correlationAdjustment - 1)
  const utilisation = (raw * penalty) / maxPortfolioRisk
  const scaleFactor = utilisation > 1 ? 1 / utilisation : 1
  const status = utilisation < 0.7 ? 'safe' : utilisation < 0.9 ? 'caution' : 'danger'
  const recommendedStrategies = Math.floor(maxPortfolioRisk / (targetPerStrategy * penalty) + 1e-12)
  return {
    totalRawRisk: raw,
    totalScaledRisk: raw * scaleFactor,
    riskUtilisation: utilisation,
    strategyCount: risks.length,
    status,
    scaleFactor,
    meanCorrelation,
    penalty,
    recommendation: recommend(status, scaleFactor, risks.length, recommendedStrategies),
    recommendedStrategies,
    scaled: risks.map(({ strategy, risk }) => ({ strategy, risk: risk * scaleFactor })),
  }
}

/** Splits a budget into equal shares. */
export function allocateEqually(strategies: readonly string[], budget: number): readonly StrategyRisk[] {
  return strategies.map((strategy) => ({ strategy, risk: budget / strategies.length }))
}

/**
 * Splits a budget by performance with a minimum for each and never over the budget: the minimum first, what is left in
 * proportion to scores above zero, equally where there is none. A budget below all minima is split equally.
 */
export function allocateByPerformance(
  scores: readonly { readonly strategy: string; readonly score: number }[],
  budget: number,
  minimum: number,
): readonly StrategyRisk[] {
  const floor = Math.min(minimum, budget / scores.length)
  const left = budget - floor * scores.length
  const total = scores.reduce((sum, { score }) => sum + Math.max(0, score), 0)
  return scores.map(({ strategy, score }) => ({
    strategy,
    risk: floor + (total > 0 ? (left * Math.max(0, score)) / total : left / scores.length),
  }))
}

function meanPositive(
  risks: readonly StrategyRisk[],
  correlations: (a: string, b: string) => number | undefined,
): number {
  let sum = 0
  let pairs = 0
  for (const [i, a] of risks.entries()) {
    for (const b of risks.slice(i + 1)) {
      sum += Math.max(0, correlations(a.strategy, b.strategy) ?? 1)
      pairs += 1
    }
  }
  return pairs === 0 ? 0 : sum / pairs
}

function recommend(status: 'safe' | 'caution' | 'danger', scale: number, count: number, best: number): string {
  if (scale < 1)
    return `Over the budget: scale every strategy to ${(scale * 100).toFixed(1)} %, or run ${best} of ${count} strategies.`
  if (status === 'danger') return 'Close to the budget: add no strategy.'
  return status === 'caution' ? 'Most of the budget is used: add risk sparingly.' : 'There is room in the budget.'
}
