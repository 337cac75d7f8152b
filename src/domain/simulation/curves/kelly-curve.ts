import { invariant } from '../../kernel/invariant.ts'
import type { Reason } from '../../kernel/reason.ts'
import { ok, type Result } from '../../kernel/result.ts'
import { fullKelly } from '../full-kelly.ts'
import type { Kernels } from '../kernels/kernels.ts'
import type { Model, SimulationRequest } from '../model.ts'
import { drawEdge } from '../outcomes/win-loss-source.ts'
import { pathRun } from '../path-run.ts'
import { RandomStream, STREAMS } from '../random/random-stream.ts'
import { runSeed } from '../random/run-seed.ts'
import { readPlan } from '../read-plan.ts'
import { countPaths } from '../results/path-counts.ts'
import { quantilesOf } from '../results/quantiles.ts'
import { drawdownOf } from '../results/equity-of.ts'

/** What a curve over the staked fraction is made of. Every point and resample runs on the same random numbers. */
export interface CurveRequest {
  /** Model, paths, trades, seed, costs and floors; its staking does not matter. */
  readonly base: Omit<SimulationRequest, 'staking' | 'detail'>
  /** Fractions of equity, rising. */
  readonly fractions: readonly number[]
  /** Other edges that the evidence allows, for the bands; 0 for none. Needs a bootstrap, or a win/loss model with its evidence. */
  readonly resamples: number
  /** Paths of each resampled edge. */
  readonly resamplePaths: number
}

/** What one point of a curve, or one resampled edge of it, found. */
export interface CurveCell {
  readonly index: number
  readonly paths: number
  /** exp(median log wealth / trades) − 1. */
  readonly medianGrowth: number
  readonly ruined: number
  readonly medianDrawdown: number
}

/** Fractions from a twentieth of full Kelly to twice it; to half of what a loss can take where Kelly has no value. */
export function curveFractions(model: Model, cost: number, points: number): number[] {
  const full = fullKelly(model, cost)
  const most = full === undefined || full <= 0 ? 0.2 : 2 * full
  return Array.from({ length: points }, (_, point) => (most * (point + 1)) / points)
}

/** Cells of a request: first the points, then the points of each resample. */
export function curveCells({ fractions, resamples }: CurveRequest): number {
  return fractions.length * (1 + resamples)
}

/** Checks a request by the plan of its first and last point. */
export function readCurve(request: CurveRequest): Result<CurveRequest, readonly Reason[]> {
  for (const fraction of [request.fractions[0] ?? Number.NaN, request.fractions.at(-1) ?? Number.NaN]) {
    const plan = readPlan({ ...request.base, staking: { method: 'fixed_fraction', fraction }, detail: 'core' })
    if (!plan.ok) return plan
  }
  return ok(request)
}

/** Runs cell `index` of a request that was read. */
export function runCurveCell(request: CurveRequest, index: number, kernels: Kernels): CurveCell {
  const { base, fractions, resamplePaths } = request
  const resample = Math.floor(index / fractions.length) - 1
  const fraction = fractions[index % fractions.length] ?? Number.NaN
  const model = resample < 0 ? base.model : resampled(base.model, base.seed, resample)
  const paths = resample < 0 ? base.paths : Math.min(resamplePaths, base.paths)
  const plan = readPlan({ ...base, model, paths, staking: { method: 'fixed_fraction', fraction }, detail: 'core' })
  invariant(plan.ok, 'a curve that was read has a plan for every cell')
  const { measures } = pathRun(plan.value, kernels).run(0, paths)
  const [medianLog = 0] = quantilesOf(
    measures.logEquity.map((log) => Math.max(log, -1e6)),
    [0.5],
  )
  const [medianDepth = 0] = quantilesOf(
    measures.logDepth.map((depth) => Math.min(depth, 1e6)),
    [0.5],
  )
  return {
    index,
    paths,
    medianGrowth: Math.expm1(medianLog / base.trades),
    ruined: countPaths(measures, plan.value).ruined,
    medianDrawdown: drawdownOf(medianDepth),
  }
}

/** Whether a model carries the evidence that bands are drawn from. */
export function hasEvidence(model: Model): boolean {
  return model.kind === 'bootstrap' || (model.kind === 'winloss' && model.edge !== undefined)
}

/** Another edge that the evidence allows: resample `draw` is the same for every fraction. */
function resampled(model: Model, seed: number, draw: number): Model {
  const stream = new RandomStream().start(runSeed(seed), STREAMS.resample, draw)
  if (model.kind === 'bootstrap') {
    const { returns } = model
    return { ...model, uncertain: false, returns: returns.map(() => returns[stream.index(returns.length)] ?? 0) }
  }
  if (model.kind !== 'winloss' || model.edge === undefined) return model
  const { chance, payoff } = drawEdge(stream, model.edge)
  return { kind: 'winloss', winProbability: chance, payoff }
}
