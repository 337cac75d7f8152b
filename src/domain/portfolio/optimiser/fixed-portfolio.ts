import { hierarchicalRiskParity } from '../hierarchical/hierarchical-risk-parity.ts'
import { riskParity } from '../risk-parity/risk-parity.ts'
import type { DenseAlgebra } from './dense-algebra.ts'
import { limitNames } from './limit-names.ts'
import { meanVarianceObjective, portfolioFigures, type PortfolioAnswer } from './portfolio-answer.ts'
import type { NamedLimit, PortfolioProblem } from './portfolio-problem.ts'
import { shadowPrices } from './shadow-prices.ts'
import { brokenLimits } from './broken-limits.ts'
import { riskFigures } from './risk-figures.ts'

/**
 * A portfolio whose proportions its method fixes: `risk_parity`, `hrp` and `equal_weight`. It is long-only and scaled to
 * as much as the budget, the leverage and the volatility cap let it be; where another limit is broken there is no such
 * portfolio, and the limit is named, never bent around.
 */
export function fixedPortfolio(problem: PortfolioProblem, algebra: DenseAlgebra): PortfolioAnswer {
  const { method, names, sigma } = problem
  const still =
    method === 'equal_weight' ? -1 : names.findIndex((_, i) => !((sigma[i * names.length + i] as number) > 0))
  if (still >= 0) {
    const says = `${names[still] ?? ''} has no volatility, so ${method} would put everything into it; leave it out or use another method.`
    return { status: 'unsolved', method, says }
  }
  const proportions = proportionsOf(problem, algebra)
  if (proportions === undefined) {
    const says =
      'The risk contributions do not settle, because sigma is singular beyond rounding; leave out one of the assets that move together.'
    return { status: 'unsolved', method, says }
  }
  const total = largestTotal(problem, proportions)
  const weights = proportions.map((share) => share * total)
  const broken = brokenLimits(problem, weights)
  if (broken.length > 0)
    return { status: 'infeasible', method, infeasible: broken, says: brokenSentence(problem, broken) }
  const figures = portfolioFigures(problem, weights)
  return {
    status: 'optimal',
    method,
    ...figures,
    objective: meanVarianceObjective(problem, figures),
    duals: shadowPrices(problem, new Map()),
    binding: bindingScale(problem, total, figures.volatility),
    iterations: 0,
  }
}

function proportionsOf(
  { method, names, sigma, riskBudgets }: PortfolioProblem,
  algebra: DenseAlgebra,
): Float64Array | undefined {
  const count = names.length
  const equal = new Float64Array(count).fill(1 / count)
  if (method === 'risk_parity') return riskParity(sigma, riskBudgets ?? equal, algebra)
  return method === 'hrp' ? hierarchicalRiskParity(sigma, count) : equal
}

/** The most the proportions can be scaled to: fixed proportions leave the rest in cash (√(w′Σw), not σ by σ). */
function largestTotal({ sigma, budget, gross, volatilityCap }: PortfolioProblem, proportions: Float64Array): number {
  const { volatility } = riskFigures(sigma, proportions)
  const capped = volatilityCap === undefined || volatility === 0 ? Infinity : volatilityCap / volatility
  return Math.min(budget.max ?? 1, gross ?? Infinity, capped)
}

function bindingScale(
  problem: PortfolioProblem,
  total: number,
  volatility: number,
): { readonly limit: string; readonly says: string; readonly price: number }[] {
  const names = limitNames(problem)
  const { budget, gross, volatilityCap } = problem
  const at = (bound: number | undefined, value: number): boolean =>
    bound !== undefined && Math.abs(value - bound) <= 1e-12 * Math.abs(bound)
  return [
    ...(at(budget.max, total) ? [names.budgetMax] : []),
    ...(at(gross, total) ? [names.gross] : []),
    ...(at(volatilityCap, volatility) ? [names.volatilityCap] : []),
  ].map((name) => ({ ...name, price: 0 }))
}

function brokenSentence({ method }: PortfolioProblem, broken: readonly NamedLimit[]): string {
  const list = broken.map(({ limit, says }) => `${says} (${limit})`).join('; ')
  return `${method} has one portfolio and it breaks: ${list}. Loosen that, or use a method that works within limits, such as min_variance.`
}
