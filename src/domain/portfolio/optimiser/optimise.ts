import { compileProblem, type CompiledProblem } from './compile-problem.ts'
import type { ConvexProgram, ProgramSolution } from './convex-program.ts'
import type { DenseAlgebra } from './dense-algebra.ts'
import { fixedPortfolio } from './fixed-portfolio.ts'
import { infeasibleSet } from './infeasible-set.ts'
import { interiorPoint } from './interior-point.ts'
import { maximumSharpe } from './maximum-sharpe.ts'
import { conflictSentence, meanVarianceObjective, portfolioFigures, type PortfolioAnswer } from './portfolio-answer.ts'
import type { PortfolioProblem } from './portfolio-problem.ts'
import { bindingLimits, pricesByName, shadowPrices } from './shadow-prices.ts'

/**
 * Builds a portfolio by its method under its limits. Deterministic, and the same on any linear algebra to 1e-8 of the
 * objective. Where there is no portfolio it says so and never answers with weights.
 */
export function optimise(problem: PortfolioProblem, algebra: DenseAlgebra): PortfolioAnswer {
  switch (problem.method) {
    case 'kelly_mvo':
    case 'min_variance': {
      const compiled = compileProblem(problem)
      return answer(problem, compiled, interiorPoint(compiled.program, algebra), algebra)
    }
    case 'max_sharpe':
      return bestSharpe(problem, algebra)
    case 'risk_parity':
    case 'hrp':
    case 'equal_weight':
      return fixedPortfolio(problem, algebra)
  }
}

function bestSharpe(problem: PortfolioProblem, algebra: DenseAlgebra): PortfolioAnswer {
  const compiled = compileProblem(problem)
  const { linear } = compiled.program
  const program: ConvexProgram = { ...compiled.program, linear: linear.map((slope) => slope + problem.riskFree) }
  const best = maximumSharpe(program, problem, algebra)
  if ('says' in best) return { status: 'unsolved', method: problem.method, says: best.says }
  return answer(problem, { ...compiled, program }, best.solution, algebra)
}

function answer(
  problem: PortfolioProblem,
  compiled: CompiledProblem,
  solved: ProgramSolution,
  algebra: DenseAlgebra,
): PortfolioAnswer {
  const { method } = problem
  if (solved.status === 'stalled') {
    const infeasible = infeasibleSet(compiled, algebra)
    if (infeasible.length > 0) return { status: 'infeasible', method, infeasible, says: conflictSentence(infeasible) }
    const says = `The solver came no nearer than its tolerance allows after ${solved.iterations} steps, so there is no answer; check for numbers of very different size in mu, sigma and the limits.`
    return { status: 'unsolved', method, says }
  }
  const figures = portfolioFigures(problem, tidied(problem, solved.weights))
  const sharpe = method === 'max_sharpe'
  const prices = pricesByName(compiled, solved, sharpe ? 1 / figures.volatility : 1)
  return {
    status: 'optimal',
    method,
    ...figures,
    objective: sharpe ? (figures.sharpe as number) : meanVarianceObjective(problem, figures),
    duals: shadowPrices(problem, prices),
    binding: bindingLimits(prices),
    iterations: solved.iterations,
  }
}

/** Inside the bounds to the last bit; what is left of a weight of zero is zero. */
function tidied({ lower, upper }: PortfolioProblem, weights: Float64Array): Float64Array {
  return weights.map((weight, i) => {
    const inside = Math.min(Math.max(weight, lower[i] as number), upper[i] as number)
    return Math.abs(inside) < 1e-12 && (lower[i] as number) <= 0 && (upper[i] as number) >= 0 ? 0 : inside
  })
}
