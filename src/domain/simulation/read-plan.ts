import { type Reason, reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { blockLength } from './block-length.ts'
import { fullKelly } from './full-kelly.ts'
import type { Model, SimulationRequest, Staking } from './model.ts'
import { numberField } from './number-field.ts'
import type { SettledStaking, SimulationPlan } from './plan.ts'
import { readModel } from './read-model.ts'
import { settleReturns } from './settle-returns.ts'

/** Most steps of the fan that are kept. */
export const MOST_FAN_STEPS = 400
/** Paths kept step by step for the fan chart. */
export const FAN_PATHS = 5_000
const MOST_PATHS = 4_000_000_000
const MOST_TRADES = 1_000_000

/** Checks a request whole and settles what it leaves open; every fault names its field, its value and what is allowed. */
export function readPlan(request: SimulationRequest): Result<SimulationPlan, readonly Reason[]> {
  const { staking, seed, fee = 0, slippage = 0, floor, trailingFloor, target, limit, detail = 'full' } = request
  const cost = fee + slippage
  const faults = [
    ...readModel(request.model),
    ...numberField('paths', request.paths, { from: 1, to: MOST_PATHS, whole: true }),
    ...numberField('trades', request.trades, { from: 1, to: MOST_TRADES, whole: true }),
    ...numberField('seed', seed, { from: 0, to: Number.MAX_SAFE_INTEGER, whole: true }),
    ...numberField('fee', fee, { from: 0, to: 1000 }),
    ...numberField('slippage', slippage, { from: 0, to: 1000 }),
    ...(floor === undefined ? [] : numberField('floor', floor, { above: 0, below: 1 })),
    ...(trailingFloor === undefined ? [] : numberField('trailingFloor', trailingFloor, { above: 0, below: 1 })),
    ...(target === undefined ? [] : numberField('target', target, { above: 1, to: 1e9 })),
    ...(limit === undefined ? [] : numberField('limit', limit, { above: 0, below: 1 })),
    ...readStaking(staking),
  ]
  if (faults.length > 0) return err(faults)
  const settled = settleStaking(staking, request.model, cost)
  if (!settled.ok) return err([settled.error])
  const model = settleModel(request.model)
  if (model === undefined) {
    const says = 'model.sigma is not a covariance matrix: it must be symmetric with no negative eigenvalue.'
    return err([reason('INPUT_OUT_OF_RANGE', says, 'model.sigma')])
  }
  return ok({
    model,
    staking: settled.value,
    paths: request.paths,
    trades: request.trades,
    seed,
    cost,
    floor: floor ?? null,
    trailingFloor: trailingFloor ?? null,
    stopAtFloor: request.stopAtFloor ?? false,
    target: target ?? null,
    limit: limit ?? null,
    detail,
    fanPaths: detail === 'core' ? 0 : Math.min(FAN_PATHS, request.paths),
    fanSteps: detail === 'core' ? [] : fanSteps(request.trades),
  })
}

function readStaking(staking: Staking): Reason[] {
  const fraction = numberField('staking.fraction', staking.fraction, { above: 0, to: 1000 })
  switch (staking.method) {
    case 'anti_martingale':
      return [
        ...fraction,
        ...numberField('staking.step', staking.step, { from: 1, to: 100 }),
        ...numberField('staking.cap', staking.cap, { from: staking.fraction, to: 1000 }),
      ]
    case 'drawdown_throttle':
      return [
        ...fraction,
        ...numberField('staking.drawdownLimit', staking.drawdownLimit, { above: 0, below: 1 }),
        ...numberField('staking.factor', staking.factor, { from: 1, to: 1000 }),
      ]
    case 'fixed_fraction':
    case 'fixed_amount':
    case 'kelly':
      return fraction
  }
}

function settleStaking(staking: Staking, model: Model, cost: number): Result<SettledStaking, Reason> {
  if (staking.method !== 'kelly') return ok(staking)
  const full = fullKelly(model, cost)
  if (full === undefined) {
    const says = 'The model never loses, so its Kelly fraction is unbounded: use a fixed fraction.'
    return err(reason('EDGE_UNCERTAIN', says, 'staking.method'))
  }
  if (full <= 0) {
    return err(reason('NO_EDGE', 'The model has no edge after costs, so its Kelly fraction is zero.', 'staking.method'))
  }
  return ok({ method: 'fixed_fraction', fraction: staking.fraction * full })
}

function settleModel(model: Model): SimulationPlan['model'] | undefined {
  if (model.kind === 'winloss') return model
  if (model.kind !== 'bootstrap') return settleReturns(model)
  const { block = 1, returns } = model
  return { ...model, block: block === 'auto' ? (returns.length > 1 ? blockLength(returns) : 1) : block }
}

function fanSteps(trades: number): number[] {
  const kept = Math.min(trades, MOST_FAN_STEPS)
  return Array.from({ length: kept }, (_, index) => Math.round(((index + 1) * trades) / kept))
}
