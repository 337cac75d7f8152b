import type { CompareInput, CurveInput, RunInput } from '../../contract/simulation/input.ts'
import type { ScenarioInput } from '../../contract/simulation/kept.ts'
import { wrongWith, type Allowed } from './field-checks.ts'
import { figureText, fractionOf, given, grownBy, leftOf, percentOf } from './figures.ts'
import { ModelForm } from './model-form.svelte.ts'
import { PolicyForm } from './policy-form.svelte.ts'

/** The typed fields of a run besides its model and its policies. */
export type RunField =
  | 'trades'
  | 'paths'
  | 'seed'
  | 'fee'
  | 'slippage'
  | 'ruin'
  | 'trailing'
  | 'goal'
  | 'ruinAllowed'
  | 'drawdownAllowed'
  | 'seconds'
  | 'megabytes'

const CHECKS: Readonly<Record<RunField, Allowed>> = {
  trades: { label: 'Horizon', from: 1, isWhole: true, isRequired: true },
  paths: { label: 'Paths', from: 1, isWhole: true, isRequired: true },
  seed: { label: 'Seed', from: 0, isWhole: true, isRequired: true },
  fee: { label: 'Fee', unit: 'R', from: 0 },
  slippage: { label: 'Slippage', unit: 'R', from: 0 },
  ruin: { label: 'Ruin', unit: '%', from: 0, to: 100, isOpen: true },
  trailing: { label: 'Trailing', unit: '%', from: 0, to: 100, isOpen: true },
  goal: { label: 'Goal', unit: '%', from: 0, isOpen: true },
  ruinAllowed: { label: 'Ruin allowed', unit: '%', from: 0, to: 100 },
  drawdownAllowed: { label: 'Fall allowed', unit: '%', from: 0, to: 100 },
  seconds: { label: 'Time', unit: 's', from: 0, isOpen: true },
  megabytes: { label: 'Memory', unit: 'MB', from: 0, isOpen: true },
}
const FIELDS = Object.keys(CHECKS) as readonly RunField[]

/** Paths and evidence a live answer is made of: enough to think with, quick enough for a slider. */
export const LIVE = { paths: 2000, points: 20, resamples: 12, resamplePaths: 250 } as const

type Simulated = Omit<CurveInput, 'fractions' | 'points' | 'resamples' | 'resamplePaths' | 'tolerance'>

/** A simulation as typed: the model, two policies, and the rules that hold for both. */
export class SimulationForm {
  readonly model = new ModelForm()
  readonly a = new PolicyForm('kelly', '50')
  readonly b = new PolicyForm('fixed_fraction', '1')
  compares = $state(true)
  trades = $state('100')
  paths = $state('10000')
  seed = $state('1')
  fee = $state('')
  slippage = $state('')
  /** Per cent below the start, and below the path's own peak, that count as ruin. */
  ruin = $state('20')
  trailing = $state('')
  stops = $state(false)
  goal = $state('25')
  ruinAllowed = $state('5')
  drawdownAllowed = $state('')
  seconds = $state('')
  megabytes = $state('')
  /** Typed text that is no number yet, by field. */
  unread = $state<Partial<Record<RunField, string | undefined>>>({})
  /** Equity at the start, for amounts; of the account. */
  startingEquity = $state<string>()

  readonly faults = $derived.by(() => {
    const found: Partial<Record<RunField, string>> = {}
    for (const field of FIELDS) {
      const wrong = wrongWith(this.#text(field), CHECKS[field])
      if (wrong !== undefined) found[field] = wrong
    }
    return found
  })
  /** Whether a field is wrong, so that nothing need be asked. */
  readonly isWrong = $derived(
    [this.faults, this.model.faults, this.a.faults, this.compares ? this.b.faults : {}].some(
      (faults) => Object.keys(faults).length > 0,
    ),
  )
  readonly #simulated = $derived.by<Simulated>(() => {
    const budget = {
      ...given('milliseconds', thousandfold(this.#text('seconds'))),
      ...given('megabytes', this.#text('megabytes')),
    }
    const goal = this.#text('goal')
    const ruin = this.#text('ruin')
    return {
      model: this.model.input,
      paths: this.#text('paths'),
      trades: this.#text('trades'),
      seed: this.#text('seed'),
      ...(this.startingEquity === undefined ? {} : { startingEquity: this.startingEquity }),
      ...given('fee', this.#text('fee')),
      ...given('slippage', this.#text('slippage')),
      ...(ruin === '' ? {} : { floor: leftOf(ruin) }),
      ...(this.#text('trailing') === '' ? {} : { trailingFloor: leftOf(this.#text('trailing')) }),
      stopAtFloor: this.stops,
      ...(goal === '' ? {} : { target: grownBy(goal), ...(ruin === '' ? {} : { limit: leftOf(ruin) }) }),
      ...(Object.keys(budget).length === 0 ? {} : { budget }),
    }
  })
  /** The whole run of policy A, kept in the book. */
  readonly run = $derived<RunInput>({ ...this.#simulated, staking: this.a.input, detail: 'full', record: true })
  readonly compare = $derived<CompareInput>({ ...this.#simulated, a: this.a.input, b: this.b.input })
  readonly curve = $derived.by<CurveInput>(() => {
    const tolerance = {
      ...given('ruin', fractionOf(this.#text('ruinAllowed'))),
      ...given('drawdown', fractionOf(this.#text('drawdownAllowed'))),
    }
    return { ...this.#simulated, tolerance }
  })

  /** The same for a slider: few paths, and nothing kept. */
  readonly livePaths = $derived(Math.min(LIVE.paths, Number(this.paths) || LIVE.paths))

  /** What is kept under a name. */
  scenario(name: string): ScenarioInput {
    return {
      name,
      run: this.run,
      ...(this.compares ? { against: this.b.input } : {}),
      tolerance: this.curve.tolerance,
    }
  }

  /** Fills every field from what was kept. */
  fill({ run, against, tolerance }: Pick<ScenarioInput, 'run' | 'against' | 'tolerance'>): void {
    this.unread = {}
    this.model.fill(run.model)
    this.a.fill(run.staking)
    this.compares = against !== undefined
    if (against !== undefined) this.b.fill(against)
    this.trades = figureText(run.trades)
    this.paths = figureText(run.paths)
    this.seed = figureText(run.seed)
    this.fee = figureText(run.fee)
    this.slippage = figureText(run.slippage)
    this.ruin = fallText(run.floor)
    this.trailing = fallText(run.trailingFloor)
    this.stops = run.stopAtFloor ?? false
    this.goal = riseText(run.target)
    this.ruinAllowed = percentOf(tolerance?.ruin)
    this.drawdownAllowed = percentOf(tolerance?.drawdown)
    this.seconds = run.budget?.milliseconds == null ? '' : String(Number(run.budget.milliseconds) / 1000)
    this.megabytes = figureText(run.budget?.megabytes)
  }

  #text(field: RunField): string {
    return this.unread[field] ?? this[field]
  }
}

function thousandfold(text: string): string {
  return text !== '' && Number.isFinite(Number(text)) ? String(Number(text) * 1000) : text
}

/** What is left as the fall that leaves it: 0.8 becomes 20. */
function fallText(left: RunInput['floor']): string {
  return left == null ? '' : percentOf(leftOf(percentOf(left)))
}

function riseText(target: RunInput['target']): string {
  return target == null ? '' : percentOf(leftOf(percentOf(target))).replace('-', '')
}
