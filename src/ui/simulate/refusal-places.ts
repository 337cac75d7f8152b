import type { RefusalBody } from '../../contract/refusal.ts'

/** A refusal by the part of the form it belongs to; `rest` where it belongs to none. */
export interface PlacedRefusal {
  readonly model: Readonly<Record<string, string>>
  readonly run: Readonly<Record<string, string>>
  readonly a: Readonly<Record<string, string>>
  readonly b: Readonly<Record<string, string>>
  readonly rest: string | undefined
}

/** Fields of the desk beside the fields of the form they are typed in. */
const RUN: Readonly<Record<string, string>> = {
  trades: 'trades',
  paths: 'paths',
  seed: 'seed',
  fee: 'fee',
  slippage: 'slippage',
  floor: 'ruin',
  trailingFloor: 'trailing',
  target: 'goal',
  limit: 'ruin',
  'tolerance.ruin': 'ruinAllowed',
  'tolerance.drawdown': 'drawdownAllowed',
  'budget.milliseconds': 'seconds',
  'budget.megabytes': 'megabytes',
}
const MODEL: Readonly<Record<string, string>> = {
  'model.p': 'p',
  'model.winProbability': 'p',
  'model.b': 'b',
  'model.payoff': 'b',
  'model.block': 'block',
  'model.returns': 'pasted',
  'model.mu': 'mu',
  'model.sigma': 'sigma',
  'model.weights': 'weights',
  'model.correlation': 'correlation',
  'model.degreesOfFreedom': 'freedom',
  'model.as': 'drawing',
  'model.trades': 'last',
  'model.trades.last': 'last',
}
const NOTHING: PlacedRefusal = { model: {}, run: {}, a: {}, b: {}, rest: undefined }

/** Puts a refusal of the desk at the field it names; the same sentence stays for all when no field has it. */
export function placeRefusal(refusal: RefusalBody | undefined): PlacedRefusal {
  if (refusal === undefined) return NOTHING
  const { says, field = '' } = refusal
  const path = field.replace(/\[.*$/, '')
  const run = RUN[path]
  if (run !== undefined) return { ...NOTHING, run: { [run]: says } }
  const model = MODEL[path]
  if (model !== undefined) return { ...NOTHING, model: { [model]: says } }
  const [policy, name] = path.split('.')
  if (name !== undefined && (policy === 'a' || policy === 'staking')) return { ...NOTHING, a: { [name]: says } }
  if (name !== undefined && policy === 'b') return { ...NOTHING, b: { [name]: says } }
  return { ...NOTHING, rest: says }
}
