import { BLOCK_TRADES, blockTable } from './kernels/block-table.ts'
import type { KernelJob, Kernels } from './kernels/kernels.ts'
import { inUnits, type LogScale, logScale } from './kernels/log-scale.ts'
import { bootstrapSource } from './outcomes/bootstrap-source.ts'
import type { OutcomeSource } from './outcomes/outcome-source.ts'
import { returnsSource } from './outcomes/returns-source.ts'
import { uncertainWinLossSource, winLossSource } from './outcomes/win-loss-source.ts'
import type { SettledReturns, SimulationPlan } from './plan.ts'
import { type RunSeed, runSeed } from './random/run-seed.ts'
import { type PathMeasures, pathMeasures } from './results/path-measures.ts'
import { equityWalk } from './walks/equity-walk.ts'
import { growthOf } from './walks/growth-of.ts'
import { logWalk, type UnitBounds, unitBounds } from './walks/log-walk.ts'
import type { LogBounds, Walk } from './walks/walk.ts'

/** What paths `first` and on did: their measures and, for those the plan keeps, their log equity step by step. */
export interface PathChunk {
  readonly first: number
  readonly count: number
  readonly measures: PathMeasures
  /** Row after row of the plan's `fanSteps`; empty beyond its `fanPaths`. */
  readonly fan: Float32Array
}

/** A plan made ready to run any of its paths. */
export interface PathRun {
  run(first: number, count: number): PathChunk
}

/** Prepares `plan` for running on `kernels`. Path i comes out the same in any chunk, on any kernels. */
export function pathRun(plan: SimulationPlan, kernels: Kernels): PathRun {
  const { source, walk, job } = prepare(plan)
  const outcomes = new Float64Array(plan.trades)
  const width = plan.fanSteps.length
  return {
    run(first, count) {
      const measures = pathMeasures(count, plan.detail)
      const kept = Math.max(0, Math.min(plan.fanPaths - first, count))
      const fan = new Float32Array(kept * width)
      // Paths whose steps are kept are walked; the kernels do the rest where they can.
      const walked = job === undefined ? count : kept
      for (let path = 0; path < walked; path++) {
        source.fill(first + path, outcomes)
        if (path < kept) {
          const row = fan.subarray(path * width, (path + 1) * width)
          walk(outcomes, measures, path, { steps: plan.fanSteps, row })
        } else walk(outcomes, measures, path)
      }
      if (job !== undefined && walked < count) kernels.run(job, first + walked, count - walked, measures, walked)
      return { first, count, measures, fan }
    },
  }
}

interface Prepared {
  readonly source: OutcomeSource
  readonly walk: Walk
  /** Present where the kernels measure all that the plan asks for. */
  readonly job: KernelJob | undefined
}

function prepare(plan: SimulationPlan): Prepared {
  const seed = runSeed(plan.seed)
  const bounds = logBounds(plan)
  const { model, staking, cost, trades } = plan
  const swift = plan.detail === 'core' && !plan.stopAtFloor
  if (staking.method !== 'fixed_fraction') {
    const walk = equityWalk(growthOf(staking), bounds, plan.stopAtFloor)
    return { source: outcomesInR(plan, seed), walk, job: undefined }
  }
  const { fraction } = staking
  if (model.kind === 'returns') {
    const base = 1 - fraction * cost
    const walk = equityWalk((sum) => base + sum, bounds, plan.stopAtFloor)
    const job =
      swift && model.degreesOfFreedom === undefined ? returnsJob(plan, model, fraction, base, seed) : undefined
    return { source: returnsSource(seed, model, fraction), walk, job }
  }
  const growths = growthsOf(model, cost).map((outcome) => Math.log1p(fraction * outcome))
  if (!growths.every(Number.isFinite)) {
    const walk = equityWalk(growthOf(staking), bounds, plan.stopAtFloor)
    return { source: outcomesInR(plan, seed), walk, job: undefined }
  }
  const scale = logScale(trades, Math.max(...growths.map(Math.abs)))
  const units = inUnits(growths, scale)
  if (model.kind === 'winloss' && model.edge !== undefined) {
    const walk = equityWalk(growthOf(staking), bounds, plan.stopAtFloor)
    return { source: outcomesInR(plan, seed), walk, job: undefined }
  }
  const inWholeUnits = unitBounds(scale.bits, bounds)
  const walk = logWalk(scale.bits, inWholeUnits, plan.stopAtFloor)
  const job = scale.compact && !plan.stopAtFloor ? tradesJob(plan, units, scale, seed, inWholeUnits) : undefined
  return { source: sourceOf(plan, seed, units), walk, job }
}

