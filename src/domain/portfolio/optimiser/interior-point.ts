import type { ConvexProgram, ProgramSolution } from './convex-program.ts'
import type { DenseAlgebra, SymmetricRoom } from './dense-algebra.ts'
import { copyIterate, emptyPoint, firstIterate, type Iterate, refreshGradients } from './iterate.ts'
import { newtonSystem, type NewtonSystem, type Residuals } from './newton-system.ts'
import { addTransposed, applyRows, layOutRows, type Point, type RowLayout } from './program-rows.ts'

const MOST_ITERATIONS = 100
/** Slack times price at the start, where the steepest part of the objective is 1: the first is mostly the quickest. */
const STARTS = [1e-2, 1, 0.1, 10]
/** Share of the way to the boundary that a step goes. */
const NEAR_BOUNDARY = 0.995
/** Residuals, and the gap relative to the objective's parts, of a solved program. */
const TOLERANCE = 1e-11
/** How much a unit of the dual residual counts: it touches the answer only through the last, tiny step. */
const DUAL_SHARE = 1e-3
/** Objectives smaller than this, in units of their steepest part, are as good as zero; a soft program ends at zero exactly. */
const LEAST_SIZE = 1e-4
const SOFT_SIZE = 1e-6
/** What is still an answer where rounding lets nothing better be reached. */
const STALLED_TOLERANCE = 1e-8
/** Iterations that do not halve what is left to mend, after which there will be no progress; near the end two will do. */
const PATIENCE = 10

/**
 * Solves a program by a primal-dual interior point with Mehrotra's predictor and corrector (Nocedal and Wright, Numerical
 * Optimization, 16.6): one factorisation of a matrix of the program's order an iteration. Deterministic; never throws.
 */
export function interiorPoint(given: ConvexProgram, algebra: DenseAlgebra): ProgramSolution {
  const { program, unit } = inUnits(given)
  let solution: ProgramSolution | undefined
  for (const start of STARTS) {
    solution = descend(program, unit, algebra, start)
    if (solution.status === 'optimal') break
  }
  return solution as ProgramSolution
}

function descend(program: ConvexProgram, unit: number, algebra: DenseAlgebra, product: number): ProgramSolution {
  const layout = layOutRows(program)
  const room = algebra.room(program.order + (layout.level ? 1 : 0))
  loadCovariance(program, room)
  const iterate = firstIterate(program, layout, room, product)
  const best = firstIterate(program, layout, room, product)
  const residuals = { primal: new Float64Array(layout.rows), dual: emptyPoint(program, layout) }
  const newton = newtonSystem(program, layout, room)
  const second = new Float64Array(layout.rows)
  const turned = new Float64Array(room.order)
  let [least, mark, iterations] = [Infinity, Infinity, 0]
  for (
    let since = 0;
    iterations < MOST_ITERATIONS && since < (least > STALLED_TOLERANCE ? PATIENCE : 2);
    iterations++, since++
  ) {
    const { merit, gap } = measure(program, layout, iterate, residuals)
    if (!(merit < Infinity)) break
    if (merit < mark / 2) {
      mark = merit
      since = 0
    }
    if (merit < least) {
      least = merit
      copyIterate(iterate, best)
    }
    if (merit <= TOLERANCE) break
    newton.factor(iterate)
    const target = predict(layout, iterate, residuals, newton, second, gap)
    if (program.volatilityCap !== undefined)
      bend(program, program.volatilityCap, layout, room, newton.step.point, residuals, turned)
    newton.solve(iterate, residuals, target, second)
    advance(layout, iterate, newton)
    refreshGradients(program, room, iterate)
  }
  const status = least <= STALLED_TOLERANCE ? 'optimal' : 'stalled'
  return solutionAt(program, layout, best, unit, status, iterations)
}

/** Residuals of an iterate and the largest of them against its scale. */
function measure(
  program: ConvexProgram,
  layout: RowLayout,
  { point, slack, price, covariance, gradient }: Iterate,
  { primal, dual }: Residuals,
): { readonly merit: number; readonly gap: number } {
  const { order, linear, riskAversion, epigraphs } = program
  applyRows(program, layout, point, gradient, primal)
  primal[layout.volatility] = (primal[layout.volatility] as number) / 2
  let [worst, gap] = [0, 0]
  for (let row = 0; row < layout.rows; row++) {
    const equality = row >= layout.limits && program.limits[row - layout.limits]?.equal === true
    if (layout.active[row] === 0 && !equality) {
      primal[row] = 0
      continue
    }
    const off = (primal[row] as number) + (slack[row] as number) - (layout.bounds[row] as number)
    const left = off - (layout.softness[row] as number) * (price[row] as number)
    primal[row] = left
    worst = Math.max(worst, Math.abs(left))
    gap += (slack[row] as number) * (price[row] as number)
  }
  let [quadratic, straight, charged] = [0, 0, 0]
  for (let i = 0; i < order; i++) {
    const weight = point.x[i] as number
    const slope = riskAversion * (covariance[i] as number)
    dual.x[i] = slope + (linear[i] as number)
    quadratic += slope * weight
    straight += (linear[i] as number) * weight
  }
  if (layout.level) dual.x[order] = 0
  for (let index = 0; index < epigraphs.length; index++) {
    const charge = (epigraphs[index] as (typeof epigraphs)[number]).charge
    dual.e[index]?.set(charge)
    for (let i = 0; i < order; i++) charged += (charge[i] as number) * (point.e[index]?.[i] as number)
  }
  addTransposed(program, layout, price, gradient, 1, dual)
  const steepest = Math.max(largestOf(dual.x), ...dual.e.map(largestOf))
  const size = quadratic / 2 + Math.abs(straight) + Math.abs(charged)
  return {
    merit: Math.max(worst, steepest * DUAL_SHARE, gap / (size + (program.softness > 0 ? SOFT_SIZE : LEAST_SIZE))),
    gap,
  }
}

