import type { CompiledProblem } from './compile-problem.ts'
import type { ProgramSolution } from './convex-program.ts'
import type { NamedLimit, PortfolioProblem } from './portfolio-problem.ts'

/** What one unit more of each limit would add to the objective: for a minimum, one unit less. 0 where it does not bind. */
export interface ShadowPrices {
  readonly budget: { readonly min: number; readonly max: number }
  readonly lower: readonly number[]
  readonly upper: readonly number[]
  readonly groups: readonly { readonly min: number; readonly max: number }[]
  readonly turnover: number
  readonly volatilityCap: number
  readonly topK: number
  readonly gross: number
  readonly minimumReturn: number
}

/** A limit that holds the portfolio back, dearest first. */
export interface BindingLimit extends NamedLimit {
  readonly price: number
}

/** A price below this is what the solver leaves behind, not a limit that binds. */
const NO_PRICE = 1e-7

/** The price of every limit by its name, times `scale`. */
export function pricesByName(
  compiled: CompiledProblem,
  solved: ProgramSolution,
  scale: number,
): ReadonlyMap<string, BindingLimit> {
  const prices = new Map<string, BindingLimit>()
  const charge = (name: NamedLimit, price: number): void => {
    const scaled = price * scale
    if (!(scaled > NO_PRICE)) return
    const before = prices.get(name.limit)?.price ?? 0
    prices.set(name.limit, { ...name, price: before + scaled })
  }
  compiled.limits.forEach(({ most, least }, index) => {
    const price = solved.limitPrices[index] as number
    if (price >= 0) charge(most, price)
    else charge(least, -price)
  })
  compiled.lower.forEach((name, index) => {
    charge(name, solved.lowerPrices[index] as number)
  })
  compiled.upper.forEach((name, index) => {
    charge(name, solved.upperPrices[index] as number)
  })
  compiled.caps.forEach((name, index) => {
    if (name !== undefined) charge(name, solved.capPrices[index] as number)
  })
  charge(compiled.volatility, solved.volatilityPrice)
  return prices
}

/** The prices in the shape of the request's limits. */
export function shadowPrices(
  { names, groups }: PortfolioProblem,
  prices: ReadonlyMap<string, BindingLimit>,
): ShadowPrices {
  const of = (limit: string): number => prices.get(limit)?.price ?? 0
  return {
    budget: { min: of('budget.min'), max: of('budget.max') },
    lower: names.map((_, index) => of(`lower[${index}]`)),
    upper: names.map((_, index) => of(`upper[${index}]`)),
    groups: groups.map((_, index) => ({ min: of(`groups[${index}].min`), max: of(`groups[${index}].max`) })),
    turnover: of('turnover'),
    volatilityCap: of('volatilityCap'),
    topK: of('topK'),
    gross: of('gross'),
    minimumReturn: of('minimumReturn'),
  }
}

/** The limits that bind, dearest first. */
export function bindingLimits(prices: ReadonlyMap<string, BindingLimit>): readonly BindingLimit[] {
  return [...prices.values()].sort((a, b) => b.price - a.price)
}
