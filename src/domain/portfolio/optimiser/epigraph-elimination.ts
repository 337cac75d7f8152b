import type { ConvexProgram, Epigraph } from './convex-program.ts'
import type { Point, RowLayout } from './program-rows.ts'
import type { SymmetricRoom } from './dense-algebra.ts'

/**
 * Takes an epigraph's numbers out of a Newton system. They meet each other only in their sum, so their block is a diagonal
 * plus one outer product, and what remains on the weights is a diagonal, one outer product and, with a level, one border.
 */
export interface EpigraphElimination {
  /** Reads the rows' stiffness, adds what lies on the diagonal. */
  prepare(stiffness: Float64Array, diagonal: Float64Array): void
  /** Adds the outer product and the border to the matrix. */
  fold(room: SymmetricRoom): void
  /** Moves the right-hand side of the epigraph's numbers over to the weights. */
  reduce(right: Point): void
  /** Turns the right-hand side of the epigraph's numbers into their step, once the step of the weights is known. */
  recover(step: Point): void
}

/** Prepares the elimination of one epigraph of a program; allocates once. */
export function epigraphElimination(program: ConvexProgram, layout: RowLayout, index: number): EpigraphElimination {
  const { order } = program
  const { slopes, largest } = program.epigraphs[index] as Epigraph
  const at = layout.epigraphs[index] as number
  const difference = slopes[0] - slopes[1]
  const both = new Float64Array(order)
  const first = new Float64Array(order)
  const held = new Float64Array(order)
  const mean = new Float64Array(layout.level ? order + 1 : order)
  let cap = 0
  let joint = 0
  let reach = 0

  /** One joint solve of the epigraph's block, in place: divides, and takes the shared part off. */
  const divide = (extra: Float64Array): void => {
    let sum = 0
    for (let i = 0; i < order; i++) {
      const share = (extra[i] as number) / (both[i] as number)
      extra[i] = share
      sum += share
    }
    const shared = joint * sum
    if (shared !== 0) for (let i = 0; i < order; i++) extra[i] = (extra[i] as number) - shared / (both[i] as number)
  }

  return {
    prepare(stiffness, diagonal) {
      cap = stiffness[at + 2 * order] as number
      reach = 0
      let levels = 0
      let levelHeld = 0
      for (let i = 0; i < order; i++) {
        const one = stiffness[at + i] as number
        const two = stiffness[at + order + i] as number
        // An asset whose extra number nothing charges or limits is held by no row: any stiffness leaves it at rest.
        const total = one + two || 1
        const stiff = (one * two) / total
        both[i] = total
        first[i] = one
        held[i] = stiff
        mean[i] = (slopes[0] * one + slopes[1] * two) / total
        diagonal[i] = (diagonal[i] as number) + difference * difference * stiff
        reach += 1 / total
        levels += one / total
        levelHeld += stiff
      }
      joint = cap / (1 + cap * reach)
      if (!layout.level) return
      mean[order] = largest > 0 ? largest - levels : 0
      if (largest > 0) diagonal[order] = (diagonal[order] as number) + levelHeld
    },
    fold(room) {
      if (joint > 0) room.addOuter(joint, mean)
      if (largest === 0) return
      const border = order * room.stride
      for (let i = 0; i < order; i++)
        room.matrix[border + i] = (room.matrix[border + i] as number) - difference * (held[i] as number)
    },
    reduce({ x, e }) {
      const extra = e[index] as Float64Array
      let sum = 0
      let levels = 0
      for (let i = 0; i < order; i++) sum += (extra[i] as number) / (both[i] as number)
      const shared = joint * sum
      let total = 0
      for (let i = 0; i < order; i++) {
        const moved = ((extra[i] as number) - shared) / (both[i] as number)
        total += moved
        levels += (first[i] as number) * moved
        x[i] = (x[i] as number) + (both[i] as number) * (mean[i] as number) * moved
      }
      if (largest > 0) x[order] = (x[order] as number) - levels - cap * largest * total
    },
    recover({ x, e }) {
      const extra = e[index] as Float64Array
      const level = largest > 0 ? (x[order] as number) : 0
      for (let i = 0; i < order; i++)
        extra[i] =
          (extra[i] as number) +
          (both[i] as number) * (mean[i] as number) * (x[i] as number) -
          (first[i] as number) * level -
          cap * largest * level
      divide(extra)
    },
  }
}
