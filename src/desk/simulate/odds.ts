import type { OddsInput, OddsResult } from '../../contract/simulation/odds.ts'
import { invariant } from '../../domain/kernel/invariant.ts'
import { fromFloat, sayPercent } from '../../domain/kernel/money.ts'
import { lossFloor } from '../../domain/simulation/prop-firm/loss-rule.ts'
import type { PropFirmPlan, PropFirmVariant, TradeDay } from '../../domain/simulation/prop-firm/plan.ts'
import { bestVariant, orderEffect, type PropFirmOdds } from '../../domain/simulation/prop-firm/prop-firm-odds.ts'
import { readPropFirm } from '../../domain/simulation/prop-firm/read-prop-firm.ts'
import { riskBudgetOf } from '../../domain/profile.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { found, type ReadyRun, threadsOf } from './messages.ts'
import { oddsDays } from './odds-days.ts'
import { startingAccount, type StartingAccount } from './program-account.ts'
import { type NamedRule, programRules } from './program-rules.ts'
import { profileAtHand } from './profile-at-hand.ts'
import { accepted, budgetOf, figure, figureOr, figures } from './read-figures.ts'
import { mutable } from './run-result.ts'

/** Risks per trade that are tried where none are named. */
const TRADE_RISKS = [0.001, 0.0025, 0.005, 0.0075, 0.01, 0.0125, 0.015, 0.02, 0.025, 0.03]
/** Steps of the curve over the order's size, from nothing to twice it. */
const ORDER_STEPS = 12
/** Outcomes that stand for an order's stated chance. */
const STATED_OUTCOMES = 10_000

interface AskedOdds {
  readonly account: StartingAccount
  readonly rules: readonly NamedRule[]
  readonly plan: PropFirmPlan
  readonly orderRisks: readonly number[]
  readonly tradeRisks: readonly number[]
  readonly hasOrder: boolean
}

/** The odds of an account under its program, with and without an order, read and ready. */
export function readyOdds(workspace: Workspace, input: OddsInput): ReadyRun<OddsResult> {
  const asked = readOdds(workspace, input)
  return {
    ...budgetOf(input.budget),
    async begin(watch) {
      const threads = threadsOf(workspace)
      const began = workspace.options.ambient.now()
      const odds = found(await threads.propFirm(asked.plan, watch))
      return oddsResult(asked, odds, workspace.options.ambient.now() - began)
    },
  }
}

function readOdds(workspace: Workspace, input: OddsInput): AskedOdds {
  const account = startingAccount(workspace, input)
  const { program, marks, target, minimumDays, daysTraded, tradedToday, bestDay } = account
  const rules = programRules(program, marks.initialBalance)
  const riskPerTrade = figureOr(input.riskPerTrade, 'riskPerTrade', undefined) ?? budgetedRisk(workspace)
  const order = input.order === undefined ? 0 : figure(input.order.risk, 'order.risk', { from: 0, to: 1 })
  const orderRisks =
    input.orderRisks === undefined
      ? Array.from({ length: ORDER_STEPS + 1 }, (_, step) => ((order || riskPerTrade) * 2 * step) / ORDER_STEPS)
      : figures(input.orderRisks, 'orderRisks')
  const tradeRisks = input.tradeRisks === undefined ? TRADE_RISKS : figures(input.tradeRisks, 'tradeRisks')
  const variants: PropFirmVariant[] = [
    { riskPerTrade, orderRisk: 0 },
    { riskPerTrade, orderRisk: order },
    ...orderRisks.map((orderRisk) => ({ riskPerTrade, orderRisk })),
    ...tradeRisks.map((risk) => ({ riskPerTrade: risk, orderRisk: 0 })),
  ]
  const days = oddsDays(workspace, input, program)
  const plan = accepted(
    readPropFirm({
      rules: rules.map(({ rule }) => rule),
      target,
      minimumDays,
      consistency: program.consistency === null ? null : program.consistency.share.toNumber(),
      marks,
      daysTraded,
      tradedToday,
      bestDay,
      days,
      dayBlock: figureOr(input.dayBlock, 'dayBlock', 1),
      cost: figureOr(input.fee, 'fee', 0, { from: 0 }) + figureOr(input.slippage, 'slippage', 0, { from: 0 }),
      orderOutcomes: orderOutcomes(input.order, days),
      horizon: figureOr(input.horizon, 'horizon', 60),
      variants,
      paths: figureOr(input.paths, 'paths', 5_000),
      seed: figureOr(input.seed, 'seed', 1),
    }),
  )
  return { account, rules, plan, orderRisks, tradeRisks, hasOrder: input.order !== undefined }
}

