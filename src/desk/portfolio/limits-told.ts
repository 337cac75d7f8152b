import type { OptimiserLimit } from '../../contract/portfolio/optimise.ts'
import { limitNames } from '../../domain/portfolio/optimiser/limit-names.ts'
import type { SolvedPortfolio } from '../../domain/portfolio/optimiser/portfolio-answer.ts'
import type { NamedLimit, PortfolioProblem } from '../../domain/portfolio/optimiser/portfolio-problem.ts'

type Kind = 'weight' | 'turnover' | 'volatility' | 'leverage'

interface Told {
  readonly name: NamedLimit
  readonly title: string
  readonly subject: string | null
  readonly kind: Kind
  readonly bound: number
  readonly used: number
}

const UNITS: Readonly<Record<Kind, string>> = {
  weight: '1 of weight',
  turnover: '1 of turnover',
  volatility: '1 of volatility',
  leverage: '1 of leverage',
}

/** What a unit of the objective is, by method: what shadow prices are counted in. */
const OBJECTIVE: Readonly<Partial<Record<PortfolioProblem['method'], string>>> = {
  kelly_mvo: 'risk-adjusted return a year',
  min_variance: 'half the variance a year times λ',
  max_sharpe: 'Sharpe ratio',
}

/** The limits of a solved portfolio with what each costs: binding ones first, dearest first; bounds only where they bind. */
export function limitsTold(problem: PortfolioProblem, solved: SolvedPortfolio): OptimiserLimit[] {
  const prices = new Map(solved.binding.map(({ limit, price }) => [limit, price]))
  const unit = OBJECTIVE[problem.method] ?? 'objective'
  return [...wholes(problem, solved), ...bounds(problem, solved)]
    .filter((told) => prices.has(told.name.limit) || !/^(?:lower|upper)\[/.test(told.name.limit))
    .map(({ name, title, subject, kind, bound, used }) => {
      const price = prices.get(name.limit)
      const units = `${unit} per ${UNITS[kind]}`
      return {
        id: name.limit,
        title,
        subject,
        bound,
        used,
        binding: price !== undefined,
        shadowPrice: price ?? 0,
        units,
        says:
          price === undefined
            ? `It does not bind: ${name.says}, and that is ${share(used)}.`
            : `It binds: ${name.says}. ${price === 0 ? 'It sets the scale, and has no price.' : `One point (0.01) more would add ${Number((price / 100).toPrecision(3))} of ${unit}.`}`,
      }
    })
    .sort((a, b) => Number(b.binding) - Number(a.binding) || b.shadowPrice - a.shadowPrice)
}

function wholes(problem: PortfolioProblem, solved: SolvedPortfolio): Told[] {
  const names = limitNames(problem)
  const { budget, turnover, volatilityCap, topK, gross, minimumReturn, groups } = problem
  const net = 1 - solved.cash
  const told = (name: NamedLimit, title: string, kind: Kind, bound: number | undefined, used: number): Told[] =>
    bound === undefined ? [] : [{ name, title, subject: null, kind, bound, used }]
  const largest = solved.weights.toSorted((a, b) => b - a).slice(0, topK?.k ?? 0)
  return [
    ...told(names.budgetMin, 'Least invested', 'weight', budget.min, net),
    ...told(names.budgetMax, 'Most invested', 'weight', budget.max, net),
    ...told(names.turnover, 'Turnover', 'turnover', turnover, solved.turnover),
    ...told(names.volatilityCap, 'Volatility', 'volatility', volatilityCap, solved.volatility),
    ...told(names.topK, `Largest ${topK?.k ?? 0}`, 'weight', topK?.max, sum(largest)),
    ...told(names.gross, 'Leverage', 'leverage', gross, solved.gross),
    ...told(names.minimumReturn, 'Expected return', 'weight', minimumReturn, solved.expectedReturn ?? 0),
    ...groups.flatMap((group, index) => {
      const used = sum(group.members.map((i) => solved.weights[i] ?? 0))
      const [most, least] = names.groups[index] ?? []
      return [
        ...(most === undefined ? [] : told(most, 'Most in group', 'weight', group.max, used)),
        ...(least === undefined ? [] : told(least, 'Least in group', 'weight', group.min, used)),
      ].map((one) => ({ ...one, subject: group.name }))
    }),
  ]
}

function bounds(problem: PortfolioProblem, { weights }: SolvedPortfolio): Told[] {
  const { lower, upper } = limitNames(problem)
  return problem.names.flatMap((symbol, i) => {
    const used = weights[i] ?? Number.NaN
    const [least, most] = [lower[i], upper[i]]
    return least === undefined || most === undefined
      ? []
      : [
          {
            name: least,
            title: 'Least weight',
            subject: symbol,
            kind: 'weight' as const,
            bound: problem.lower[i] ?? 0,
            used,
          },
          {
            name: most,
            title: 'Most weight',
            subject: symbol,
            kind: 'weight' as const,
            bound: problem.upper[i] ?? 0,
            used,
          },
        ]
  })
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function share(value: number): string {
  return String(Number(value.toPrecision(4)))
}
