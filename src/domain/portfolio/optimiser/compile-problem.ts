import type { ConvexProgram, Epigraph, LinearLimit } from './convex-program.ts'
import { limitNames } from './limit-names.ts'
import type { NamedLimit, PortfolioProblem, WeightRange } from './portfolio-problem.ts'

/** One linear limit of the program and what it is called: an equality has a name for each direction it pushes in. */
export interface CompiledLimit extends LinearLimit {
  readonly most: NamedLimit
  readonly least: NamedLimit
}

/** A portfolio problem as a convex program whose every limit has its name. */
export interface CompiledProblem {
  readonly program: ConvexProgram
  readonly limits: readonly CompiledLimit[]
  readonly lower: readonly NamedLimit[]
  readonly upper: readonly NamedLimit[]
  /** Names of the caps of the program's epigraphs; `undefined` for one that is only charged. */
  readonly caps: readonly (NamedLimit | undefined)[]
  readonly volatility: NamedLimit
}

/** Trading less than this is not trading: the weights are held where they are. */
const NO_TURNOVER = 1e-12

/** Writes a problem as a program. Bounds that meet become equalities, so that every inequality leaves room inside. */
export function compileProblem(problem: PortfolioProblem): CompiledProblem {
  const { sigma, held, riskAversion, mu, volatilityCap } = problem
  const order = held.length
  const names = limitNames(problem)
  const lower = problem.lower.slice()
  const upper = problem.upper.slice()
  const limits = [...sumLimits(problem, names), ...meetingBounds(problem, names, lower, upper)]
  if (problem.turnover !== undefined && problem.turnover <= NO_TURNOVER)
    for (let i = 0; i < order; i++)
      limits.push(equality([i], problem.held[i] as number, names.turnover, names.turnover))
  const blocks = epigraphsOf(problem, names)
  return {
    program: {
      order,
      sigma,
      riskAversion,
      linear:
        problem.method === 'min_variance'
          ? new Float64Array(order)
          : Float64Array.from(mu ?? held, (m) => (mu === undefined ? 0 : -m)),
      lower,
      upper,
      limits,
      epigraphs: blocks.map(({ epigraph }) => epigraph),
      volatilityCap,
      softness: 0,
      start: held,
    },
    limits,
    lower: names.lower,
    upper: names.upper,
    caps: blocks.map(({ name }) => name),
    volatility: names.volatilityCap,
  }
}

type Names = ReturnType<typeof limitNames>

function sumLimits(problem: PortfolioProblem, names: Names): CompiledLimit[] {
  const { lower, groups, budget, gross, topK, mu, minimumReturn } = problem
  const all = Array.from(lower, (_, index) => index)
  const limits = [...rangeLimits(all, budget, names.budgetMax, names.budgetMin)]
  groups.forEach((group, index) => {
    const [most, least] = names.groups[index] as readonly [NamedLimit, NamedLimit]
    limits.push(...rangeLimits(group.members, group, most, least))
  })
  if (gross !== undefined && isLongOnly(lower)) limits.push(atMost(all, 1, gross, names.gross))
  if (topK !== undefined && topK.k >= all.length) limits.push(atMost(all, 1, topK.max, names.topK))
  if (minimumReturn !== undefined && mu !== undefined)
    limits.push({
      members: Int32Array.from(all),
      factors: mu.map((m) => -m),
      bound: -minimumReturn,
      equal: false,
      most: names.minimumReturn,
      least: names.minimumReturn,
    })
  return limits
}

function rangeLimits(
  members: readonly number[],
  { min, max }: WeightRange,
  most: NamedLimit,
  least: NamedLimit,
): CompiledLimit[] {
  if (min !== undefined && min === max) return [equality(members, max, most, least)]
  return [
    ...(max === undefined ? [] : [atMost(members, 1, max, most)]),
    ...(min === undefined ? [] : [atMost(members, -1, -min, least)]),
  ]
}

function atMost(members: readonly number[], factor: number, bound: number, name: NamedLimit): CompiledLimit {
  const factors = new Float64Array(members.length).fill(factor)
  return { members: Int32Array.from(members), factors, bound, equal: false, most: name, least: name }
}

function equality(members: readonly number[], bound: number, most: NamedLimit, least: NamedLimit): CompiledLimit {
  const factors = new Float64Array(members.length).fill(1)
  return { members: Int32Array.from(members), factors, bound, equal: true, most, least }
}

function meetingBounds(
  problem: PortfolioProblem,
  names: Names,
  lower: Float64Array,
  upper: Float64Array,
): CompiledLimit[] {
  const limits: CompiledLimit[] = []
  for (let i = 0; i < lower.length; i++) {
    if (problem.lower[i] !== problem.upper[i]) continue
    limits.push(equality([i], problem.lower[i] as number, names.upper[i] as NamedLimit, names.lower[i] as NamedLimit))
    lower[i] = -Infinity
    upper[i] = Infinity
  }
  return limits
}

function epigraphsOf(
  { held, lower, cost, turnover, gross, topK }: PortfolioProblem,
  names: Names,
): { epigraph: Epigraph; name: NamedLimit | undefined }[] {
  const nothing = new Float64Array(held.length)
  const blocks: { epigraph: Epigraph; name: NamedLimit | undefined }[] = []
  const capped = turnover !== undefined && turnover > NO_TURNOVER
  if (capped || cost.some((one) => one > 0)) {
    // Without a cap an asset that costs nothing to trade has nothing to count.
    const counted = (offset: number, i: number): number => (capped || (cost[i] as number) > 0 ? offset : Infinity)
    const first = held.map(counted)
    const second = held.map((weight, i) => counted(-weight, i))
    blocks.push({
      epigraph: { slopes: [1, -1], first, second, charge: cost, cap: capped ? turnover : undefined, largest: 0 },
      name: capped ? names.turnover : undefined,
    })
  }
  const plain = { first: nothing, second: nothing, charge: nothing }
  if (gross !== undefined && !isLongOnly(lower))
    blocks.push({ epigraph: { ...plain, slopes: [1, -1], cap: gross, largest: 0 }, name: names.gross })
  if (topK !== undefined && topK.k < held.length)
    blocks.push({ epigraph: { ...plain, slopes: [1, 0], cap: topK.max, largest: topK.k }, name: names.topK })
  return blocks
}

function isLongOnly(lower: Float64Array): boolean {
  return lower.every((low) => low >= 0)
}
