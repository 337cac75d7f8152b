/**
 * Room for symmetric matrices of one order, in the memory of whatever computes with them. Row-major with `stride` numbers
 * a row; of `matrix` the lower triangle counts. Everything works in place and allocates nothing.
 */
export interface SymmetricRoom {
  readonly order: number
  readonly stride: number
  /** The fixed matrix, both triangles: a covariance. */
  readonly base: Float64Array
  /** The matrix to be factored, then its lower Cholesky factor. */
  readonly matrix: Float64Array
  /** `matrix` becomes `scale`·`base` plus `diagonal`. */
  combine(scale: number, diagonal: Float64Array): void
  /** Adds `scale`·`vector`·`vector`′ to `matrix`. */
  addOuter(scale: number, vector: Float64Array): void
  /** Factors `matrix` into L·L′; a pivot lost to rounding is replaced so that its direction stands still. Says how many. */
  factor(): number
  /** Solves L·L′·x = `vector` in place. */
  solve(vector: Float64Array): void
  /** `into` becomes `base`·`vector`. */
  multiply(vector: Float64Array, into: Float64Array): void
  /** One sweep of coordinate descent towards shares of risk in `base`, in place; the largest relative error it met. */
  paritySweep(budgets: Float64Array, x: Float64Array): number
}

/** Dense linear algebra: in plain TypeScript here, on vectors of the processor elsewhere, with the same results to 1e-10. */
export interface DenseAlgebra {
  readonly name: string
  /** The room for one order. One at a time: asking again may hand out the same memory, so nobody keeps a room. */
  room(order: number): SymmetricRoom
}

/** A pivot below this share of the largest diagonal entry is rounding, not information. */
export const LOST_PIVOT = 1e-15
/** What stands for a lost pivot: large enough that nothing moves along it. */
export const STILL_PIVOT = 1e64
