import type { FrontierResult } from '../../contract/portfolio/optimise.ts'
import { reason, type Reason } from '../../domain/kernel/reason.ts'
import { err, ok, type Result } from '../../domain/kernel/result.ts'
import type { DenseAlgebra } from '../../domain/portfolio/optimiser/dense-algebra.ts'
import { optimise } from '../../domain/portfolio/optimiser/optimise.ts'
import type { SolvedPortfolio } from '../../domain/portfolio/optimiser/portfolio-answer.ts'
import type { PortfolioProblem } from '../../domain/portfolio/optimiser/portfolio-problem.ts'
import { figuresOfWeights } from './covariance.ts'
import type { MarketFigures } from './market-figures.ts'
import { returnsOf } from './optimise-portfolio.ts'
import { problemOf } from './problem-of.ts'
import type { WantedPortfolio } from './wanted-portfolio.ts'

/** An aversion so small that the return alone counts, and the problem still has one answer. */
const HARDLY_ANY = 0.01

/** The portfolios of least volatility at every return the limits allow, costs left aside; and where one stands. */
export function frontierOf(
  figures: MarketFigures,
  wanted: WantedPortfolio,
  points: number,
  algebra: DenseAlgebra,
): Result<FrontierResult, Reason> {
  // A frontier needs expected returns, whatever the method does, and no shares of risk.
  const posed = problemOf(figures, { ...wanted, method: 'kelly_mvo', riskBudgets: null })
  if (!posed.ok) return posed
  const asked = problemOf(figures, wanted)
  if (!asked.ok) return asked
  const { problem, places, notes, leftOut } = posed.value
  const mu = returnsOf(problem)
  const free: PortfolioProblem = { ...problem, cost: new Float64Array(problem.names.length) }
  const least = solve({ ...free, method: 'min_variance' }, algebra)
  if (!least.ok) return least
  const most = solve({ ...free, method: 'kelly_mvo', riskAversion: HARDLY_ANY }, algebra)
  if (!most.ok) return most
  const [low, high] = [least.value.expectedReturn ?? 0, most.value.expectedReturn ?? 0]
  const found = [least.value]
  for (let k = 1; k < points - 1; k++) {
    const minimumReturn = low + ((high - low) * k) / (points - 1)
    const next = solve({ ...free, method: 'min_variance', minimumReturn }, algebra)
    if (next.ok) found.push(next.value)
  }
  if (high > low) found.push(most.value)
  const method = optimise(asked.value.problem, algebra)
  const present = figuresOfWeights(problem.held, problem.sigma, mu, problem.riskFree)
  return ok({
    symbols: [...problem.names],
    points: found
      .map(({ volatility, expectedReturn, weights, cash }) => ({
        volatility,
        expectedReturn: expectedReturn ?? 0,
        weights: [...weights],
        cash,
      }))
      .sort((a, b) => a.volatility - b.volatility),
    present: { volatility: present.volatility, expectedReturn: present.expectedReturn ?? 0 },
    proposed:
      method.status === 'optimal' && method.expectedReturn !== undefined
        ? { volatility: method.volatility, expectedReturn: method.expectedReturn }
        : null,
    assets: problem.names.map((symbol, i) => ({
      symbol,
      volatility: figures.volatility[places[i] ?? -1] ?? 0,
      expectedReturn: mu[i] ?? 0,
    })),
    study: figures.study,
    notes: [...leftOut.map(({ says }) => says), ...notes, 'Costs of getting there are left aside.'],
    says: `From ${percent(low)} at a volatility of ${percent(least.value.volatility)} to ${percent(high)} at ${percent(most.value.volatility)} a year, under the same limits.`,
  })
}

function solve(problem: PortfolioProblem, algebra: DenseAlgebra): Result<SolvedPortfolio, Reason> {
  const answer = optimise(problem, algebra)
  return answer.status === 'optimal' ? ok(answer) : err(reason('INPUT_OUT_OF_RANGE', answer.says, 'limits'))
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`
}
