import type { NamedLimit, PortfolioProblem } from './portfolio-problem.ts'

/** Every limit a problem may have, with its path in the request and one clause that says what it holds. */
export interface LimitNames {
  readonly budgetMin: NamedLimit
  readonly budgetMax: NamedLimit
  readonly turnover: NamedLimit
  readonly volatilityCap: NamedLimit
  readonly topK: NamedLimit
  readonly gross: NamedLimit
  readonly minimumReturn: NamedLimit
  readonly lower: readonly NamedLimit[]
  readonly upper: readonly NamedLimit[]
  /** Most and least of each group. */
  readonly groups: readonly (readonly [NamedLimit, NamedLimit])[]
}

/** Names the limits of a problem. */
export function limitNames(problem: PortfolioProblem): LimitNames {
  const { names, budget, groups, topK } = problem
  return {
    budgetMin: { limit: 'budget.min', says: `all weights sum to at least ${share(budget.min)}` },
    budgetMax: { limit: 'budget.max', says: `all weights sum to at most ${share(budget.max)}` },
    turnover: { limit: 'turnover', says: `at most ${share(problem.turnover)} is traded away from w0` },
    volatilityCap: { limit: 'volatilityCap', says: `the volatility is at most ${share(problem.volatilityCap)}` },
    topK: { limit: 'topK', says: `the ${topK?.k ?? 0} largest weights sum to at most ${share(topK?.max)}` },
    gross: { limit: 'gross', says: `the weights without their signs sum to at most ${share(problem.gross)}` },
    minimumReturn: { limit: 'minimumReturn', says: `the expected return is at least ${share(problem.minimumReturn)}` },
    lower: names.map((name, i) => ({
      limit: `lower[${i}]`,
      says: `${name} weighs at least ${share(problem.lower[i])}`,
    })),
    upper: names.map((name, i) => ({
      limit: `upper[${i}]`,
      says: `${name} weighs at most ${share(problem.upper[i])}`,
    })),
    groups: groups.map(({ name, min, max }, index) => [
      { limit: `groups[${index}].max`, says: `${name} sums to at most ${share(max)}` },
      { limit: `groups[${index}].min`, says: `${name} sums to at least ${share(min)}` },
    ]),
  }
}

/** A share as it was given, without the noise of binary fractions. */
function share(value: number | undefined): string {
  return value === undefined ? 'nothing' : String(Number(value.toPrecision(10)))
}
