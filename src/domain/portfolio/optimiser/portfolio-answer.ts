import type { NamedLimit, PortfolioMethod, PortfolioProblem } from './portfolio-problem.ts'
import { riskFigures, type RiskFigures } from './risk-figures.ts'
import type { BindingLimit, ShadowPrices } from './shadow-prices.ts'

/** The figures of one portfolio: weights are shares of equity, the rest is cash; returns and risks are annual. */
export interface PortfolioFigures extends RiskFigures {
  readonly weights: readonly number[]
  /** 1 less the sum of the weights; below 0 it is borrowed. */
  readonly cash: number
  /** Absent where no expected returns were given. */
  readonly expectedReturn?: number
  /** Expected return above cash over volatility; absent where either is unknown or 0. */
  readonly sharpe?: number
  /** Σ|w − w₀|. */
  readonly turnover: number
  /** What trading there costs, a share of equity. */
  readonly cost: number
  /** Σ|w|. */
  readonly gross: number
}

/** A portfolio that keeps every limit. `objective` is what the method maximises, after costs. */
export interface SolvedPortfolio extends PortfolioFigures {
  readonly status: 'optimal'
  readonly method: PortfolioMethod
  readonly objective: number
  readonly duals: ShadowPrices
  readonly binding: readonly BindingLimit[]
  readonly iterations: number
}

/** No portfolio keeps every limit: these cannot hold together, and without any one of them the others can. */
export interface InfeasiblePortfolio {
  readonly status: 'infeasible'
  readonly method: PortfolioMethod
  readonly infeasible: readonly NamedLimit[]
  readonly says: string
}

/** There is no answer, and the sentence says why: the method has none here, or rounding kept it out of reach. */
export interface UnsolvedPortfolio {
  readonly status: 'unsolved'
  readonly method: PortfolioMethod
  readonly says: string
}

/** How an optimisation ends. Weights exist only in a solved one. */
export type PortfolioAnswer = SolvedPortfolio | InfeasiblePortfolio | UnsolvedPortfolio

/** Measures weights under a problem. */
export function portfolioFigures(problem: PortfolioProblem, weights: Float64Array): PortfolioFigures {
  const { sigma, mu, held, cost, riskFree } = problem
  const risk = riskFigures(sigma, weights)
  let [sum, gross, turnover, paid, earned] = [0, 0, 0, 0, 0]
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number
    const traded = Math.abs(weight - (held[i] as number))
    sum += weight
    gross += Math.abs(weight)
    turnover += traded
    paid += traded * (cost[i] as number)
    earned += weight * (mu?.[i] ?? 0)
  }
  const returns =
    mu === undefined
      ? {}
      : {
          expectedReturn: earned,
          ...(risk.volatility > 0 ? { sharpe: (earned - riskFree * sum - paid) / risk.volatility } : {}),
        }
  return { weights: [...weights], cash: 1 - sum, ...returns, ...risk, turnover, cost: paid, gross }
}

/** Expected return less half the risk aversion times the variance, less costs; without expected returns, of the rest. */
export function meanVarianceObjective(
  { riskAversion, method }: PortfolioProblem,
  { expectedReturn, volatility, cost }: PortfolioFigures,
): number {
  const earned = method === 'min_variance' ? 0 : (expectedReturn ?? 0)
  return earned - 0.5 * riskAversion * volatility ** 2 - cost
}

/** One sentence about limits that cannot hold together. */
export function conflictSentence(limits: readonly NamedLimit[]): string {
  const clauses = limits.map(({ limit, says }) => `${says} (${limit})`)
  const list = clauses.length < 2 ? clauses.join('') : `${clauses.slice(0, -1).join(', ')} and ${clauses.at(-1) ?? ''}`
  return clauses.length < 2
    ? `No portfolio can meet this limit: ${list}; change it.`
    : `These limits cannot hold together: ${list}; loosen one of them.`
}
