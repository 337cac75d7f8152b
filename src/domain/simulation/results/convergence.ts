import { wilsonInterval, Z_95 } from '../../stats/wilson.ts'
import type { SimulationPlan } from '../plan.ts'
import type { RunDistributions } from './part-distributions.ts'
import { distributionsOf } from './part-distributions.ts'
import { countPaths, type PathCounts } from './path-counts.ts'
import type { PathMeasures } from './path-measures.ts'
import type { RunPart } from './run-part.ts'

/** The main findings after the first so many paths. */
export interface Checkpoint {
  readonly paths: number
  readonly growthPerTrade: number
  readonly medianDrawdown: number
  /** `null` without a floor. */
  readonly ruin: number | null
}

/** Whether more paths would still change the answer. */
export interface Convergence {
  readonly enough: boolean
  /** About how many paths would be enough. */
  readonly pathsNeeded: number
  readonly says: string
  /** From few paths to all; only the last where paths were not kept. */
  readonly line: readonly Checkpoint[]
}

/** Half-widths of 95 % intervals below which an answer no longer changes for a trader. */
const SETTLED = { growthShare: 0.1, growth: 0.0001, ruin: 0.005, drawdown: 0.005 } as const
const CHECKPOINTS = [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2] as const

/** Judges a run by the half-widths of growth per trade, ruin and median drawdown. */
export function convergenceOf(run: RunPart, found: RunDistributions, counts: PathCounts): Convergence {
  const { plan, kept } = run
  const excess = Math.max(...halfWidths(plan, found, counts).map(({ width, settled }) => width / settled))
  const enough = counts.paths > 1 && excess <= 1
  const pathsNeeded = enough ? counts.paths : Math.ceil(counts.paths * Math.max(excess * excess, 2))
  const says = enough
    ? `${counts.paths} paths are enough: more would not change the answer.`
    : `${counts.paths} paths leave the answer open: about ${pathsNeeded} would settle it.`
  const last = checkpoint(plan, found, counts)
  const earlier = 'measures' in kept ? earlierPoints(plan, kept.measures) : []
  return { enough, pathsNeeded, says, line: [...earlier, last] }
}

function halfWidths(
  plan: SimulationPlan,
  found: RunDistributions,
  { paths, ruined, bust }: PathCounts,
): { width: number; settled: number }[] {
  const growth = Math.abs(found.log.mean / plan.trades)
  const reach = (0.5 * Z_95) / Math.sqrt(paths)
  const [low = 0, high = 0] = found.drawdown.quantiles([Math.max(0, 0.5 - reach), Math.min(1, 0.5 + reach)])
  const [fewest, most] = wilsonInterval(ruined, paths)
  const hasFloor = plan.floor !== null || plan.trailingFloor !== null
  return [
    // Once a path has lost everything, growth is −1 and no longer an estimate.
    ...(bust > 0
      ? []
      : [
          {
            width: (Z_95 * found.log.standardError) / plan.trades,
            settled: Math.max(SETTLED.growth, SETTLED.growthShare * growth),
          },
        ]),
    ...(hasFloor ? [{ width: (most - fewest) / 2, settled: SETTLED.ruin }] : []),
    { width: (high - low) / 2, settled: SETTLED.drawdown },
  ]
}

function earlierPoints(plan: SimulationPlan, measures: PathMeasures): Checkpoint[] {
  return CHECKPOINTS.map((share) => Math.floor(share * plan.paths))
    .filter((paths) => paths >= 30)
    .map((paths) => {
      const part = firstPaths(measures, paths)
      return checkpoint(plan, distributionsOf(part), countPaths(part, plan))
    })
}

function checkpoint(plan: SimulationPlan, found: RunDistributions, counts: PathCounts): Checkpoint {
  const [medianDrawdown = 0] = found.drawdown.quantiles([0.5])
  return {
    paths: counts.paths,
    growthPerTrade: counts.bust > 0 ? -1 : Math.expm1(found.log.mean / plan.trades),
    medianDrawdown,
    ruin: plan.floor === null && plan.trailingFloor === null ? null : counts.ruined / counts.paths,
  }
}

function firstPaths(measures: PathMeasures, paths: number): PathMeasures {
  return {
    logEquity: measures.logEquity.subarray(0, paths),
    logDepth: measures.logDepth.subarray(0, paths),
    logLowest: measures.logLowest.subarray(0, paths),
    underWater: new Uint32Array(0),
    losingStreak: new Uint32Array(0),
    firstReached: measures.firstReached.subarray(0, paths),
  }
}
