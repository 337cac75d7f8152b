import { optimise } from '../../../src/domain/portfolio/optimiser/optimise.ts'
import type { PortfolioAnswer, SolvedPortfolio } from '../../../src/domain/portfolio/optimiser/portfolio-answer.ts'
import type { PortfolioProblem } from '../../../src/domain/portfolio/optimiser/portfolio-problem.ts'
import { readProblem } from '../../../src/domain/portfolio/optimiser/read-problem.ts'
import { typescriptAlgebra } from '../../../src/domain/portfolio/optimiser/typescript-algebra.ts'

/** A request as a program would send it. */
export type Request = Readonly<Record<string, unknown>>

/** The checked problem of a request; throws its faults. */
export function problemOf(request: Request): PortfolioProblem {
  const read = readProblem(request)
  if (!read.ok) throw new Error(read.error.map(({ says }) => says).join(' '))
  return read.value
}

/** The answer to a request, whatever it is. */
export function answerTo(request: Request): PortfolioAnswer {
  return optimise(problemOf(request), typescriptAlgebra)
}

/** The portfolio of a request; throws the sentence where there is none. */
export function solved(request: Request): SolvedPortfolio {
  const answer = answerTo(request)
  if (answer.status !== 'optimal') throw new Error(answer.says)
  return answer
}

/** The largest difference between two lists. */
export function distance(one: ArrayLike<number>, other: ArrayLike<number>): number {
  return Math.max(
    Math.abs(one.length - other.length),
    ...Array.from(one, (value, i) => Math.abs(value - (other[i] ?? Number.NaN))),
  )
}

/** Numbers in [0, 1) that repeat for the same seed. */
export function dice(seed: number): () => number {
  let state = seed * 2 + 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** A covariance of a few factors and own risks, as rows. */
export function randomCovariance(order: number, seed: number, own = 0.02): number[][] {
  const roll = dice(seed)
  const loadings = Array.from({ length: order }, () => Array.from({ length: 3 }, () => (roll() - 0.4) * 0.3))
  return loadings.map((a, i) =>
    loadings.map((b, j) => a.reduce((sum, x, k) => sum + x * (b[k] ?? 0), i === j ? own * (0.5 + roll()) : 0)),
  )
}
