import type { ModelInput } from '../../contract/simulation/input.ts'
import type { ModelView } from '../../contract/simulation/result.ts'
import { mean } from '../../domain/stats/moments.ts'
import { blockLength } from '../../domain/simulation/block-length.ts'
import { fullKelly } from '../../domain/simulation/full-kelly.ts'
import type { BootstrapModel, GaussianModel, Model } from '../../domain/simulation/model.ts'
import { readModel } from '../../domain/simulation/read-model.ts'
import { portfolioMoments } from '../../domain/simulation/settle-returns.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { covarianceOf } from './covariance-of.ts'
import { figure, figures, refuseAll } from './read-figures.ts'
import { missingTrades, tradedR } from './traded-r.ts'

/** A model as asked for, read: what draws the outcomes, and what they are drawn from, in words. */
export interface AskedModel {
  readonly model: Model
  readonly outcomes: 'r' | 'return'
  readonly says: string
}

/** Reads a model; the book's own trades become a bootstrap, or a win rate and a payoff with the trades as their evidence. */
export function modelOf(workspace: Workspace, asked: ModelInput): AskedModel {
  const read = readAsked(workspace, asked)
  refuseAll(readModel(read.model))
  return read
}

/** A model for the reader, after costs of `cost` a trade. */
export function modelView({ model, outcomes, says }: AskedModel, cost: number): ModelView {
  const kelly = fullKelly(model, cost) ?? null
  const none = { winProbability: null, payoff: null, block: null }
  switch (model.kind) {
    case 'winloss': {
      const { winProbability, payoff, edge } = model
      const count = edge === undefined ? 0 : edge.wins.length + edge.losses.length
      const expected = winProbability * payoff - (1 - winProbability)
      return { kind: 'winloss', outcomes, count, winProbability, payoff, mean: expected, block: null, kelly, says }
    }
    case 'bootstrap': {
      const { returns, block = 1 } = model
      const settled = block === 'auto' ? (returns.length > 1 ? blockLength(returns) : 1) : block
      const shape = winsAndPayoff(returns)
      return {
        kind: 'bootstrap',
        outcomes,
        count: returns.length,
        ...shape,
        mean: mean(returns),
        block: settled,
        kelly,
        says,
      }
    }
    case 'gaussian':
    case 'student-t':
      return {
        kind: model.kind,
        outcomes,
        count: model.weights.length,
        ...none,
        mean: portfolioMoments(model).mean,
        kelly,
        says,
      }
  }
}

/** Win rate and mean win over mean loss of R-multiples; scratches count in neither. */
export function winsAndPayoff(multiples: readonly number[]): {
  readonly winProbability: number | null
  readonly payoff: number | null
} {
  const wins = multiples.filter((r) => r > 0)
  const losses = multiples.filter((r) => r < 0)
  const decided = wins.length + losses.length
  return {
    winProbability: decided === 0 ? null : wins.length / decided,
    payoff: wins.length === 0 || losses.length === 0 ? null : -mean(wins) / mean(losses),
  }
}

function readAsked(workspace: Workspace, asked: ModelInput): AskedModel {
  switch (asked.kind) {
    case 'winloss': {
      const winProbability = figure(asked.p, 'model.p', { from: 0, to: 1 })
      const payoff = figure(asked.b, 'model.b', { above: 0, to: 1e6 })
      const wins = figures(asked.wins ?? [], 'model.wins')
      const losses = figures(asked.losses ?? [], 'model.losses').map(Math.abs)
      const edge = asked.wins === undefined && asked.losses === undefined ? {} : { edge: { wins, losses } }
      const says = `Wins ${round(payoff)} R with a chance of ${round(winProbability * 100)} %, else loses 1 R.`
      return { model: { kind: 'winloss', winProbability, payoff, ...edge }, outcomes: 'r', says }
    }
    case 'bootstrap': {
      const returns = figures(asked.returns, 'model.returns')
      const says = `Drawn from ${returns.length} R-multiples as given.`
      return { model: { kind: 'bootstrap', returns, ...drawing(asked) }, outcomes: 'r', says }
    }
    case 'book':
      return ofBook(workspace, asked)
    case 'gaussian':
    case 'student-t': {
      const weights = figures(asked.weights, 'model.weights')
      const shape: Omit<GaussianModel, 'kind'> = {
        mu: figures(asked.mu, 'model.mu'),
        sigma: covarianceOf(asked.sigma, asked.correlation),
        weights,
        ...(asked.everyAsset === undefined ? {} : { everyAsset: asked.everyAsset }),
      }
      const assets = weights.length === 1 ? 'one asset' : `${weights.length} assets at constant weights`
      if (asked.kind === 'gaussian')
        return { model: { kind: 'gaussian', ...shape }, outcomes: 'return', says: `Normal returns of ${assets}.` }
      const degreesOfFreedom = figure(asked.degreesOfFreedom, 'model.degreesOfFreedom', { above: 2, to: 1e6 })
      const says = `Student-t returns of ${assets} with ${round(degreesOfFreedom)} degrees of freedom.`
      return { model: { kind: 'student-t', ...shape, degreesOfFreedom }, outcomes: 'return', says }
    }
  }
}

function ofBook(workspace: Workspace, asked: Extract<ModelInput, { kind: 'book' }>): AskedModel {
  const traded = tradedR(workspace, asked.trades)
  const missing = missingTrades(traded)
  if (missing !== undefined) throw new DeskRefusal('EDGE_UNCERTAIN', missing, 'model.trades')
  const returns = traded.inR.map(({ r }) => r)
  const from = `${returns.length} closed trades in R (${traded.scope})`
  if (asked.as !== 'winloss')
    return { model: { kind: 'bootstrap', returns, ...drawing(asked) }, outcomes: 'r', says: `Drawn from ${from}.` }
  const { winProbability, payoff } = winsAndPayoff(returns)
  if (winProbability === null || payoff === null) {
    const says = `The ${from} have no ${returns.some((r) => r < 0) ? 'win' : 'loss'}, so their payoff is not defined: draw the trades themselves.`
    throw new DeskRefusal('EDGE_UNCERTAIN', says, 'model.as')
  }
  // A win is counted in mean losses: then a loss is 1 R, as the model has it.
  const loss = -mean(returns.filter((r) => r < 0))
  const wins = returns.filter((r) => r > 0).map((r) => r / loss)
  const losses = returns.filter((r) => r < 0).map((r) => -r / loss)
  const edge = asked.uncertain === true ? { edge: { wins, losses } } : {}
  const says = `Wins ${round(payoff)} mean losses with a chance of ${round(winProbability * 100)} %, from ${from}.`
  return { model: { kind: 'winloss', winProbability, payoff, ...edge }, outcomes: 'r', says }
}

function drawing({
  block,
  uncertain,
}: Pick<Extract<ModelInput, { kind: 'bootstrap' }>, 'block' | 'uncertain'>): Pick<
  BootstrapModel,
  'block' | 'uncertain'
> {
  return {
    ...(block === undefined ? {} : { block: block === 'auto' ? 'auto' : figure(block, 'model.block') }),
    ...(uncertain === undefined ? {} : { uncertain }),
  }
}

function round(value: number): number {
  return Number(value.toPrecision(4))
}
