import type { ConvexProgram, ProgramSolution } from './convex-program.ts'
import type { DenseAlgebra } from './dense-algebra.ts'
import { interiorPoint } from './interior-point.ts'
import { covarianceTimes } from './risk-figures.ts'
import type { PortfolioProblem } from './portfolio-problem.ts'

const MOST_STEPS = 60
/** How near the risk aversion comes to the one where return over variance equals it. */
const SETTLED = 1e-11
/** Where cash is allowed every larger λ is as good, and only rounding is left of the difference. */
const FLAT = 1e-8
/** A variance below this is none. */
const STILL = 1e-18
const RISKLESS = {
  says: 'A portfolio within the limits earns more than cash without any volatility, so no Sharpe ratio is the best; check sigma.',
}

interface Tried {
  readonly solution: ProgramSolution
  readonly excess: number
  /** ln of return over λ·variance: above 0 where λ is too small. */
  readonly off: number
}

/**
 * The portfolio of the best return above cash, after costs, per unit of volatility, all limits kept. It lies on the
 * efficient frontier where the risk aversion λ equals return over variance, for there the gradients of the ratio and of
 * return − ½λ·variance point the same way; so λ is sought, and every limit stays exactly what it is. `program` is linear
 * in returns above cash.
 */
export function maximumSharpe(
  program: ConvexProgram,
  problem: PortfolioProblem,
  algebra: DenseAlgebra,
): { readonly solution: ProgramSolution } | { readonly says: string } {
  const at = (logarithm: number): Tried => attempt(program, problem, algebra, Math.exp(logarithm))
  const richest = interiorPoint({ ...program, riskAversion: 0 }, algebra)
  if (richest.status === 'stalled') return { solution: richest }
  const { excess, variance } = measure(program, problem, richest.weights)
  if (!(excess > 1e-12)) {
    const says = `No portfolio within the limits is expected to earn more than cash at riskFree ${problem.riskFree} after costs, so none has the best Sharpe ratio; lower riskFree or hold cash.`
    return { says }
  }
  if (!(variance > STILL)) return RISKLESS
  let low = Math.log(excess / variance) - 1
  let below = at(low)
  for (let step = 0; below.off < -SETTLED && step < MOST_STEPS; step++) below = at((low -= 2))
  let high = low + 1
  let above = at(high)
  for (let step = 0; above.off > FLAT && step < MOST_STEPS; step++) {
    ;[low, below] = [high, above]
    above = at((high += 1 << Math.min(step, 4)))
  }
  const solution = between(at, [low, below], [high, above])
  return measure(program, problem, solution.weights).variance > STILL ? { solution } : RISKLESS
}

type End = readonly [logarithm: number, tried: Tried]

/** Closes in by false position with the Illinois rule: each end moves in turn, as the function bends. */
function between(at: (logarithm: number) => Tried, first: End, second: End): ProgramSolution {
  let [low, lowOff] = [first[0], first[1].off]
  let [high, highOff] = [second[0], second[1].off]
  let best = Math.abs(lowOff) < Math.abs(highOff) ? first[1] : second[1]
  let side = 0
  for (let step = 0; step < MOST_STEPS && Math.abs(best.off) > SETTLED && high - low > SETTLED; step++) {
    const middle = low + ((high - low) * lowOff) / (lowOff - highOff)
    const tried = at(middle)
    if (tried.solution.status === 'stalled') break
    if (Math.abs(tried.off) < Math.abs(best.off)) best = tried
    if (tried.off > 0) {
      ;[low, lowOff] = [middle, tried.off]
      if (side === 1) highOff /= 2
      side = 1
    } else {
      ;[high, highOff] = [middle, tried.off]
      if (side === -1) lowOff /= 2
      side = -1
    }
  }
  return best.solution
}

function attempt(program: ConvexProgram, problem: PortfolioProblem, algebra: DenseAlgebra, aversion: number): Tried {
  const solution = interiorPoint({ ...program, riskAversion: aversion }, algebra)
  const { excess, variance } = measure(program, problem, solution.weights)
  return { solution, excess, off: Math.log(excess / (aversion * variance)) }
}

function measure(
  { linear }: ConvexProgram,
  { sigma, cost, held }: PortfolioProblem,
  weights: Float64Array,
): { readonly excess: number; readonly variance: number } {
  const slopes = covarianceTimes(sigma, weights)
  let [excess, variance] = [0, 0]
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number
    excess -= (linear[i] as number) * weight + (cost[i] as number) * Math.abs(weight - (held[i] as number))
    variance += weight * (slopes[i] as number)
  }
  return { excess, variance }
}
