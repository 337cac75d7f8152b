import type { ConvexProgram, Epigraph } from './convex-program.ts'
import type { SymmetricRoom } from './dense-algebra.ts'
import { applyRows, type Point, type RowLayout } from './program-rows.ts'

/** Where the solver stands: the unknowns, the slack and the price of every row, and the gradients at this place. */
export interface Iterate {
  readonly point: Point
  readonly slack: Float64Array
  readonly price: Float64Array
  /** Σ·weights; 0 for the level. */
  readonly covariance: Float64Array
  /** Gradient of the volatility row: Σ·weights over the cap. */
  readonly gradient: Float64Array
}

/** How little a slack may be at the start. */
const LEAST = 0.1

/** A point of zeros with room for every unknown of a program. */
export function emptyPoint({ order, epigraphs }: ConvexProgram, { level }: RowLayout): Point {
  return {
    x: new Float64Array(order + (level ? 1 : 0)),
    e: epigraphs.map(() => new Float64Array(order)),
  }
}

/** Begins near the program's start: inside the bounds, slacks well above zero, slack times price the same for every row. */
export function firstIterate(program: ConvexProgram, layout: RowLayout, room: SymmetricRoom, product: number): Iterate {
  const { order, lower, upper, start } = program
  const point = emptyPoint(program, layout)
  const length = point.x.length
  const iterate = {
    point,
    slack: new Float64Array(layout.rows),
    price: new Float64Array(layout.rows),
    covariance: new Float64Array(length),
    gradient: new Float64Array(length),
  }
  for (let i = 0; i < order; i++) {
    const [low, high] = [lower[i] as number, upper[i] as number]
    const room = Number.isFinite(high - low) ? 1e-3 * (high - low) : 0
    point.x[i] = Math.min(Math.max(start[i] as number, low + room), high - room)
  }
  placeEpigraphs(program, point)
  refreshGradients(program, room, iterate)
  const rows = new Float64Array(layout.rows)
  applyRows(program, layout, point, iterate.gradient, rows)
  for (let row = 0; row < layout.rows; row++) {
    if (layout.active[row] === 0) continue
    const made = row === layout.volatility ? (rows[row] as number) / 2 : (rows[row] as number)
    const slack = Math.max((layout.bounds[row] as number) - made, LEAST)
    iterate.slack[row] = slack
    iterate.price[row] = product / slack
  }
  return iterate
}

/** Brings the gradients to where the point is. */
export function refreshGradients(program: ConvexProgram, room: SymmetricRoom, iterate: Iterate): void {
  room.multiply(iterate.point.x, iterate.covariance)
  const { volatilityCap } = program
  if (volatilityCap === undefined) return
  for (let i = 0; i < program.order; i++) iterate.gradient[i] = (iterate.covariance[i] as number) / volatilityCap
}

/** Makes one iterate equal to another of the same program. */
export function copyIterate(from: Iterate, into: Iterate): void {
  into.point.x.set(from.point.x)
  from.point.e.forEach((extra, index) => {
    into.point.e[index]?.set(extra)
  })
  into.slack.set(from.slack)
  into.price.set(from.price)
}

function placeEpigraphs({ order, epigraphs }: ConvexProgram, { x, e }: Point): void {
  const largest = epigraphs.find(({ largest: k }) => k > 0)?.largest
  if (largest !== undefined) x[order] = x.slice(0, order).sort().at(-largest) ?? 0
  epigraphs.forEach((epigraph, index) => {
    const extra = e[index] as Float64Array
    const level = epigraph.largest > 0 ? (x[order] as number) : 0
    for (let i = 0; i < order; i++) extra[i] = above(epigraph, i, x[i] as number, level)
  })
}

function above({ slopes, first, second, cap }: Epigraph, i: number, weight: number, level: number): number {
  const reach = Math.max(slopes[0] * weight - level - (first[i] as number), slopes[1] * weight - (second[i] as number))
  return Number.isFinite(reach) ? reach + (cap === undefined ? 0.01 : Math.max(cap, 0.01) / (2 * first.length)) : 0
}