/** The affine step: its second-order terms, and the slack·price the corrector should aim for. */
function predict(
  layout: RowLayout,
  iterate: Iterate,
  residuals: Residuals,
  newton: NewtonSystem,
  second: Float64Array,
  gap: number,
): number {
  second.fill(0)
  newton.solve(iterate, residuals, 0, second)
  const { slack, price } = newton.step
  const primal = Math.min(1, reach(layout, iterate.slack, slack))
  const dual = Math.min(1, reach(layout, iterate.price, price))
  let after = 0
  for (let row = 0; row < layout.rows; row++) {
    if (layout.active[row] === 0) continue
    const [ds, dz] = [slack[row] as number, price[row] as number]
    after += ((iterate.slack[row] as number) + primal * ds) * ((iterate.price[row] as number) + dual * dz)
    second[row] = ds * dz
  }
  return layout.activeRows === 0 ? 0 : ((after / gap) ** 3 * gap) / layout.activeRows
}

/** Takes the bend of the volatility along the affine step into the corrector. */
function bend(
  { order }: ConvexProgram,
  volatilityCap: number,
  layout: RowLayout,
  room: SymmetricRoom,
  { x }: Point,
  { primal }: Residuals,
  turned: Float64Array,
): void {
  room.multiply(x, turned)
  let square = 0
  for (let i = 0; i < order; i++) square += (turned[i] as number) * (x[i] as number)
  primal[layout.volatility] = (primal[layout.volatility] as number) + square / (2 * volatilityCap)
}

/** One length for both sides: the gradient of a quadratic objective moves with the weights. */
function advance(layout: RowLayout, { point, slack, price }: Iterate, { step }: NewtonSystem): void {
  const most = Math.min(reach(layout, slack, step.slack), reach(layout, price, step.price))
  const length = Math.min(1, NEAR_BOUNDARY * most)
  addScaled(point.x, length, step.point.x)
  for (let index = 0; index < point.e.length; index++)
    addScaled(point.e[index] as Float64Array, length, step.point.e[index] as Float64Array)
  addScaled(slack, length, step.slack)
  addScaled(price, length, step.price)
}

/** How much of a step keeps every active row above zero. */
function reach({ active, rows }: RowLayout, from: Float64Array, step: Float64Array): number {
  let most = Infinity
  for (let row = 0; row < rows; row++) {
    const change = step[row] as number
    if (change < 0 && active[row] === 1) {
      const share = -(from[row] as number) / change
      if (share < most) most = share
    }
  }
  return most
}

function addScaled(into: Float64Array, scale: number, from: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) + scale * (from[i] as number)
}

function largestOf(values: Float64Array): number {
  let largest = 0
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] as number)
    if (!(size <= largest)) largest = size
  }
  return largest
}

/** The program with an objective whose steepest part is 1, so that tolerances mean the same for daily and annual figures. */
function inUnits(program: ConvexProgram): { readonly program: ConvexProgram; readonly unit: number } {
  const { linear, riskAversion, sigma, order, epigraphs } = program
  let unit = 0
  for (let i = 0; i < order; i++)
    unit = Math.max(unit, Math.abs(linear[i] as number), riskAversion * (sigma[i * order + i] as number))
  for (const { charge } of epigraphs) unit = Math.max(unit, largestOf(charge))
  if (unit === 0) return { program, unit: 1 }
  const scaled = (values: Float64Array): Float64Array => values.map((value) => value / unit)
  return {
    program: {
      ...program,
      riskAversion: riskAversion / unit,
      linear: scaled(linear),
      epigraphs: epigraphs.map((epigraph) => ({ ...epigraph, charge: scaled(epigraph.charge) })),
    },
    unit,
  }
}

function loadCovariance({ order, sigma }: ConvexProgram, { base, stride }: SymmetricRoom): void {
  base.fill(0)
  for (let row = 0; row < order; row++) base.set(sigma.subarray(row * order, (row + 1) * order), row * stride)
}

function solutionAt(
  { order, limits, epigraphs }: ConvexProgram,
  layout: RowLayout,
  { point, price }: Iterate,
  unit: number,
  status: ProgramSolution['status'],
  iterations: number,
): ProgramSolution {
  const worth = price.map((one) => one * unit)
  return {
    status,
    weights: point.x.slice(0, order),
    lowerPrices: worth.slice(0, order),
    upperPrices: worth.slice(order, 2 * order),
    limitPrices: worth.slice(layout.limits, layout.limits + limits.length),
    capPrices: Float64Array.from(
      epigraphs,
      (_, index) => worth[(layout.epigraphs[index] as number) + 2 * order] as number,
    ),
    volatilityPrice: worth[layout.volatility] as number,
    iterations,
  }
}
