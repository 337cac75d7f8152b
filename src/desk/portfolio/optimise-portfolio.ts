import type { AssetWeight, OptimiseResult } from '../../contract/portfolio/optimise.ts'
import type { Reason } from '../../domain/kernel/reason.ts'
import { ok, type Result } from '../../domain/kernel/result.ts'
import type { DenseAlgebra } from '../../domain/portfolio/optimiser/dense-algebra.ts'
import { optimise } from '../../domain/portfolio/optimiser/optimise.ts'
import type { PortfolioAnswer } from '../../domain/portfolio/optimiser/portfolio-answer.ts'
import type { PortfolioProblem } from '../../domain/portfolio/optimiser/portfolio-problem.ts'
import { wholeLots, type WholeLots } from '../../domain/portfolio/rebalance/whole-lots.ts'
import { riskFigures } from '../../domain/portfolio/optimiser/risk-figures.ts'
import { figuresOfWeights } from './covariance.ts'
import { limitsTold } from './limits-told.ts'
import type { MarketFigures } from './market-figures.ts'
import { problemOf, type PosedProblem } from './problem-of.ts'
import type { WantedPortfolio } from './wanted-portfolio.ts'

/** Weighs a portfolio and sets it beside the present one. Without an answer there are no weights, only why. */
export function optimisePortfolio(
  figures: MarketFigures,
  wanted: WantedPortfolio,
  algebra: DenseAlgebra,
  now: () => number,
): Result<OptimiseResult, Reason> {
  const posed = problemOf(figures, wanted)
  if (!posed.ok) return posed
  const { problem, leftOut, notes } = posed.value
  const began = now()
  const answer = optimise(problem, algebra)
  const milliseconds = now() - began
  const mu = returnsOf(problem)
  const solved = answer.status === 'optimal' ? answer : undefined
  const weights = solved === undefined ? undefined : Float64Array.from(solved.weights)
  const rounded =
    solved === undefined
      ? undefined
      : wholeLots(
          problem,
          solved.weights,
          problem.names.map((symbol) => wanted.lots[symbol] ?? Number.NaN),
        )
  const proposed = weights === undefined ? null : figuresOfWeights(weights, problem.sigma, mu, problem.riskFree)
  return ok({
    status: answer.status,
    says: solved === undefined ? saysOf(answer) : solvedSays(solved, proposed, problem),
    method: wanted.method,
    assets: assetsOf(posed.value, figures, wanted, weights, rounded?.ok === true ? rounded.value.weights : undefined),
    objective: solved?.objective ?? null,
    present: figuresOfWeights(problem.held, problem.sigma, mu, problem.riskFree),
    proposed,
    turnover: solved?.turnover ?? null,
    cost: solved?.cost ?? null,
    limits: solved === undefined ? [] : limitsTold(problem, solved),
    infeasible:
      answer.status === 'infeasible'
        ? answer.infeasible.map(({ limit, says }) => ({ id: limit, title: limit, says: `${sentence(says)}.` }))
        : [],
    leftOut: [...leftOut],
    study: figures.study,
    notes: [...notes, ...figures.notes],
    lotsSay: rounded === undefined ? null : rounded.ok ? lotsSays(rounded.value, solved?.weights ?? []) : rounded.error,
    milliseconds,
  })
}

function saysOf(answer: PortfolioAnswer): string {
  return answer.status === 'optimal' ? '' : answer.says
}

function solvedSays(
  solved: PortfolioAnswer & { readonly status: 'optimal' },
  proposed: OptimiseResult['proposed'],
  problem: PortfolioProblem,
): string {
  const held = solved.weights.filter((weight) => Math.abs(weight) > 1e-6).length
  const first = solved.binding[0]
  const expected = proposed?.expectedReturn == null ? '' : ` and expected return ${percent(proposed.expectedReturn)}`
  return `${problem.method} holds ${held} of ${problem.names.length} with a volatility of ${percent(solved.volatility)}${expected} a year, cash ${percent(solved.cash)}, turnover ${percent(solved.turnover)}${first === undefined ? '; no limit binds' : `; ${first.price > 0 ? 'the dearest limit' : 'what sets its scale'} is that ${first.says}`}.`
}

function assetsOf(
  { problem, places }: PosedProblem,
  figures: MarketFigures,
  wanted: WantedPortfolio,
  weights: Float64Array | undefined,
  inLots: readonly number[] | undefined,
): AssetWeight[] {
  const before = riskFigures(problem.sigma, problem.held).riskContributions
  const after = weights === undefined ? [] : riskFigures(problem.sigma, weights).riskContributions
  const mu = returnsOf(problem)
  return problem.names.map((symbol, i) => {
    const place = places[i] ?? -1
    const present = problem.held[i] ?? 0
    const proposed = weights?.[i] ?? null
    const signal = wanted.signals[symbol]
    const source =
      wanted.expected[symbol] === undefined
        ? figures.expected[place] == null
          ? 'not known'
          : 'mean simple return of its last year of days'
        : 'given'
    return {
      symbol,
      present,
      proposed,
      change: proposed === null ? null : proposed - present,
      inLots: inLots?.[i] ?? null,
      lower: problem.lower[i] ?? 0,
      upper: problem.upper[i] ?? 0,
      expected: mu[i] ?? null,
      expectedSource: signal === undefined ? source : `${source}, × ${1 + 0.5 * signal} for its signal`,
      volatility: figures.volatility[place] ?? Number.NaN,
      presentShare: before[i] ?? null,
      proposedShare: after[i] ?? null,
    }
  })
}

function lotsSays({ weights, cash }: WholeLots, solved: readonly number[]): string {
  const furthest = Math.max(0, ...weights.map((weight, i) => Math.abs(weight - (solved[i] ?? 0))))
  return `In whole lots every limit holds; no weight is further than ${(furthest * 100).toFixed(2)} % of equity from the one found, and cash is ${percent(cash)}.`
}

/** Expected returns as the optimiser takes them, signals counted. */
export function returnsOf({ mu, names }: PortfolioProblem): readonly (number | null)[] {
  return names.map((_, i) => mu?.[i] ?? null)
}

function sentence(says: string): string {
  return says.charAt(0).toUpperCase() + says.slice(1)
}

function percent(value: number): string {
  return `${(Math.abs(value) < 5e-4 ? 0 : value * 100).toFixed(1)} %`
}
