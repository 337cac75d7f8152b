import type { RiskView } from '../../contract/portfolio/risk.ts'
import type { SensorsView } from '../../contract/portfolio/sensors.ts'
import type { StudyView } from '../../contract/portfolio/study.ts'
import { keptPerBook } from '../app/kept-per-book.svelte.ts'
import type { Answers, DeskClient } from '../rpc.ts'
import { BasketForm } from './basket.svelte.ts'
import { FrameForm } from './frame-form.svelte.ts'
import { Loaded } from './loaded.svelte.ts'
import { openStudy, type StudyCells } from './study-cells.ts'
import { WeightsForm } from './weights.svelte.ts'
import { WindowForm } from './window-form.svelte.ts'

/** The views of the screen. */
export type PortfolioPart = 'risk' | 'correlation' | 'weights' | 'basket' | 'sensors'

/** What the screen needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface PortfolioSource {
  readonly client: Pick<DeskClient, 'portfolio' | 'market'>
  readonly timeZone: string
}

/** Milliseconds without a key after which what is typed is asked. */
const PAUSE = 350

/** The markets and the portfolio on screen: each view asks when it is looked at, and again when the book has changed. */
export class PortfolioScreen {
  view = $state<PortfolioPart>('risk')
  readonly frame = new FrameForm()
  readonly window = new WindowForm()
  readonly study = new Loaded<StudyView>()
  cells = $state.raw<StudyCells>()
  readonly risk = new Loaded<RiskView>()
  readonly sensors = new Loaded<SensorsView>()
  readonly instruments = new Loaded<Answers['market']['instruments']>()
  /** The instrument that the sensors of one price read; empty for the largest holding. */
  symbol = $state('')
  readonly weights: WeightsForm
  readonly basket: BasketForm

  readonly #desk: PortfolioSource
  /** What each view was asked last; nothing on screen follows it. */
  readonly #asked: Partial<Record<PortfolioPart, string | undefined>> = {}
  #changes = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  readonly isStudyBusy = $derived.by(
    () => this.study.busy || (this.study.value !== undefined && this.cells?.study !== this.study.value),
  )

  constructor(desk: PortfolioSource) {
    this.#desk = desk
    this.weights = new WeightsForm(desk, this.frame)
    this.basket = new BasketForm(desk, this.frame)
  }

  /** Looks at another view. */
  show(view: PortfolioPart): void {
    this.view = view
    void this.refresh()
  }

  /** Takes note of how often the book has changed, and asks anew where it has. */
  follow(changes: number): void {
    this.#changes = changes
    void this.refresh()
  }

  /** Asks what the view on show needs, unless it was asked the same already; nothing while a field is wrong. */
  async refresh(): Promise<void> {
    if (this.frame.isWrong) return
    const { view } = this
    const question = JSON.stringify([this.#changes, this.#question(view)])
    if (this.#asked[view] === question) return
    this.#asked[view] = question
    await this.#ask(view)
  }

  /** The same a moment after the last key was pressed. */
  refreshSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.refresh(), PAUSE)
  }

  /** Asks again whatever was asked before. */
  async again(): Promise<void> {
    this.#asked[this.view] = undefined
    await this.refresh()
  }

  #question(view: PortfolioPart): unknown {
    switch (view) {
      case 'risk':
        return [this.frame.lookback, this.window.question(this.#desk.timeZone)]
      case 'correlation':
        return [this.frame.input, this.frame.linkage]
      case 'sensors':
        return this.symbol
      // A proposal and a basket answer a press, not every change of the book.
      case 'weights':
      case 'basket':
        return view
    }
  }

  async #ask(view: PortfolioPart): Promise<void> {
    const { portfolio, market } = this.#desk.client
    switch (view) {
      case 'risk': {
        const asked = { ...this.frame.lookbackGiven, ...this.window.question(this.#desk.timeZone) }
        await this.risk.ask(() => portfolio.risk(asked))
        return
      }
      case 'correlation':
        return this.#askStudy()
      case 'sensors': {
        const chosen = this.symbol === '' ? {} : { symbol: this.symbol }
        const sensors = this.sensors.ask(() => portfolio.sensors(chosen))
        await Promise.all([sensors, this.instruments.ask(() => market.instruments())])
        return
      }
      case 'weights':
        if (this.weights.result.value === undefined && !this.weights.result.busy) await this.weights.weigh()
        return
      case 'basket':
        return
    }
  }

  async #askStudy(): Promise<void> {
    const asked = { ...this.frame.input, linkage: this.frame.linkage }
    const isNewest = await this.study.ask(() => this.#desk.client.portfolio.study(asked))
    if (!isNewest) return
    const study = this.study.value
    if (study === undefined) {
      this.cells = undefined
      return
    }
    const cells = await openStudy(study)
    if (this.study.value === study) this.cells = cells
  }
}

/** The portfolio of this window, kept while another screen is shown. */
export const portfolioOf = keptPerBook((desk) => new PortfolioScreen(desk))
