import { err, ok, type Result } from '../../kernel/result.ts'
import { limitExcesses } from '../optimiser/broken-limits.ts'
import { conflictSentence } from '../optimiser/portfolio-answer.ts'
import type { PortfolioProblem } from '../optimiser/portfolio-problem.ts'

/** Weights in whole lots that keep every limit. */
export interface WholeLots {
  /** Whole lots of each asset, signed. */
  readonly lots: readonly number[]
  readonly weights: readonly number[]
  /** 1 less the sum of the weights. */
  readonly cash: number
}

/** Passes over all assets after which nothing moves that could. */
const MOST_PASSES = 8
const LOT_SLACK = 1e-9

/**
 * Rounds solved weights to whole lots so that every limit still holds: first towards zero, then a lot at a time where that
 * mends a limit, or comes nearer to the weights and breaks none, the largest remainders first. Whole lots cannot fill a
 * budget to the last cent, so its minimum gives way by the largest lot; nothing else does. Where no such lots are found, a
 * sentence with the limits in the way.
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
  const lotOf = (i: number): number => lotWeights[i] as number
  const lots = target.map((weight, i) => Math.trunc(weight / lotOf(i) + Math.sign(weight) * LOT_SLACK))
  const weights = Float64Array.from(lots, (count, i) => count * lotOf(i))
  const leftOf = (i: number): number => (target[i] as number) - (weights[i] as number)
  const excess = (): number => limitExcesses(eased, weights).reduce((sum, { over }) => sum + over, 0)
  const add = (i: number, step: number): void => {
    lots[i] = (lots[i] as number) + step
    weights[i] = lots[i] * lotOf(i)
  }
  let over = excess()
  const byRemainder = target.map((_, i) => i).sort((a, b) => Math.abs(leftOf(b)) - Math.abs(leftOf(a)))
  for (let pass = 0, moved = true; moved && pass < MOST_PASSES; pass++) {
    moved = false
    for (const i of byRemainder)
      for (const step of leftOf(i) < 0 ? [-1, 1] : [1, -1]) {
        const left = Math.abs(leftOf(i))
        add(i, step)
        const isNearer = Math.abs(leftOf(i)) < left
        // What keeps every limit moves nearer alone; that is told without weighing all limits again.
        const tried = over === 0 && !isNearer ? Infinity : excess()
        if (tried < over || (tried === over && isNearer)) {
          over = tried
          moved = true
        } else add(i, -step)
      }
  }
  const broken = limitExcesses(eased, weights)
  if (broken.length > 0) return err(`No whole lots near the weights keep every limit. ${conflictSentence(broken)}`)
  return ok({ lots, weights: [...weights], cash: 1 - weights.reduce((sum, weight) => sum + weight, 0) })
}

function easeBudget(problem: PortfolioProblem, lotWeights: readonly number[]): PortfolioProblem {
  const { min } = problem.budget
  if (min === undefined) return problem
  return { ...problem, budget: { ...problem.budget, min: min - Math.max(...lotWeights) } }
}
