import type { RefusalBody } from '../../contract/refusal.ts'
import type { CompareInput, CurveInput, RunInput } from '../../contract/simulation/input.ts'
import type { SourceView } from '../../contract/simulation/kept.ts'
import type { CompareResult, CurveResult, RunResult } from '../../contract/simulation/result.ts'
import { keptPerBook } from '../app/kept-per-book.svelte.ts'
import { answer, type Answers, type DeskClient } from '../rpc.ts'
import { followStream, type RunEnd } from './follow-stream.ts'
import { NewestWins } from './newest-wins.ts'
import { OddsForm } from './odds-form.svelte.ts'
import { placeRefusal } from './refusal-places.ts'
import { LEFT, OTHER_INPUTS, PATHS, SEARCH, SEARCH_LEFT } from './run-words.ts'
import { Saved } from './saved.svelte.ts'
import type { Shown, Stage } from './shown.ts'
import { LIVE, SimulationForm } from './simulation-form.svelte.ts'

/** What the screen needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface SimulateSource {
  readonly client: Pick<DeskClient, 'simulation' | 'sizing' | 'propFirm'>
  readonly account: { readonly equity: string | null } | undefined
  readonly book: { readonly bookId: string } | undefined
}

/** A slider that moves still shows an answer at least this often, in milliseconds. */
const GRACE = 250

/** The simulation on screen: what is asked, what it came to, and what is kept of it. */
export class SimulateScreen {
  readonly form = new SimulationForm()
  readonly saved: Saved
  readonly odds: OddsForm
  source = $state.raw<SourceView>()
  sourceRefusal = $state.raw<RefusalBody>()
  methods = $state.raw<Answers['sizing']['methods']>([])
  shown = $state.raw<Shown>()
  curve = $state.raw<CurveResult>()
  /** Why there is no answer to what is typed now; the answers shown are then of earlier inputs. */
  refusal = $state.raw<RefusalBody>()
  curveRefusal = $state.raw<RefusalBody>()
  stage = $state.raw<Stage>()
  /** Why the last full run has no result. */
  left = $state<string>()
  ready = $state(false)

  readonly #desk: SimulateSource
  readonly #live: NewestWins<{ run: RunInput; compare: CompareInput | undefined; curve: CurveInput }>
  #full: AbortController | undefined
  /** Inputs that were asked for last; the same are not asked for again. */
  #asked = ''
  #curveOf = ''
  #followed: number | undefined
  /** Until the trades of the book were told for the first time; a change of the book may overtake the first answer. */
  #isBeginning = true
  #sourceTurn = 0

  readonly refused = $derived(placeRefusal(this.refusal))
  readonly isStale = $derived(this.shown !== undefined && (this.form.isWrong || this.refusal !== undefined))
  /** Why the charts are of earlier inputs. */
  readonly whyStale = $derived(
    this.form.isWrong ? 'a field on the left is wrong.' : (this.refusal?.says ?? 'the desk refuses these.'),
  )
  /** Most the slider of policy A reaches, in per cent: twice Kelly, or twice what Kelly comes to. */
  readonly most = $derived.by(() => {
    if (this.form.a.method === 'kelly') return 200
    const kelly = this.shown?.a.model.kelly ?? null
    return kelly === null || kelly <= 0 ? 20 : Math.max(1, Math.ceil(kelly * 200))
  })

  constructor(desk: SimulateSource) {
    this.#desk = desk
    this.saved = new Saved(desk, this.form)
    this.odds = new OddsForm(desk, this.form.model)
    this.#live = new NewestWins((job, signal) => this.#answerLive(job, signal), GRACE)
  }

