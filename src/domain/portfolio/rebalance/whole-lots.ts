import { err, ok, type Result } from '../../kernel/result.ts'
import { limitExcesses } from '../optimiser/broken-limits.ts'
import { conflictSentence, meanVarianceObjective, portfolioFigures } from '../optimiser/portfolio-answer.ts'
import type { PortfolioProblem } from '../optimiser/portfolio-problem.ts'

/** Weights in whole lots that keep every limit. */
export interface WholeLots {
  /** Whole lots of each asset, signed. */
  readonly lots: readonly number[]
  readonly weights: readonly number[]
  readonly cash: number
  readonly objective: number
}

/** Passes over all assets after which nothing moves that could. */
const MOST_PASSES = 8
const LOT_SLACK = 1e-9

/**
 * Rounds solved weights to whole lots so that every limit still holds: first towards zero, then a lot up where that keeps
 * the limits and gains, the largest remainders first. Whole lots cannot fill a budget to the last cent, so its minimum
 * gives way by the largest lot; nothing else does. Where no such lots are found, a sentence with the limits in the way.
 */
export function wholeLots(
  problem: PortfolioProblem,
  target: readonly number[],
  lotWeights: readonly number[],
): Result<WholeLots, string> {
  const unknown = lotWeights.findIndex((lot) => !(lot > 0) || lot === Infinity)
  if (unknown >= 0 || lotWeights.length !== target.length)
    return err(
      `The lot of ${problem.names[unknown] ?? 'an asset'} is not known, so its weight cannot be rounded to whole lots.`,
    )
  const eased = easeBudget(problem, lotWeights)
  const lots = target.map((weight, i) => Math.trunc(weight / lotOf(lotWeights, i) + Math.sign(weight) * LOT_SLACK))
  let standing = stand(eased, lots, lotWeights)
  const byRemainder = target
    .map((weight, i) => ({ i, left: weight - (lots[i] ?? 0) * lotOf(lotWeights, i) }))
    .sort((a, b) => Math.abs(b.left) - Math.abs(a.left))
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let moved = false
    for (const { i, left } of byRemainder) {
      for (const step of pass === 0 ? [left < 0 ? -1 : 1] : [1, -1]) {
        lots[i] = (lots[i] ?? 0) + step
        const tried = stand(eased, lots, lotWeights)
        if (isBetter(tried, standing)) {
          standing = tried
          moved = true
        } else lots[i] = (lots[i] ?? 0) - step
      }
    }
    if (!moved) break
  }
  if (standing.broken.length > 0)
    return err(`No whole lots near the target keep every limit. ${conflictSentence(standing.broken)}`)
  return ok({ lots, weights: standing.weights, cash: standing.cash, objective: standing.objective })
}

type Standing = ReturnType<typeof stand>

function stand(problem: PortfolioProblem, lots: readonly number[], lotWeights: readonly number[]) {
  const weights = Float64Array.from(lots, (count, i) => count * lotOf(lotWeights, i))
  const figures = portfolioFigures(problem, weights)
  const broken = limitExcesses(problem, weights)
  const excess = broken.reduce((sum, { over }) => sum + over, 0)
  return {
    weights: figures.weights,
    cash: figures.cash,
    objective: meanVarianceObjective(problem, figures),
    broken,
    excess,
  }
}

/** Less over the limits, or not more and worth more. */
function isBetter(tried: Standing, standing: Standing): boolean {
  if (tried.excess !== standing.excess) return tried.excess < standing.excess
  return tried.objective > standing.objective
}

function easeBudget(problem: PortfolioProblem, lotWeights: readonly number[]): PortfolioProblem {
  const { min } = problem.budget
  if (min === undefined) return problem
  return { ...problem, budget: { ...problem.budget, min: min - Math.max(...lotWeights) } }
}

function lotOf(lotWeights: readonly number[], index: number): number {
  return lotWeights[index] ?? Number.NaN
}
