import type { CurveInput } from '../../contract/simulation/input.ts'
import type { CurveResult } from '../../contract/simulation/result.ts'
import {
  curveFractions,
  type CurveRequest,
  hasEvidence,
  readCurve,
} from '../../domain/simulation/curves/kelly-curve.ts'
import { recommendedFraction } from '../../domain/simulation/curves/kelly-curve-points.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { found, type ReadyRun, threadsOf } from './messages.ts'
import { accepted, figureOr, figures } from './read-figures.ts'
import { readSimulation } from './read-run.ts'
import { mutable, refuseBoundless } from './run-result.ts'
import { toleranceOf } from './tolerance-of.ts'

/** Growth, ruin and drawdown against the staked fraction, read and ready. */
export function readyCurve(workspace: Workspace, input: CurveInput): ReadyRun<CurveResult> {
  const {
    fractions: wanted,
    points: many,
    resamples: edges,
    resamplePaths: few,
    tolerance: borne,
    ...simulated
  } = input
  const read = readSimulation(workspace, simulated)
  const points = figureOr(many, 'points', 24, { from: 2, to: 200, whole: true })
  const fractions = wanted === undefined ? curveFractions(read.asked.model, read.cost, points) : rising(wanted)
  const evidence = hasEvidence(read.asked.model)
  const resamples = figureOr(edges, 'resamples', 40, { from: 0, to: 1000, whole: true })
  const resamplePaths = figureOr(few, 'resamplePaths', 500, { from: 1, to: 1_000_000, whole: true })
  const tolerance = toleranceOf(borne)
  const hasFloor = read.base.floor !== undefined || read.base.trailingFloor !== undefined
  if (tolerance.ruin !== undefined && !hasFloor) {
    throw new DeskRefusal('INPUT_MISSING', 'A tolerance for ruin needs a floor: say what ruin is.', 'floor')
  }
  const request: CurveRequest = accepted(
    readCurve({ base: read.base, fractions, resamples: evidence ? resamples : 0, resamplePaths }),
  )
  const { timeBudget, memoryBudget } = read
  return {
    timeBudget,
    memoryBudget,
    async begin(watch) {
      const threads = threadsOf(workspace)
      const began = workspace.options.ambient.now()
      const curve = found(await threads.curve(request, watch))
      refuseBoundless(curve.map(({ growth }) => growth))
      return {
        points: mutable(curve),
        recommended: recommendedFraction(curve, tolerance),
        model: read.model,
        notion: read.asked.outcomes === 'r' ? 'risk' : 'weight',
        noBands: request.resamples > 0 ? null : noBands(evidence),
        engine: threads.engine,
        seed: read.base.seed,
        paths: read.base.paths,
        trades: read.base.trades,
        milliseconds: workspace.options.ambient.now() - began,
      }
    },
  }
}

function noBands(evidence: boolean): string {
  return evidence
    ? 'No other edges were asked for.'
    : 'The model states its edge without the trades behind it, so how uncertain it is cannot be said.'
}

function rising(wanted: readonly (number | string | null)[]): number[] {
  const fractions = figures(wanted, 'fractions')
  const fall = fractions.findIndex((fraction, index) => index > 0 && fraction <= (fractions[index - 1] ?? 0))
  if (fall < 0) return fractions
  const says = `fractions[${fall}] is ${fractions[fall] ?? ''}; every fraction must be above the one before it.`
  throw new DeskRefusal('INPUT_OUT_OF_RANGE', says, `fractions[${fall}]`)
}
