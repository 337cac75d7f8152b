import type { PlannedOrder, PlanInput, PlanView } from '../../contract/portfolio/plan.ts'
import { canonical } from '../../domain/kernel/canonical.ts'
import { dec, divide, fromFloat, rounded, toFloat, ZERO, type Dec } from '../../domain/kernel/money.ts'
import {
  rebalancePlan,
  type PlannedTrade,
  type RebalancePlan,
} from '../../domain/portfolio/rebalance/rebalance-plan.ts'
import { measureSettings } from '../studies-market.ts'
import type { SizeOrder } from '../size-order.ts'
import type { Workspace } from '../workspace.ts'
import { bookFigures } from './book-figures.ts'
import { covarianceOf } from './covariance.ts'
import { decideInTurn, type DecidedInTurn, type DecidedTogether } from './decide-in-turn.ts'
import { heldWeights, weightsOf, type HeldWeights } from './held-weights.ts'
import type { MarketFigures } from './market-figures.ts'
import { ordersTo, planLots, stopFor, type PlanLots } from './plan-lots.ts'
import { plannedDecision } from './planned-decision.ts'
import { studyInstant } from './read-study-frame.ts'
import { readPlan, type WantedPlan } from './read-plan.ts'

/** A plan with everything it was made from, so that it can be recorded as it was shown. */
export interface MadePlan {
  readonly view: PlanView
  readonly decided: DecidedTogether
}

/** Orders from what is held to target weights, each through the governor. Nothing is recorded. */
export async function makePlan(workspace: Workspace, asked: PlanInput): Promise<MadePlan> {
  const wanted = readPlan(workspace, asked)
  const symbols = [...new Set([...Object.keys(wanted.targets), ...Object.keys(heldWeights(workspace).weights)])].sort()
  const frame = { at: studyInstant(workspace), symbols, lookBack: wanted.lookBack, linkage: 'average' as const }
  const task = { kind: 'figures', frame, correlation: wanted.correlation } as const
  const studied = symbols.length === 0 ? undefined : await workspace.markets.work(workspace.book, task)
  // Read anew: the book may have changed while the markets were studied.
  return finish(workspace, wanted, heldWeights(workspace), studied)
}

async function finish(
  workspace: Workspace,
  wanted: WantedPlan,
  held: HeldWeights,
  studied:
    | ({ readonly ok: boolean } & { readonly value?: MarketFigures; readonly error?: { readonly says: string } })
    | undefined,
): Promise<MadePlan> {
  const market = studied?.value
  const { input } = held.book
  const symbols = [...new Set([...Object.keys(wanted.targets), ...Object.keys(held.weights)])].sort()
  const targetOf = (symbol: string): number =>
    wanted.targets[symbol] ?? (wanted.closesOthers ? 0 : (held.weights[symbol] ?? 0))
  const lots = symbols.map((symbol) =>
    planLots(workspace.book, input, symbol, {
      present: held.weights[symbol] ?? 0,
      target: targetOf(symbol),
      equity: held.equity,
    }),
  )
  const plan = rebalancePlan(
    lots.map(({ asset }) => asset),
    {
      band: wanted.band,
      horizonDays: wanted.horizonDays,
      riskAversion: wanted.lambda,
      ...momentsOf(symbols, market, wanted),
    },
  )
  const steps = plan.trades.flatMap((trade) => stepsOf(trade, lots[trade.index], wanted))
  const decided = await decideInTurn(
    workspace,
    steps.map(({ order }) => order),
  )
  const orders = decided.orders.map((one, i) => plannedOrder(one, steps[i], held))
  const figures = (weights: Readonly<Record<string, number>>): PlanView['present'] =>
    bookFigures(weights, market, wanted.expected, measureSettings(held.profile).riskFree)
  const notes = [
    ...(studied?.error === undefined ? [] : [`Volatility and gain are not known: ${studied.error.says}`]),
    ...(market?.leftOut ?? []).map(({ symbol, says }) => `${symbol} was not studied: ${says}.`),
  ]
  const cut = orders.filter(({ decision }) => decision.outcome !== 'approved').length
  return {
    decided,
    view: {
      planId: planIdOf(workspace, decided),
      at: held.at,
      currency: held.account.currency,
      equity: rounded(held.equity),
      orders,
      kept: plan.kept
        .filter(({ name, reason }) => reason !== 'on_target' || wanted.targets[name] !== undefined)
        .map(({ index, name, says }) => ({
          symbol: name,
          present: lots[index]?.asset.present ?? 0,
          target: lots[index]?.asset.target ?? 0,
          says,
        })),
      turnover: plan.turnover,
      cost: money(held.equity, plan.cost),
      benefit: plan.benefit === undefined ? null : money(held.equity, plan.benefit),
      worthwhile: plan.worthwhile ?? null,
      present: figures(held.weights),
      target: figures(Object.fromEntries(symbols.map((symbol) => [symbol, targetOf(symbol)]))),
      after: figures(weightsOf(decided.after, held.equity)),
      notes,
      says: saysOf(plan, cut),
    },
  }
}

