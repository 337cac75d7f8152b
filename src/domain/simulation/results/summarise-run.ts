import { Z_95, wilsonInterval } from '../../stats/wilson.ts'
import type { SimulationPlan } from '../plan.ts'
import { type Convergence, convergenceOf } from './convergence.ts'
import type { Distribution } from './distribution.ts'
import { type Fan, fanOf } from './fan.ts'
import { distributionsOf, distributionsOfTally, type RunDistributions } from './part-distributions.ts'
import { countPaths, type PathCounts } from './path-counts.ts'
import type { RunPart } from './run-part.ts'
import { SKETCH_ERROR } from './tally.ts'

/** A share of the paths with its 95 % Wilson interval. */
export interface Chance {
  readonly probability: number
  readonly low: number
  readonly high: number
}

/** Mean with its standard error, and quantiles in the order of `QUANTILES`. */
export interface Spread {
  readonly mean: number
  readonly standardError: number
  readonly quantiles: readonly number[]
}

/** What a run found. Equity is over starting equity; drawdowns and growth are fractions. */
export interface RunSummary {
  readonly paths: number
  readonly trades: number
  readonly finalEquity: Spread
  /** exp(mean log wealth / trades) − 1, with its 95 % interval; −1 where a path lost everything. */
  readonly growthPerTrade: { readonly value: number; readonly low: number; readonly high: number }
  readonly maxDrawdown: Spread
  readonly timeUnderWater: Spread | null
  readonly losingStreak: Spread | null
  /** Ever at or below a floor; `null` without one. */
  readonly ruin: Chance | null
  readonly floorTouched: Chance | null
  readonly trailingFloorTouched: Chance | null
  /** Target before limit, and limit before target; `null` without that bound. */
  readonly targetFirst: Chance | null
  readonly limitFirst: Chance | null
  /** Value at risk and expected shortfall of the final result at 5 %: losses as fractions of starting equity. */
  readonly valueAtRisk: number
  readonly expectedShortfall: number
  /** Largest relative error of an equity quantile: 0 where every path was kept. */
  readonly quantileError: number
  readonly convergence: Convergence
  readonly fan: Fan | null
}

/** The shares at which quantiles are given. */
export const QUANTILES = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99] as const
const TAIL = 0.05

/** Sums up a whole run. */
export function summariseRun(run: RunPart): RunSummary {
  const { plan, kept } = run
  const exact = 'measures' in kept
  const found = exact ? distributionsOf(kept.measures) : distributionsOfTally(kept.tally, plan.detail === 'full')
  const counts = exact ? countPaths(kept.measures, plan) : kept.tally.counts
  const core = coreFindings(plan, found, counts)
  const [atRisk = 0] = found.equity.quantiles([TAIL])
  return {
    ...core,
    valueAtRisk: 1 - atRisk,
    expectedShortfall: 1 - found.equity.lowestMean(TAIL),
    quantileError: exact ? 0 : SKETCH_ERROR,
    convergence: convergenceOf(run, found, counts),
    fan: plan.fanPaths > 0 ? fanOf(run) : null,
  }
}

type Core = Omit<RunSummary, 'valueAtRisk' | 'expectedShortfall' | 'quantileError' | 'convergence' | 'fan'>

function coreFindings(plan: SimulationPlan, found: RunDistributions, counts: PathCounts): Core {
  const chance = (bound: number | null, count: number): Chance | null =>
    bound === null ? null : chanceOf(count, counts.paths)
  const anyFloor = plan.floor ?? plan.trailingFloor
  const full = plan.detail === 'full'
  return {
    paths: counts.paths,
    trades: plan.trades,
    finalEquity: spreadOf(found.equity),
    growthPerTrade: growthPerTrade(found, counts, plan.trades),
    maxDrawdown: spreadOf(found.drawdown),
    timeUnderWater: found.underWater && spreadOf(found.underWater),
    losingStreak: found.losingStreak && spreadOf(found.losingStreak),
    ruin: chance(anyFloor, counts.ruined),
    floorTouched: chance(plan.floor, counts.floor),
    trailingFloorTouched: chance(plan.trailingFloor, counts.trailingFloor),
    targetFirst: full ? chance(plan.target, counts.target) : null,
    limitFirst: full ? chance(plan.limit, counts.limit) : null,
  }
}

/** A share of `count` in `of` with its interval. */
export function chanceOf(count: number, of: number): Chance {
  const [low, high] = wilsonInterval(count, of)
  return { probability: count / of, low, high }
}

function spreadOf(distribution: Distribution): Spread {
  const { mean, standardError } = distribution
  return { mean, standardError, quantiles: distribution.quantiles(QUANTILES) }
}

/** Growth per trade from mean log wealth: what compounding really gives, not the mean of the ends. */
export function growthPerTrade(
  { log }: RunDistributions,
  { bust }: PathCounts,
  trades: number,
): RunSummary['growthPerTrade'] {
  if (bust > 0) return { value: -1, low: -1, high: -1 }
  const half = Z_95 * log.standardError
  return {
    value: Math.expm1(log.mean / trades),
    low: Math.expm1((log.mean - half) / trades),
    high: Math.expm1((log.mean + half) / trades),
  }
}
