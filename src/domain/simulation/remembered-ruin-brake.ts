import type { Reason } from '../kernel/reason.ts'
import type { Result } from '../kernel/result.ts'
import type { BootstrapModel, WinLossModel } from './model.ts'
import { ruinBrake, type RuinBrake, type RuinBrakeSettings } from './ruin-brake.ts'

type Model = WinLossModel | BootstrapModel

interface Remembered {
  readonly risk: number
  readonly model: Model
  readonly settings: RuinBrakeSettings
  readonly found: Result<RuinBrake, readonly Reason[]>
}

const MOST = 64
/** The answers asked for last, the latest first. */
const remembered: Remembered[] = []

/**
 * The answer of `ruinBrake`, at once where the very same was asked lately: an order that is being typed asks for one risk
 * again and again, and a search takes up to a tenth of a second. What is asked is compared by value, so that an answer
 * never outlives the record it was drawn from.
 */
export function rememberedRuinBrake(risk: number, model: Model, settings: RuinBrakeSettings): Remembered['found'] {
  const at = remembered.findIndex((one) => one.risk === risk && alike(one.settings, settings) && same(one.model, model))
  const [known] = at < 0 ? [] : remembered.splice(at, 1)
  const answer = known ?? { risk, model: copied(model), settings, found: ruinBrake(risk, model, settings) }
  remembered.unshift(answer)
  remembered.length = Math.min(remembered.length, MOST)
  return answer.found
}

function copied(model: Model): Model {
  return model.kind === 'bootstrap' ? { ...model, returns: [...model.returns] } : model
}

function alike(a: RuinBrakeSettings, b: RuinBrakeSettings): boolean {
  return (
    a.quietRisk === b.quietRisk &&
    a.floor === b.floor &&
    a.trades === b.trades &&
    a.mostRuin === b.mostRuin &&
    a.paths === b.paths &&
    a.seed === b.seed
  )
}

function same(a: Model, b: Model): boolean {
  if (a.kind === 'winloss')
    return b.kind === 'winloss' && a.winProbability === b.winProbability && a.payoff === b.payoff && a.edge === b.edge
  if (b.kind !== 'bootstrap' || a.block !== b.block || a.uncertain !== b.uncertain) return false
  if (a.returns.length !== b.returns.length) return false
  for (let place = 0; place < a.returns.length; place++) if (a.returns[place] !== b.returns[place]) return false
  return true
}
