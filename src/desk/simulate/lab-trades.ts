import type { StakingInput } from '../../contract/simulation/input.ts'
import type { LabInput, LabResult } from '../../contract/simulation/lab.ts'
import { invariant } from '../../domain/kernel/invariant.ts'
import { fromFloat, sayPercent } from '../../domain/kernel/money.ts'
import type { SettledStaking } from '../../domain/simulation/plan.ts'
import { performanceOf } from '../../domain/simulation/lab/performance.ts'
import { replayTrades } from '../../domain/simulation/lab/replay-trades.ts'
import { deflatedAmong } from '../../domain/simulation/lab/run-lab.ts'
import { METHODS } from '../../domain/sizing/registry.ts'
import { DeskRefusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'
import { labRow, thinned } from './lab-row.ts'
import { variantsOf } from './lab-variants.ts'
import type { AskedModel } from './model-of.ts'
import { type AskedStaking, stakingOf } from './staking-of.ts'
import { missingTrades, tradedR } from './traded-r.ts'

const YEAR_MS = 365.25 * 86_400_000
/** Policies compared where none are named, beside every sizing method. */
const USUAL: readonly StakingInput[] = [
  { method: 'fixed_fraction', fraction: 0.01 },
  { method: 'kelly', fraction: 0.5 },
  { method: 'kelly', fraction: 1 },
  { method: 'fixed_amount', fraction: 0.01 },
  { method: 'anti_martingale', fraction: 0.01, step: 1.5, cap: 0.04 },
  { method: 'drawdown_throttle', fraction: 0.01, drawdownLimit: 0.2, factor: 4 },
]

/** What staking policies would have made of the book's closed trades as they came. */
export function labOnTrades(
  workspace: Workspace,
  on: Extract<LabInput['on'], { from: 'trades' }>,
  tried: number | undefined,
): Omit<LabResult, 'milliseconds'> {
  const traded = tradedR(workspace, on.trades)
  const missing = missingTrades(traded)
  if (missing !== undefined) throw new DeskRefusal('EDGE_UNCERTAIN', missing, 'on.trades')
  const multiples = traded.inR.map(({ r }) => r)
  const model: AskedModel = { model: { kind: 'bootstrap', returns: multiples }, outcomes: 'r', says: '' }
  const { policies, leftOut } = policiesOf(workspace, on.policies, model)
  const span = (traded.inR.at(-1)?.at ?? 0) - (traded.inR[0]?.at ?? 0)
  const years = Math.max(span, 86_400_000) / YEAR_MS
  const periodsPerYear = multiples.length / years
  const replayed = policies.map(({ staking, view }) => {
    invariant(staking.method !== 'kelly', 'a share of Kelly was settled')
    return { view, returns: replayTrades(multiples, staking, 0) }
  })
  const variants = variantsOf(tried, replayed.length)
  const deflated = deflatedAmong(
    replayed.map(({ returns }) => returns),
    variants,
  )
  const { steps, at } = thinned(multiples.length)
  return {
    says: `${multiples.length} closed trades in R (${traded.scope}), in their order. The policies saw all of them: this compares sizes, it forecasts nothing.`,
    periods: multiples.length,
    periodsPerYear,
    assets: [],
    steps,
    rows: replayed.map(({ view, returns }, index) => {
      const performance = performanceOf(returns, { periodsPerYear, years })
      const found = { id: `${view.method}-${index + 1}`, title: titleOf(view), performance, returns }
      return labRow({ ...found, deflatedSharpe: deflated[index] ?? null }, at, view.says)
    }),
    variants,
    lookAhead: null,
    rebalancing: null,
    leftOut,
  }
}

function policiesOf(
  workspace: Workspace,
  wanted: readonly StakingInput[] | undefined,
  model: AskedModel,
): { readonly policies: AskedStaking[]; readonly leftOut: LabResult['leftOut'] } {
  if (wanted !== undefined) {
    const policies = wanted.map((one, index) => settled(stakingOf(workspace, one, model, 0, `on.policies[${index}]`)))
    return { policies, leftOut: [] }
  }
  const policies: AskedStaking[] = []
  const leftOut: LabResult['leftOut'] = []
  for (const one of [...USUAL, ...METHODS.map(({ id }) => ({ method: id }))]) {
    try {
      policies.push(settled(stakingOf(workspace, one, model, 0)))
    } catch (error) {
      // A method that stakes nothing on these trades is listed with its reason.
      if (!(error instanceof DeskRefusal)) throw error
      leftOut.push({ method: one.method, says: error.message })
    }
  }
  return { policies, leftOut }
}

/** Two policies of one rule are told apart by what they stake. */
function titleOf({ title, fraction }: AskedStaking['view']): string {
  return `${title}, ${sayPercent(fromFloat(fraction))}`
}

/** With the fraction that a share of Kelly came to. */
function settled({ staking, view }: AskedStaking): AskedStaking & { readonly staking: SettledStaking } {
  if (staking.method !== 'kelly') return { staking, view }
  if (view.fraction > 0 && view.fraction <= 1000)
    return { staking: { method: 'fixed_fraction', fraction: view.fraction }, view }
  throw new DeskRefusal('NO_EDGE', `${view.title} stakes nothing on these trades: they have no edge.`, 'on.policies')
}
