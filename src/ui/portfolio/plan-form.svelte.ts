import type { OptimiseInput, OptimiseResult } from '../../contract/portfolio/optimise.ts'
import type { PlanInput, PlanView, RecordedPlan } from '../../contract/portfolio/plan.ts'
import { wrongWith, type Allowed } from '../simulate/field-checks.ts'
import { fractionOf, given } from '../simulate/figures.ts'
import { Loaded } from './loaded.svelte.ts'
import { SecondPress } from './second-press.svelte.ts'
import type { PortfolioDesk } from './portfolio-desk.ts'

/** The typed fields of a plan. */
export type PlanField = 'band' | 'horizon' | 'stop'

const CHECKS: Readonly<Record<PlanField, Allowed>> = {
  band: { label: 'Band', unit: '% of equity', from: 0, to: 100 },
  horizon: { label: 'Horizon', unit: 'days', from: 0, to: 3_650, isOpen: true },
  stop: { label: 'Stop', unit: '% of price', from: 0, to: 100, isOpen: true },
}
const FIELDS = Object.keys(CHECKS) as readonly PlanField[]
/** Weights below this are none. */
const NOTHING = 1e-9

/** The orders towards a proposal: what is asked, what they would be, and what was recorded. */
export class PlanForm {
  band = $state('')
  horizon = $state('')
  stop = $state('')
  others = $state<'keep' | 'close'>('keep')
  strategy = $state('')
  unread = $state<Partial<Record<PlanField, string | undefined>>>({})
  readonly view = new Loaded<PlanView>()
  readonly recorded = new Loaded<RecordedPlan>()
  /** Recording asks for a press, and for a second one that is meant. */
  readonly press = new SecondPress(() => void this.record())

  readonly #desk: PortfolioDesk
  #asked = $state.raw<PlanInput>()
  /** Names the decisions of the plan shown, so that recording it again after a lost answer writes nothing twice. */
  #groupId = ''
  #made = $state('')

  readonly faults = $derived.by(() => {
    const found: Partial<Record<PlanField, string>> = {}
    for (const field of FIELDS) {
      const wrong = wrongWith(this.unread[field] ?? this[field], CHECKS[field])
      if (wrong !== undefined) found[field] = wrong
    }
    return found
  })
  readonly isWrong = $derived(Object.keys(this.faults).length > 0)
  readonly #typed = $derived(
    JSON.stringify([this.band, this.horizon, this.stop, this.others, this.strategy, this.unread]),
  )
  /** Whether a field was changed since the plan was made. */
  readonly isStale = $derived(this.view.value !== undefined && this.#made !== this.#typed)
  /** A plan with orders, of what is typed, that was not recorded yet. */
  readonly canRecord = $derived(
    this.view.value !== undefined &&
      this.view.value.orders.length > 0 &&
      !this.view.busy &&
      !this.isStale &&
      this.recorded.value === undefined &&
      !this.recorded.busy,
  )

  constructor(desk: PortfolioDesk) {
    this.#desk = desk
  }

  /** Previews the orders; nothing is recorded. */
  async make(proposal: OptimiseResult, asked: OptimiseInput): Promise<void> {
    if (this.isWrong) return
    this.press.cancel()
    this.recorded.clear()
    const share = (field: 'band' | 'stop'): Partial<Record<string, string>> =>
      given(field, this[field] === '' ? '' : fractionOf(this[field]))
    const input: PlanInput = {
      targets: targetsOf(proposal),
      others: this.others,
      ...share('band'),
      ...share('stop'),
      ...given('horizon', this.horizon),
      ...(this.strategy.trim() === '' ? {} : { strategy: this.strategy.trim() }),
      ...(asked.lambda == null ? {} : { lambda: asked.lambda }),
      ...(asked.lookback == null ? {} : { lookback: asked.lookback }),
      ...(asked.correlation === undefined ? {} : { correlation: asked.correlation }),
      ...(asked.expected === undefined ? {} : { expected: asked.expected }),
    }
    this.#asked = input
    this.#groupId = crypto.randomUUID()
    this.#made = this.#typed
    await this.view.ask(() => this.#desk.client.portfolio.plan(input))
  }

  /** Records the plan that is shown, as one group of decisions; refused where it would come out differently by now. */
  async record(): Promise<void> {
    const [plan, shown] = [this.#asked, this.view.value]
    if (plan === undefined || shown === undefined || !this.canRecord) return
    const input = { plan, planId: shown.planId, groupId: this.#groupId }
    await this.recorded.ask(() => this.#desk.client.portfolio.decidePlan(input))
  }

  /** Forgets the plan. */
  clear(): void {
    this.press.cancel()
    this.view.clear()
    this.recorded.clear()
    this.#asked = undefined
  }
}

/** Target weights of what is held or proposed, in whole lots where those are known; what is neither needs no target. */
export function targetsOf({ assets }: OptimiseResult): PlanInput['targets'] {
  return assets.flatMap(({ symbol, present, proposed, inLots }) => {
    const weight = inLots ?? proposed ?? 0
    const isWanted = Math.abs(weight) > NOTHING
    return isWanted || Math.abs(present) > NOTHING ? [{ symbol, weight: isWanted ? weight : 0 }] : []
  })
}
