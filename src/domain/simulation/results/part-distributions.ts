import { type Distribution, exactDistribution, sketchedDistribution } from './distribution.ts'
import { drawdownOf, equityOf } from './equity-of.ts'
import type { PathMeasures } from './path-measures.ts'
import type { Tallied, Tally } from './tally.ts'

/** The quantities of a run, each over its paths. The last two are missing from a core run. */
export interface RunDistributions {
  /** Final equity over starting equity. */
  readonly equity: Distribution
  /** Maximum drawdown as a fraction of the peak. */
  readonly drawdown: Distribution
  /** Log of final equity over start, of the paths that did not lose everything. */
  readonly log: { readonly count: number; readonly mean: number; readonly standardError: number }
  readonly underWater: Distribution | null
  readonly losingStreak: Distribution | null
}

/** The distributions of paths that are all there. */
export function distributionsOf(measures: PathMeasures): RunDistributions {
  const full = measures.underWater.length > 0
  const alive = measures.logEquity.filter((log) => log !== -Infinity)
  return {
    equity: exactDistribution(measures.logEquity.map(equityOf)),
    drawdown: exactDistribution(measures.logDepth.map(drawdownOf)),
    log: alive.length > 0 ? exactDistribution(alive) : { count: 0, mean: -Infinity, standardError: 0 },
    underWater: full ? exactDistribution(Float64Array.from(measures.underWater)) : null,
    losingStreak: full ? exactDistribution(Float64Array.from(measures.losingStreak)) : null,
  }
}

/** The distributions of a tally: means exact, quantiles to within half a bucket. */
export function distributionsOfTally({ sketches, sums, squares, counts }: Tally, full: boolean): RunDistributions {
  const of = (name: Tallied, valueOf: (bucketed: number) => number): Distribution =>
    sketchedDistribution(sketches[name], sums[name], squares[name], counts.paths, valueOf)
  const alive = counts.paths - counts.bust
  const whole = (value: number): number => Math.round(value)
  return {
    equity: of('equity', equityOf),
    drawdown: of('drawdown', (value) => value),
    log:
      alive > 0
        ? sketchedDistribution(sketches.equity, sums.log, squares.log, alive, (value) => value)
        : { count: 0, mean: -Infinity, standardError: 0 },
    underWater: full ? of('underWater', whole) : null,
    losingStreak: full ? of('losingStreak', whole) : null,
  }
}