function momentsOf(
  symbols: readonly string[],
  market: MarketFigures | undefined,
  { expected }: WantedPlan,
): { sigma?: Float64Array; mu?: Float64Array } {
  if (market === undefined) return {}
  const places = symbols.map((symbol) => market.symbols.indexOf(symbol))
  const mu = symbols.map((symbol, i) => expected[symbol] ?? market.expected[places[i] ?? -1] ?? Number.NaN)
  if (places.some((place) => place < 0) || mu.some(Number.isNaN)) return {}
  const n = market.symbols.length
  const correlation = places.flatMap((i) => places.map((j) => market.correlation[i * n + j] ?? Number.NaN))
  const volatility = places.map((place) => market.volatility[place] ?? Number.NaN)
  return { sigma: covarianceOf(correlation, volatility), mu: Float64Array.from(mu) }
}

interface Step {
  /** 1 for the new order after an exit that crosses flat. */
  readonly leg: number
  readonly order: SizeOrder
  readonly trade: PlannedTrade
  readonly lots: PlanLots
  readonly side: 'buy' | 'sell'
  readonly quantity: string
  /** Share of the trade this order is. */
  readonly share: number
}

function stepsOf(trade: PlannedTrade, lots: PlanLots | undefined, { stop, strategy }: WantedPlan): readonly Step[] {
  if (lots === undefined) return []
  const orders = ordersTo(lots, trade.lots)
  const whole = orders.reduce((sum, { quantity }) => sum + Number(quantity), 0)
  return orders.map(({ side, quantity }, leg) => ({
    leg,
    trade,
    lots,
    side,
    quantity,
    share: whole > 0 ? Number(quantity) / whole : 0,
    order: {
      request: {
        symbol: trade.name,
        side,
        quantity,
        entry: lots.last.value,
        stop: stop === null ? null : stopFor(lots, stop, side),
        strategy,
        note: `Rebalance: ${trade.says}`,
      },
    },
  }))
}

function plannedOrder({ body }: DecidedInTurn, step: Step | undefined, { equity, account }: HeldWeights): PlannedOrder {
  const { trade, lots, side = 'buy', quantity = '0', share = 0, leg = 0 } = step ?? {}
  const price = lots?.last.value ?? '0'
  const perUnit = lots?.perUnit ?? ZERO
  const weight = toFloat(divide(perUnit, equity))
  const sign = side === 'sell' ? -1 : 1
  return {
    symbol: body.symbol,
    side,
    quantity,
    price,
    notional: rounded(perUnit.times(dec(quantity))),
    currency: account.currency,
    present: lots?.asset.present ?? 0,
    target: lots?.asset.target ?? 0,
    after: (leg === 0 ? (lots?.asset.present ?? 0) : 0) + sign * weight * Number(body.quantity),
    cost: money(equity, (trade?.cost ?? 0) * share),
    decision: plannedDecision(body),
    says: `${trade?.says ?? ''} ${leg === 0 ? '' : 'For when the exit before it is filled. '}${body.says}`.trim(),
  }
}

/** What would be recorded: the same symbols, sides and sizes under the same profiles, whatever prices did within a lot. */
function planIdOf(workspace: Workspace, { orders }: DecidedTogether): string {
  const said = orders.map(({ body, inputs }) => ({
    symbol: body.symbol,
    side: body.side,
    kind: body.kind,
    quantity: body.quantity,
    proposed: body.proposed,
    outcome: body.outcome,
    profile: inputs.profileHash,
    account: body.accountId,
  }))
  return workspace.options.ambient.sha256(canonical(said)).slice(0, 32)
}

function saysOf(plan: RebalancePlan, cut: number): string {
  return cut === 0 ? plan.says : `${plan.says} The governor cuts or refuses ${cut} of the orders.`
}

function money(equity: Dec, share: number): string {
  return rounded(equity.times(fromFloat(share)))
}
