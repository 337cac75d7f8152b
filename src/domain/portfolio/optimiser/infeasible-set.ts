import type { CompiledProblem } from './compile-problem.ts'
import type { ConvexProgram } from './convex-program.ts'
import type { DenseAlgebra } from './dense-algebra.ts'
import { interiorPoint } from './interior-point.ts'
import type { NamedLimit } from './portfolio-problem.ts'

/** Limits give way by more than this only where they must. */
const MUST_GIVE = 1e-7
/** A limit that gives way by less than this share of the largest is a bystander. */
const WORTH_TRYING = 1e-4
/** More bounds than this on one side are tried together, as one limit. */
const MOST_SINGLE_BOUNDS = 24

/** A limit that can be left out of a program. */
interface Candidate {
  readonly name: NamedLimit
  readonly kind: 'limit' | 'lower' | 'upper' | 'cap' | 'volatility'
  readonly indices: readonly number[]
}

/**
 * A minimal set of limits that cannot hold together: without any one of them the others can. Empty where all can. Every
 * limit is first made soft; those that must give way at the least-squares point conflict, and are left out one by one.
 */
export function infeasibleSet(compiled: CompiledProblem, algebra: DenseAlgebra): readonly NamedLimit[] {
  const found = givingWay(compiled, everything(compiled), algebra)
  if (found === undefined) return []
  let kept = joined(found, compiled)
  if (givingWay(compiled, kept, algebra) === undefined) kept = joined(everything(compiled), compiled)
  for (const candidate of [...kept].reverse()) {
    const others = kept.filter((other) => other !== candidate)
    if (givingWay(compiled, others, algebra) !== undefined) kept = others
  }
  return kept.map(({ name }) => name)
}

/** The candidates that must give way when only `held` have to hold, named for the side they give on; `undefined` for none. */
function givingWay(
  compiled: CompiledProblem,
  held: readonly Candidate[],
  algebra: DenseAlgebra,
): readonly Candidate[] | undefined {
  const kept = { limit: inOrder(held, 'limit'), cap: inOrder(held, 'cap') }
  const solved = interiorPoint(restricted(compiled.program, held, kept), algebra)
  const price = (kind: Candidate['kind'], index: number): number => {
    switch (kind) {
      case 'limit':
        return solved.limitPrices[kept.limit.indexOf(index)] as number
      case 'cap':
        return solved.capPrices[kept.cap.indexOf(index)] as number
      case 'volatility':
        return solved.volatilityPrice
      case 'lower':
        return solved.lowerPrices[index] as number
      case 'upper':
        return solved.upperPrices[index] as number
    }
  }
  const given = held.map((candidate) => {
    const prices = candidate.indices.map((index) => price(candidate.kind, index))
    const low = candidate.kind === 'limit' && (prices[0] as number) < 0
    const name = low ? (compiled.limits[candidate.indices[0] as number]?.least ?? candidate.name) : candidate.name
    return { candidate: { ...candidate, name }, gives: Math.max(...prices.map(Math.abs)) }
  })
  const most = Math.max(0, ...given.map(({ gives }) => gives))
  if (most <= MUST_GIVE) return undefined
  return given.filter(({ gives }) => gives > WORTH_TRYING * most).map(({ candidate }) => candidate)
}

function everything({ program, limits, lower, upper, caps, volatility }: CompiledProblem): readonly Candidate[] {
  const bound = (kind: 'lower' | 'upper', names: readonly NamedLimit[]): Candidate[] =>
    names
      .map((name, index): Candidate => ({ name, kind, indices: [index] }))
      .filter((_, index) => Number.isFinite(program[kind][index]))
  return [
    ...(program.volatilityCap === undefined ? [] : [{ name: volatility, kind: 'volatility', indices: [0] } as const]),
    ...caps.flatMap((name, index): Candidate[] =>
      name === undefined ? [] : [{ name, kind: 'cap', indices: [index] }],
    ),
    ...limits.map(({ most }, index): Candidate => ({ name: most, kind: 'limit', indices: [index] })),
    ...bound('lower', lower),
    ...bound('upper', upper),
  ]
}

/** Puts limits of one name together, and the bounds of one side where they are many. */
function joined(candidates: readonly Candidate[], { program }: CompiledProblem): readonly Candidate[] {
  const many = (kind: Candidate['kind']): boolean =>
    candidates.filter((candidate) => candidate.kind === kind).length > MOST_SINGLE_BOUNDS
  const wide = { lower: many('lower'), upper: many('upper') }
  const groups = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const side = candidate.kind === 'lower' || candidate.kind === 'upper' ? candidate.kind : undefined
    const together = side !== undefined && wide[side]
    const key = together ? side : candidate.name.limit
    const before = groups.get(key)
    const indices = [...(before?.indices ?? []), ...candidate.indices]
    groups.set(key, { ...candidate, name: together ? sideName(side, indices, program) : candidate.name, indices })
  }
  return [...groups.values()]
}

function sideName(side: 'lower' | 'upper', indices: readonly number[], program: ConvexProgram): NamedLimit {
  const sum = indices.reduce((total, index) => total + (program[side][index] as number), 0)
  const says = `the ${side} bounds of ${indices.length} assets, which sum to ${Number(sum.toPrecision(6))}`
  return { limit: side, says }
}

function inOrder(held: readonly Candidate[], kind: Candidate['kind']): readonly number[] {
  return held
    .filter((one) => one.kind === kind)
    .flatMap(({ indices }) => indices)
    .sort((a, b) => a - b)
}

/** The program with the given limits alone, all of them soft, and nothing to aim for. */
function restricted(
  program: ConvexProgram,
  held: readonly Candidate[],
  kept: { readonly limit: readonly number[]; readonly cap: readonly number[] },
): ConvexProgram {
  const lower = new Set(inOrder(held, 'lower'))
  const upper = new Set(inOrder(held, 'upper'))
  const nothing = new Float64Array(program.order)
  return {
    ...program,
    riskAversion: 0,
    linear: nothing,
    lower: program.lower.map((low, index) => (lower.has(index) ? low : -Infinity)),
    upper: program.upper.map((high, index) => (upper.has(index) ? high : Infinity)),
    limits: kept.limit.flatMap((index) => program.limits[index] ?? []),
    epigraphs: kept.cap.flatMap((index) => program.epigraphs[index] ?? []).map((one) => ({ ...one, charge: nothing })),
    volatilityCap: inOrder(held, 'volatility').length > 0 ? program.volatilityCap : undefined,
    softness: 1,
  }
}