  /** Asks anew what the book holds when the count of changes is another one than last time. */
  follow(changes: number): void {
    if (changes === this.#followed) return
    this.#followed = changes
    void this.#load()
  }

  /** Asks which trades there are to draw from. */
  async loadSource(): Promise<void> {
    if (this.form.model.source !== 'book' || 'last' in this.form.model.faults) return
    const turn = ++this.#sourceTurn
    const said = await answer(this.#desk.client.simulation.source(this.form.model.trades))
    if (turn !== this.#sourceTurn) return
    this.source = said.ok ? said.value : undefined
    this.sourceRefusal = said.ok ? undefined : said.refusal
  }

  /** Answers what is typed now with few paths, unless that was answered already; a full run of other inputs is stopped. */
  live(): void {
    const asked = this.#inputs()
    if (!this.ready || (asked === this.#asked && this.refusal === undefined)) return
    if (this.#full !== undefined) this.#stopFull(OTHER_INPUTS)
    this.#asked = this.form.isWrong ? '' : asked
    if (this.form.isWrong) {
      this.#live.stop()
      return
    }
    const paths = this.form.livePaths
    this.#live.ask({
      run: { ...this.form.run, paths, record: false },
      compare: this.form.compares ? { ...this.form.compare, paths } : undefined,
      curve: {
        ...this.form.curve,
        paths,
        points: LIVE.points,
        resamples: LIVE.resamples,
        resamplePaths: LIVE.resamplePaths,
      },
    })
  }

  /** Runs all paths, compares, searches the fraction, and keeps a record; nothing is shown before it is whole. */
  async runAll(): Promise<void> {
    if (this.form.isWrong || this.#full !== undefined) return
    this.#live.stop()
    const stop = new AbortController()
    this.#full = stop
    this.#asked = this.#inputs()
    this.left = undefined
    const [run, compare, curve] = [this.form.run, this.form.compares ? this.form.compare : undefined, this.form.curve]
    const simulation = this.#desk.client.simulation
    const isShown =
      compare === undefined
        ? this.#show(await this.#stage(stop, PATHS, (signal) => simulation.run(run, { signal })), 'full')
        : this.#showBoth(
            await this.#stage(stop, PATHS, (signal) => simulation.compare({ ...compare, record: true }, { signal })),
            'full',
          )
    if (isShown) {
      const found = await this.#stage(stop, SEARCH, (signal) => simulation.curve(curve, { signal }))
      this.#showCurve(found, curve)
    }
    if (this.#full !== stop) return
    this.#full = undefined
    this.stage = undefined
    await this.saved.loadRecords()
  }

  /** Leaves the full run. */
  cancel(): void {
    if (this.#full !== undefined) this.#stopFull(this.stage?.says === SEARCH ? SEARCH_LEFT : LEFT)
  }

  /** Takes the fraction that is recommended as policy A. */
  takeRecommended(): void {
    if (this.curve === undefined) return
    this.form.a.fill({ method: 'fixed_fraction', fraction: this.curve.recommended.fraction })
  }

  async #load(): Promise<void> {
    const before = JSON.stringify(this.source)
    const [, methods] = await Promise.all([this.loadSource(), answer(this.#desk.client.sizing.methods())])
    if (methods.ok) this.methods = methods.value
    this.form.startingEquity ??= this.#desk.account?.equity ?? undefined
    // Other trades, or a line that broke: the same inputs have another answer.
    if (JSON.stringify(this.source) !== before) this.#asked = ''
    // A book without usable trades begins with a model by hand; the choice of the book's trades says what is missing.
    if (this.source !== undefined) {
      if (this.#isBeginning && this.source.missing !== null) this.form.model.source = 'hand'
      this.#isBeginning = false
    }
    this.ready = true
    this.live()
    await Promise.all([this.saved.load(), this.odds.load()])
  }

  async #answerLive(
    { run, compare, curve }: { run: RunInput; compare: CompareInput | undefined; curve: CurveInput },
    signal: AbortSignal,
  ): Promise<void> {
    const { simulation } = this.#desk.client
    const isShown =
      compare === undefined
        ? this.#show(await followStream((s) => simulation.run(run, { signal: s }), signal), 'live')
        : this.#showBoth(await followStream((s) => simulation.compare(compare, { signal: s }), signal), 'live')
    const key = JSON.stringify(curve)
    if (!isShown || key === this.#curveOf) return
    this.#showCurve(await followStream((s) => simulation.curve(curve, { signal: s }), signal), curve)
  }

  /** Shows one policy once it is whole; tells whether it did. */
  #show(end: RunEnd<RunResult>, how: Shown['how']): boolean {
    if (end.kind !== 'done') return this.#refuse(end)
    return this.#put(how, end.result, undefined)
  }

  /** Shows both policies at once when they are whole; tells whether it did. */
  #showBoth(end: RunEnd<CompareResult>, how: Shown['how']): boolean {
    if (end.kind !== 'done') return this.#refuse(end)
    return this.#put(how, end.result.a, end.result)
  }

  #put(how: Shown['how'], a: RunResult, between: CompareResult | undefined): true {
    this.refusal = undefined
    if (how === 'live') this.left = undefined
    this.shown = { how, a, b: between?.b, between, recordId: a.recordId ?? undefined }
    return true
  }

  /** Everything an answer depends on. */
  #inputs(): string {
    const { run, compare, curve, compares } = this.form
    return JSON.stringify([run, compares ? compare : null, curve])
  }

  #refuse(end: RunEnd<unknown>): false {
    if (end.kind === 'refused') this.refusal = end.refusal
    return false
  }

  #showCurve(end: RunEnd<CurveResult>, asked: CurveInput): void {
    if (end.kind === 'left') return
    this.curve = end.kind === 'done' ? end.result : undefined
    this.curveRefusal = end.kind === 'refused' ? end.refusal : undefined
    this.#curveOf = JSON.stringify(asked)
  }

  async #stage<Result>(
    stop: AbortController,
    says: string,
    open: Parameters<typeof followStream<Result>>[0],
  ): Promise<RunEnd<Result>> {
    this.stage = { says, done: 0, of: 0 }
    return followStream<Result>(open, stop.signal, (done, of) => {
      if (this.#full === stop) this.stage = { says, done, of }
    })
  }

  #stopFull(why: string): void {
    this.#full?.abort()
    this.#full = undefined
    this.stage = undefined
    this.left = why
  }
}

/** The simulation of this window, kept while another screen is shown. */
export const simulateOf = keptPerBook((desk) => new SimulateScreen(desk))
