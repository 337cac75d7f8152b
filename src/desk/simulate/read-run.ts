import type { RunInput } from '../../contract/simulation/input.ts'
import type { ModelView, StakingView } from '../../contract/simulation/result.ts'
import type { SimulationRequest, Staking } from '../../domain/simulation/model.ts'
import type { SimulationPlan } from '../../domain/simulation/plan.ts'
import { readPlan } from '../../domain/simulation/read-plan.ts'
import { readPositive } from '../../domain/kernel/money.ts'
import type { Workspace } from '../workspace.ts'
import { type AskedModel, modelOf, modelView } from './model-of.ts'
import { accepted, budgetOf, figure, figureOr } from './read-figures.ts'
import { stakingOf } from './staking-of.ts'

/** What a simulation is asked, but for what is staked. */
export type Simulated = Omit<RunInput, 'staking' | 'record'>

/** A simulation read, but for what is staked. */
export interface ReadSimulation {
  readonly asked: AskedModel
  readonly base: Omit<SimulationRequest, 'staking' | 'detail'>
  readonly cost: number
  readonly startingEquity: string
  readonly model: ModelView
  readonly timeBudget: number
  readonly memoryBudget: number
}

/** A run read whole: its plan, and what the reader is told of it. */
export interface ReadRun extends ReadSimulation {
  readonly plan: SimulationPlan
  readonly staking: StakingView
}

/** Reads what simulations have in common; refuses with every fault of one kind at once. */
export function readSimulation(workspace: Workspace, input: Simulated): ReadSimulation {
  const asked = modelOf(workspace, input.model)
  const bound = (name: 'floor' | 'trailingFloor' | 'target' | 'limit'): Partial<SimulationRequest> =>
    input[name] === undefined ? {} : { [name]: figure(input[name], name) }
  const fee = figureOr(input.fee, 'fee', 0, { from: 0, to: 1000 })
  const slippage = figureOr(input.slippage, 'slippage', 0, { from: 0, to: 1000 })
  const { startingEquity = '1' } = input
  accepted(readPositive(startingEquity, 'startingEquity'))
  const base = {
    model: asked.model,
    paths: figure(input.paths, 'paths'),
    trades: figure(input.trades, 'trades'),
    seed: figure(input.seed, 'seed'),
    fee,
    slippage,
    ...bound('floor'),
    ...bound('trailingFloor'),
    ...bound('target'),
    ...bound('limit'),
    ...(input.stopAtFloor === undefined ? {} : { stopAtFloor: input.stopAtFloor }),
  }
  const cost = fee + slippage
  return { asked, base, cost, startingEquity, model: modelView(asked, cost), ...budgetOf(input.budget) }
}

/** Reads one run. */
export function readRun(workspace: Workspace, input: RunInput): ReadRun {
  const read = readSimulation(workspace, input)
  const { staking, view } = stakingOf(workspace, input.staking, read.asked, read.cost)
  const plan = planOf(read, staking, input.detail ?? 'full')
  return { ...read, plan, staking: view }
}

/** The plan of a simulation under a staking rule. */
export function planOf({ base }: ReadSimulation, staking: Staking, detail: 'core' | 'full'): SimulationPlan {
  return accepted(readPlan({ ...base, staking, detail }))
}