/** What the order may come to: its own chances where they are stated, else what the trades came to. */
function orderOutcomes(order: OddsInput['order'], days: readonly TradeDay[]): number[] {
  if (order?.p === undefined && order?.b === undefined) return days.flatMap((day) => day.map(({ r }) => r))
  const chance = figure(order.p, 'order.p', { from: 0, to: 1 })
  const reward = figure(order.b, 'order.b', { above: 0, to: 1000 })
  const wins = Math.round(chance * STATED_OUTCOMES)
  return Array.from({ length: STATED_OUTCOMES }, (_, at) => (at < wins ? reward : -1))
}

function budgetedRisk(workspace: Workspace): number {
  const profile = profileAtHand(workspace)
  const risk = riskBudgetOf(profile, profile.method)
  if (risk !== null && risk.gt(0)) return risk.toNumber()
  const says = 'The profile sets no risk for one order: give the risk of a trade, such as 0.005.'
  throw new DeskRefusal('INPUT_MISSING', says, 'riskPerTrade')
}

function oddsResult(asked: AskedOdds, odds: readonly PropFirmOdds[], milliseconds: number): OddsResult {
  const { account, rules, plan, orderRisks, tradeRisks, hasOrder } = asked
  const [without, withOrder] = odds
  invariant(without !== undefined && withOrder !== undefined, 'every variant has its odds')
  const orderCurve = odds.slice(2, 2 + orderRisks.length)
  const tradeCurve = odds.slice(2 + orderRisks.length, 2 + orderRisks.length + tradeRisks.length)
  const bestTrade = bestVariant(plan, tradeCurve) ?? without
  const { program, phase, from } = account
  const effect = hasOrder ? orderEffect(withOrder, without) : null
  return {
    programId: program.id,
    program: `${program.firm} ${program.title}`,
    phase,
    from,
    rules: rules.map(({ rule, title }) => ({ rule: rule.id, title, floor: lossFloor(rule, plan.marks) })),
    tradesUsed: plan.days.reduce((sum, day) => sum + day.length, 0),
    daysUsed: plan.days.length,
    without: mutable(without),
    withOrder: hasOrder ? mutable(withOrder) : null,
    effect,
    orderCurve: mutable(orderCurve),
    bestOrder: mutable(bestVariant(plan, orderCurve) ?? null),
    tradeCurve: mutable(tradeCurve),
    bestTrade: mutable(bestTrade),
    horizon: plan.horizon,
    paths: plan.paths,
    seed: plan.seed,
    milliseconds,
    says: sentence(phase, without, effect, bestTrade),
  }
}

function sentence(
  phase: string | null,
  without: PropFirmOdds,
  effect: { readonly pass: number; readonly breach: number } | null,
  best: PropFirmOdds,
): string {
  const now =
    phase === null
      ? `The account is broken in ${percent(without.breach.probability)} of cases`
      : `${phase} is passed in ${percent(without.pass.probability)} and broken in ${percent(without.breach.probability)} of cases`
  const moved =
    effect === null
      ? ''
      : ` The order moves passing by ${percent(effect.pass)} and breaking by ${percent(effect.breach)} of all cases.`
  const served = phase === null ? 'lasts longest' : 'passes most often'
  return `${now} at ${percent(without.riskPerTrade)} a trade.${moved} Of the sizes tried, ${percent(best.riskPerTrade)} a trade ${served}.`
}

function percent(share: number): string {
  return sayPercent(fromFloat(Number(share.toPrecision(4))))
}
