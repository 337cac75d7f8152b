import { limitNames } from './limit-names.ts'
import { portfolioFigures } from './portfolio-answer.ts'
import type { NamedLimit, PortfolioProblem, WeightRange } from './portfolio-problem.ts'

/** How far over a limit weights may be and still count as on it. */
export const LIMIT_TOLERANCE = 1e-8

/** A limit that is broken, and by how much in its own units. */
export interface LimitExcess extends NamedLimit {
  readonly over: number
}

/** The limits of a problem that weights break, by more than the tolerance. */
export function brokenLimits(problem: PortfolioProblem, weights: Float64Array): readonly NamedLimit[] {
  return limitExcesses(problem, weights).map(({ limit, says }) => ({ limit, says }))
}

/** The limits that weights break, by more than the tolerance, and by how much. */
export function limitExcesses(problem: PortfolioProblem, weights: Float64Array): readonly LimitExcess[] {
  const { lower, upper, groups, budget, turnover, volatilityCap, topK, gross, minimumReturn } = problem
  const names = limitNames(problem)
  const figures = portfolioFigures(problem, weights)
  const broken: LimitExcess[] = []
  const most = (value: number, bound: number | undefined, name: NamedLimit | undefined): void => {
    if (bound !== undefined && name !== undefined && !(value <= bound + LIMIT_TOLERANCE))
      broken.push({ ...name, over: value - bound })
  }
  const within = (
    sum: number,
    range: WeightRange,
    above: NamedLimit | undefined,
    below: NamedLimit | undefined,
  ): void => {
    most(sum, range.max, above)
    most(-sum, range.min === undefined ? undefined : -range.min, below)
  }
  weights.forEach((weight, i) => {
    most(-weight, -(lower[i] as number), names.lower[i])
    most(weight, upper[i], names.upper[i])
  })
  within(1 - figures.cash, budget, names.budgetMax, names.budgetMin)
  groups.forEach((group, index) => {
    const sum = group.members.reduce((total, member) => total + (weights[member] as number), 0)
    within(sum, group, names.groups[index]?.[0], names.groups[index]?.[1])
  })
  most(figures.turnover, turnover, names.turnover)
  most(figures.gross, gross, names.gross)
  most(figures.volatility, volatilityCap, names.volatilityCap)
  if (topK !== undefined) {
    const largest = weights.slice().sort().slice(-topK.k)
    most(
      largest.reduce((total, weight) => total + weight, 0),
      topK.max,
      names.topK,
    )
  }
  if (minimumReturn !== undefined) most(-(figures.expectedReturn ?? 0), -minimumReturn, names.minimumReturn)
  return broken
}
