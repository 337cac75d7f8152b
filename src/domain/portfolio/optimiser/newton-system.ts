import type { ConvexProgram } from './convex-program.ts'
import type { SymmetricRoom } from './dense-algebra.ts'
import { epigraphElimination } from './epigraph-elimination.ts'
import { emptyPoint, type Iterate } from './iterate.ts'
import { addTransposed, applyRows, type Point, type RowLayout } from './program-rows.ts'

/** What is left to mend at an iterate. */
export interface Residuals {
  /** Rows: made + slack − bound. */
  readonly primal: Float64Array
  /** Gradient of the Lagrangian. */
  readonly dual: Point
}

/** A Newton step and the machinery that finds it. */
export interface NewtonSystem {
  readonly step: { readonly point: Point; readonly slack: Float64Array; readonly price: Float64Array }
  /** Factors the system at an iterate. */
  factor(iterate: Iterate): void
  /** Finds the step that ends the residuals and brings every slack·price to `target` less `second` order terms. */
  solve(iterate: Iterate, residuals: Residuals, target: number, second: Float64Array): void
}

/** How much stiffer than the weights it meets an equality is made; what it lacks is made good by the next iterations. */
const EQUALITY_STIFFNESS = 1e8

/** A weight that nothing but an equality holds is taken to be this stiff. */
const LOOSE = 1e-6

/** Builds the machinery of one program: all memory is taken here, none per iteration. */
export function newtonSystem(program: ConvexProgram, layout: RowLayout, room: SymmetricRoom): NewtonSystem {
  const { order, limits } = program
  const { active, rows, softness } = layout
  const diagonal = new Float64Array(room.order)
  const stiffness = new Float64Array(rows)
  const pull = new Float64Array(rows)
  const dense = new Float64Array(room.order)
  const step = { point: emptyPoint(program, layout), slack: new Float64Array(rows), price: new Float64Array(rows) }
  const eliminations = program.epigraphs.map((_, index) => epigraphElimination(program, layout, index))

  const stiffen = ({ slack, price }: Iterate): void => {
    for (let row = 0; row < rows; row++) {
      if (active[row] === 0) stiffness[row] = 0
      else
        stiffness[row] =
          (price[row] as number) / ((slack[row] as number) + (softness[row] as number) * (price[row] as number))
    }
    for (let i = 0; i < order; i++) diagonal[i] = (stiffness[i] as number) + (stiffness[order + i] as number)
    if (layout.level) diagonal[order] = 0
  }

  const foldLimits = (scale: number): void => {
    for (let index = 0; index < limits.length; index++) {
      const { members, factors, equal } = limits[index] as (typeof limits)[number]
      const row = layout.limits + index
      if (equal) {
        let reach = 0
        for (let j = 0; j < members.length; j++) {
          const member = members[j] as number
          const own = scale * (program.sigma[member * order + member] as number) + (diagonal[member] as number)
          reach += (factors[j] as number) ** 2 / Math.max(own, LOOSE)
        }
        stiffness[row] = program.softness > 0 ? 1 / program.softness : EQUALITY_STIFFNESS / reach
      }
      foldLimit(room, members, factors, stiffness[row] as number, dense)
    }
  }

  return {
    step,
    factor(iterate) {
      stiffen(iterate)
      for (const elimination of eliminations) elimination.prepare(stiffness, diagonal)
      const { volatilityCap } = program
      const onVolatility =
        volatilityCap === undefined ? 0 : (iterate.price[layout.volatility] as number) / volatilityCap
      const scale = program.riskAversion + onVolatility
      room.combine(scale, diagonal)
      foldLimits(scale)
      for (const elimination of eliminations) elimination.fold(room)
      if (volatilityCap !== undefined) room.addOuter(stiffness[layout.volatility] as number, iterate.gradient)
      room.factor()
    },
    solve(iterate, residuals, target, second) {
      const { slack, price } = iterate
      for (let row = 0; row < rows; row++) {
        const stiff = stiffness[row] as number
        if (active[row] === 0) pull[row] = stiff * (residuals.primal[row] as number)
        else {
          const product = (slack[row] as number) * (price[row] as number) + (second[row] as number) - target
          pull[row] = stiff * ((residuals.primal[row] as number) - product / (price[row] as number))
        }
      }
      const { point } = step
      negate(residuals.dual, point)
      addTransposed(program, layout, pull, iterate.gradient, -1, point)
      for (const elimination of eliminations) elimination.reduce(point)
      room.solve(point.x)
      for (const elimination of eliminations) elimination.recover(point)
      applyRows(program, layout, point, iterate.gradient, step.slack)
      for (let row = 0; row < rows; row++) {
        const made = step.slack[row] as number
        const rise = (stiffness[row] as number) * made + (pull[row] as number)
        step.price[row] = rise
        step.slack[row] =
          active[row] === 0 ? 0 : (softness[row] as number) * rise - (residuals.primal[row] as number) - made
      }
    },
  }
}

function negate(from: Point, into: Point): void {
  for (let i = 0; i < into.x.length; i++) into.x[i] = -(from.x[i] as number)
  for (let index = 0; index < into.e.length; index++) {
    const [source, target] = [from.e[index] as Float64Array, into.e[index] as Float64Array]
    for (let i = 0; i < target.length; i++) target[i] = -(source[i] as number)
  }
}

/** A few members are added one by one, many as a whole vector. */
function foldLimit(
  room: SymmetricRoom,
  members: Int32Array,
  factors: Float64Array,
  stiff: number,
  dense: Float64Array,
): void {
  const { matrix, stride } = room
  if (stiff === 0) return
  if (members.length * 4 > room.order) {
    dense.fill(0)
    for (let j = 0; j < members.length; j++) dense[members[j] as number] = factors[j] as number
    room.addOuter(stiff, dense)
    return
  }
  for (let j = 0; j < members.length; j++) {
    const scaled = stiff * (factors[j] as number)
    const row = (members[j] as number) * stride
    // Members are in rising order, so the lower triangle has the earlier ones as columns.
    for (let k = 0; k <= j; k++) {
      const at = row + (members[k] as number)
      matrix[at] = (matrix[at] as number) + scaled * (factors[k] as number)
    }
  }
}
