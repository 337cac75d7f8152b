/** Draws the outcomes of one path: R-multiples, returns, or whatever numbers stand for the outcomes. */
export interface OutcomeSource {
  /** Fills all of `out` with the outcomes of path `path`, which depend on the run's seed and `path` alone. */
  fill(path: number, out: Float64Array): void
}
