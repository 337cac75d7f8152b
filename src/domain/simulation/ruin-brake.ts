import type { Reason } from '../kernel/reason.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { Kernels } from './kernels/kernels.ts'
import { typescriptKernels } from './kernels/typescript-kernels.ts'
import type { BootstrapModel, WinLossModel } from './model.ts'
import { pathRun } from './path-run.ts'
import type { SimulationPlan } from './plan.ts'
import { readPlan } from './read-plan.ts'
import { countPaths } from './results/path-counts.ts'
import { type Chance, chanceOf } from './results/summarise-run.ts'

/** When the brake looks, and what it demands. */
export interface RuinBrakeSettings {
  /** Risk fractions up to this are not questioned. */
  readonly quietRisk: number
  /** Equity over present equity that counts as ruin. */
  readonly floor: number
  readonly trades: number
  /** The chance of ever touching the floor must stay below this. */
  readonly mostRuin: number
  readonly paths: number
  readonly seed: number
}

/** What the brake found. */
export interface RuinBrake {
  /** In [0, 1]: the largest multiplier of the risk that passes, to within 1/65,536 of equity and never above it. */
  readonly multiplier: number
  /** Chance of ruin at the full risk; `null` where the risk is too small to be questioned. */
  readonly ruin: Chance | null
  /** Chance of ruin at the braked risk. */
  readonly ruinAfter: Chance | null
  readonly says: string
}

/** Risk above 0.5 % must have a chance below 0.5 % of ever halving equity over 100 trades. */
export const RUIN_BRAKE: RuinBrakeSettings = {
  quietRisk: 0.005,
  floor: 0.5,
  trades: 100,
  mostRuin: 0.005,
  paths: 10_000,
  seed: 20_250_101,
}

/** Steps of equity that risks are tried on: the same ones from any risk, so that more risk never ends at less. */
const STEPS = 65_536
/** Multipliers are cut to twelve decimals. */
const FIGURES = 1e12

/**
 * The Monte Carlo brake: how much of a risk fraction the trader's own outcomes allow, never less than the quiet risk. Every
 * risk is tried on the same random numbers, so that the search is steady and a replay finds the same.
 */
export function ruinBrake(
  risk: number,
  model: WinLossModel | BootstrapModel,
  settings: RuinBrakeSettings = RUIN_BRAKE,
  kernels: Kernels = typescriptKernels,
): Result<RuinBrake, readonly Reason[]> {
  const plan = readPlan({
    model,
    staking: { method: 'fixed_fraction', fraction: risk },
    paths: settings.paths,
    trades: settings.trades,
    seed: settings.seed,
    floor: settings.floor,
    detail: 'core',
  })
  if (!plan.ok) return plan
  if (risk <= settings.quietRisk) {
    const says = `The risk of ${percent(risk)} is at most ${percent(settings.quietRisk)}: no simulation is needed.`
    return ok({ multiplier: 1, ruin: null, ruinAfter: null, says })
  }
  const ruinAt = (fraction: number): Chance => ruinOf(plan.value, fraction, kernels)
  const full = ruinAt(risk)
  if (full.probability < settings.mostRuin) {
    return ok({ multiplier: 1, ruin: full, ruinAfter: full, says: sentence(full, settings, 1) })
  }
  // What is quiet passes unasked.
  let passes = Math.floor(settings.quietRisk * STEPS)
  let fails = Math.ceil(risk * STEPS)
  while (fails - passes > 1) {
    const middle = (passes + fails) >> 1
    if (ruinAt(middle / STEPS).probability < settings.mostRuin) passes = middle
    else fails = middle
  }
  const allowed = Math.max(passes / STEPS, settings.quietRisk)
  const multiplier = Math.floor((allowed / risk) * FIGURES) / FIGURES
  const after = multiplier === 0 ? chanceOf(0, settings.paths) : ruinAt(multiplier * risk)
  return ok({ multiplier, ruin: full, ruinAfter: after, says: sentence(full, settings, multiplier) })
}

function ruinOf(plan: SimulationPlan, fraction: number, kernels: Kernels): Chance {
  const tried: SimulationPlan = { ...plan, staking: { method: 'fixed_fraction', fraction } }
  const { measures } = pathRun(tried, kernels).run(0, plan.paths)
  return chanceOf(countPaths(measures, tried).floor, plan.paths)
}

function sentence({ probability }: Chance, { floor, trades, mostRuin }: RuinBrakeSettings, multiplier: number): string {
  const found = `The chance of falling to ${percent(floor)} of equity within ${trades} trades is ${percent(probability)}`
  return multiplier === 1
    ? `${found}, below the limit of ${percent(mostRuin)}.`
    : `${found}, not below the limit of ${percent(mostRuin)}: the risk is multiplied by ${Number(multiplier.toPrecision(3))}.`
}

function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(4))} %`
}
