import type { FrontierResult, OptimiseInput, OptimiseResult } from '../../contract/portfolio/optimise.ts'
import type { FrameForm } from './frame-form.svelte.ts'
import { Loaded } from './loaded.svelte.ts'
import { OptimiserForm } from './optimiser-form.svelte.ts'
import { PlanForm } from './plan-form.svelte.ts'
import type { PortfolioDesk } from './portfolio-desk.ts'

/** Portfolios on the frontier beside a proposal. */
const POINTS = 20

/** Weighing a portfolio: what is asked, what is proposed, and the plan that leads there. */
export class WeightsForm {
  readonly form: OptimiserForm
  readonly result = new Loaded<OptimiseResult>()
  readonly frontier = new Loaded<FrontierResult>()
  readonly plan: PlanForm
  /** What the result shown answers. */
  #asked = $state.raw<OptimiseInput>()

  readonly #desk: PortfolioDesk
  readonly refused = $derived.by(() => this.form.place(this.result.refusal))
  /** Whether the form says something else by now than the result answers. */
  readonly isStale = $derived.by(
    () => this.result.value !== undefined && JSON.stringify(this.#asked) !== JSON.stringify(this.form.input),
  )
  /** The proposal that a plan may be made of: an answer, of what the form says now. */
  readonly proposal = $derived.by(() =>
    this.result.value?.status === 'optimal' && !this.isStale && !this.result.busy ? this.result.value : undefined,
  )

  constructor(desk: PortfolioDesk, frame: FrameForm) {
    this.#desk = desk
    this.form = new OptimiserForm(frame)
    this.plan = new PlanForm(desk)
  }

  /** Weighs what the form says, then draws its frontier; a plan of an earlier proposal is forgotten. */
  async weigh(): Promise<void> {
    if (this.form.isWrong) return
    const { input } = this.form
    this.plan.clear()
    this.frontier.clear()
    this.#asked = input
    const newest = await this.result.ask(() => this.#desk.client.portfolio.optimise(input))
    if (!newest || this.result.value === undefined) return
    await this.frontier.ask(() => this.#desk.client.portfolio.frontier({ ...input, points: POINTS }))
  }

  /** Previews the orders towards the proposal. */
  async makePlan(): Promise<void> {
    const { proposal } = this
    if (proposal !== undefined && this.#asked !== undefined) await this.plan.make(proposal, this.#asked)
  }
}