function growthsOf(model: Exclude<SimulationPlan['model'], SettledReturns>, cost: number): number[] {
  return model.kind === 'winloss' ? [model.payoff - cost, -1 - cost] : model.returns.map((r) => r - cost)
}

function outcomesInR(plan: SimulationPlan, seed: RunSeed): OutcomeSource {
  const { model, cost } = plan
  if (model.kind === 'returns') {
    const source = returnsSource(seed, model, 1)
    return {
      fill(path, out) {
        source.fill(path, out)
        for (let step = 0; step < out.length; step++) out[step] = (out[step] as number) - cost
      },
    }
  }
  if (model.kind === 'winloss' && model.edge !== undefined) return uncertainWinLossSource(seed, model.edge, cost)
  return sourceOf(plan, seed, Float64Array.from(growthsOf(model, cost)))
}

/** A source of `values`, which stand for the outcomes of the model in its order. */
function sourceOf({ model }: SimulationPlan, seed: RunSeed, values: Float64Array): OutcomeSource {
  if (model.kind === 'bootstrap') {
    return bootstrapSource(seed, values, { block: model.block, uncertain: model.uncertain ?? false })
  }
  const chance = model.kind === 'winloss' ? model.winProbability : Number.NaN
  return winLossSource(seed, chance, values[0] as number, values[1] as number)
}

function tradesJob(
  plan: SimulationPlan,
  units: Float64Array,
  { bits }: LogScale,
  seed: RunSeed,
  { target, limit }: UnitBounds,
): KernelJob | undefined {
  const { model, trades, detail } = plan
  const [up, down] = [units[0] as number, units[1] as number]
  const all = { kind: 'trades', seed, steps: trades, bits, target, limit } as const
  if (model.kind === 'winloss') {
    if (detail === 'full') return { ...all, draw: { kind: 'flips', chance: model.winProbability, up, down } }
    const table = (count: number) => blockTable(count, model.winProbability, up, down)
    const wholeBlocks = Math.floor(trades / BLOCK_TRADES)
    return { kind: 'blocks', seed, wholeBlocks, whole: table(BLOCK_TRADES), rest: table(trades % BLOCK_TRADES), bits }
  }
  if (model.kind !== 'bootstrap' || model.block > 1 || model.uncertain === true) return undefined
  const increments = Int32Array.from(units)
  if (detail === 'full') return { ...all, draw: { kind: 'list', increments } }
  return { kind: 'bootstrap', seed, steps: trades, increments, bits }
}

function returnsJob(
  plan: SimulationPlan,
  model: SettledReturns,
  fraction: number,
  base: number,
  seed: RunSeed,
): KernelJob {
  return {
    kind: 'gaussians',
    seed,
    steps: plan.trades,
    assets: model.drift.length,
    factor: Float64Array.from(model.factor),
    drift: Float64Array.from(model.drift),
    weights: Float64Array.from(model.weights, (weight) => weight * fraction),
    base,
  }
}

function logBounds({ floor, trailingFloor, target, limit }: SimulationPlan): LogBounds {
  return {
    floor: floor === null ? -Infinity : Math.log(floor),
    trailingFloor: trailingFloor === null ? -Infinity : Math.log(trailingFloor),
    target: target === null ? Infinity : Math.log(target),
    limit: limit === null ? -Infinity : Math.log(limit),
  }
}
