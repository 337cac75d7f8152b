import type { ConvexProgram, Epigraph } from './convex-program.ts'

/** Unknowns of a program: weights with the level θ behind them, where there is one, and the epigraphs' numbers. */
export interface Point {
  readonly x: Float64Array
  readonly e: readonly Float64Array[]
}

/** Where the rows of a program stand in one list: lower bounds, upper bounds, limits, epigraphs, volatility. */
export interface RowLayout {
  readonly rows: number
  readonly lower: number
  readonly upper: number
  readonly limits: number
  /** For each epigraph: its first slopes, its second slopes `order` later, its cap after those. */
  readonly epigraphs: readonly number[]
  readonly volatility: number
  /** Whether θ stands behind the weights. */
  readonly level: boolean
  /** 1 where a row is an inequality that holds something, 0 where it is none or an equality. */
  readonly active: Float64Array
  readonly activeRows: number
  readonly bounds: Float64Array
  /** How much each row gives way to a price of 1: the definitions of epigraphs never do. */
  readonly softness: Float64Array
}

/** Lays a program's rows out. */
export function layOutRows(program: ConvexProgram): RowLayout {
  const { order, limits, epigraphs, volatilityCap } = program
  const starts = epigraphs.map((_, index) => 2 * order + limits.length + index * (2 * order + 1))
  const volatility = 2 * order + limits.length + epigraphs.length * (2 * order + 1)
  const rows = volatility + 1
  const active = new Float64Array(rows)
  const bounds = new Float64Array(rows)
  const set = (row: number, bound: number, inequality = true): void => {
    active[row] = inequality && Number.isFinite(bound) ? 1 : 0
    bounds[row] = Number.isFinite(bound) ? bound : 0
  }
  for (let i = 0; i < order; i++) {
    set(i, -(program.lower[i] as number))
    set(order + i, program.upper[i] as number)
  }
  limits.forEach(({ bound, equal }, index) => {
    set(2 * order + index, bound, !equal)
  })
  epigraphs.forEach(({ first, second, cap }, index) => {
    const at = starts[index] as number
    for (let i = 0; i < order; i++) {
      set(at + i, first[i] as number)
      set(at + order + i, second[i] as number)
    }
    set(at + 2 * order, cap ?? Infinity)
  })
  set(volatility, volatilityCap === undefined ? Infinity : volatilityCap / 2)
  const softness = new Float64Array(rows).fill(program.softness)
  for (const at of starts) softness.fill(0, at, at + 2 * order)
  const activeRows = active.reduce((sum, one) => sum + one, 0)
  const level = epigraphs.some(({ largest }) => largest > 0)
  return {
    rows,
    lower: 0,
    upper: order,
    limits: 2 * order,
    epigraphs: starts,
    volatility,
    level,
    active,
    activeRows,
    bounds,
    softness,
  }
}

/** `into` becomes what the rows make of a point; the volatility row is `gradient`′·weights. */
export function applyRows(
  { order, limits, epigraphs }: ConvexProgram,
  layout: RowLayout,
  { x, e }: Point,
  gradient: Float64Array,
  into: Float64Array,
): void {
  let along = 0
  for (let i = 0; i < order; i++) {
    const weight = x[i] as number
    into[i] = -weight
    into[order + i] = weight
    along += (gradient[i] as number) * weight
  }
  into[layout.volatility] = along
  for (let index = 0; index < limits.length; index++) {
    const { members, factors } = limits[index] as (typeof limits)[number]
    let sum = 0
    for (let j = 0; j < members.length; j++) sum += (factors[j] as number) * (x[members[j] as number] as number)
    into[layout.limits + index] = sum
  }
  for (let index = 0; index < epigraphs.length; index++) {
    const { slopes, largest } = epigraphs[index] as Epigraph
    const extra = e[index] as Float64Array
    const at = layout.epigraphs[index] as number
    const level = largest > 0 ? (x[order] as number) : 0
    let sum = largest * level
    for (let i = 0; i < order; i++) {
      const weight = x[i] as number
      const above = extra[i] as number
      into[at + i] = slopes[0] * weight - level - above
      into[at + order + i] = slopes[1] * weight - above
      sum += above
    }
    into[at + 2 * order] = sum
  }
}

/** Adds `sign` times the rows' transpose applied to `prices` to a point. */
export function addTransposed(
  { order, limits, epigraphs }: ConvexProgram,
  layout: RowLayout,
  prices: Float64Array,
  gradient: Float64Array,
  sign: number,
  { x, e }: Point,
): void {
  const onVolatility = prices[layout.volatility] as number
  for (let i = 0; i < order; i++)
    x[i] =
      (x[i] as number) +
      sign * ((prices[order + i] as number) - (prices[i] as number) + onVolatility * (gradient[i] as number))
  for (let index = 0; index < limits.length; index++) {
    const { members, factors } = limits[index] as (typeof limits)[number]
    const price = sign * (prices[layout.limits + index] as number)
    for (let j = 0; j < members.length; j++) {
      const member = members[j] as number
      x[member] = (x[member] as number) + price * (factors[j] as number)
    }
  }
  for (let index = 0; index < epigraphs.length; index++) {
    const { slopes, largest } = epigraphs[index] as Epigraph
    const extra = e[index] as Float64Array
    const at = layout.epigraphs[index] as number
    const onCap = prices[at + 2 * order] as number
    let levels = largest * onCap
    for (let i = 0; i < order; i++) {
      const one = prices[at + i] as number
      const two = prices[at + order + i] as number
      x[i] = (x[i] as number) + sign * (slopes[0] * one + slopes[1] * two)
      extra[i] = (extra[i] as number) + sign * (onCap - one - two)
      levels -= one
    }
    if (largest > 0) x[order] = (x[order] as number) + sign * levels
  }
}
