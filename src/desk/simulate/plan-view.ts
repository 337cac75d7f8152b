import type { ModelView, StakingView } from '../../contract/simulation/result.ts'
import { fromFloat, sayPercent } from '../../domain/kernel/money.ts'
import type { Model } from '../../domain/simulation/model.ts'
import type { SimulationPlan } from '../../domain/simulation/plan.ts'
import { modelView } from './model-of.ts'

/** What a plan alone tells of its model and its stake: of parts that were run elsewhere. */
export function planView({ model, staking, cost }: SimulationPlan): { model: ModelView; staking: StakingView } {
  const outcomes = model.kind === 'returns' ? 'return' : 'r'
  const asked: Model =
    model.kind === 'returns'
      ? {
          kind: 'gaussian',
          mu: model.drift,
          sigma: covarianceOf(model.factor, model.drift.length),
          weights: model.weights,
        }
      : model
  const view = modelView({ model: asked, outcomes, says: 'As the parts have it.' }, cost)
  const { method, fraction } = staking
  const share = sayPercent(fromFloat(fraction))
  const says = outcomes === 'r' ? `${share} of equity is lost at −1 R.` : `${share} of equity is held.`
  const tail = model.kind === 'returns' && model.degreesOfFreedom !== undefined
  return {
    model: tail ? { ...view, kind: 'student-t' } : view,
    staking: { method, title: method, fraction, notion: outcomes === 'r' ? 'risk' : 'weight', says },
  }
}

/** A triangular factor times its transpose. */
function covarianceOf(factor: readonly number[], count: number): number[][] {
  const at = (row: number, column: number): number => factor[row * count + column] ?? 0
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: count }, (__, column) =>
      Array.from({ length: count }).reduce<number>((sum, ___, inner) => sum + at(row, inner) * at(column, inner), 0),
    ),
  )
}
