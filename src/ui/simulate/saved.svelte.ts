import type { RefusalBody } from '../../contract/refusal.ts'
import type { RunRecord, RunRecordRow, Scenario, ScenarioInput } from '../../contract/simulation/kept.ts'
import { answer, type DeskClient } from '../rpc.ts'
import { toasts } from '../kit/toasts.svelte.ts'
import { leftOut } from './left-out.ts'
import type { SimulationForm } from './simulation-form.svelte.ts'

/** What saving needs of the desk. */
export interface SavedSource {
  readonly client: Pick<DeskClient, 'simulation'>
}

/** Named scenarios and the records of full runs, both kept in the book. */
export class Saved {
  scenarios = $state.raw<readonly Scenario[]>()
  records = $state.raw<readonly RunRecordRow[]>()
  /** The record that is looked at. */
  record = $state.raw<RunRecord>()
  name = $state('')
  refusal = $state.raw<RefusalBody>()

  readonly #desk: SavedSource
  readonly #form: SimulationForm

  constructor(desk: SavedSource, form: SimulationForm) {
    this.#desk = desk
    this.#form = form
  }

  /** Asks which scenarios and records there are. */
  async load(): Promise<void> {
    const [scenarios] = await Promise.all([answer(this.#desk.client.simulation.scenarios()), this.loadRecords()])
    this.scenarios = scenarios.ok ? scenarios.value : undefined
    this.refusal = scenarios.ok ? undefined : scenarios.refusal
  }

  /** Asks which records there are. */
  async loadRecords(): Promise<void> {
    const said = await answer(this.#desk.client.simulation.records())
    if (said.ok) this.records = said.value
    else this.refusal = said.refusal
  }

  /** Keeps what is typed under the name given; the scenario of the same name is replaced. */
  async save(): Promise<void> {
    const name = this.name.trim()
    if (name === '') {
      this.refusal = {
        code: 'INPUT_MISSING',
        says: 'Name is empty; give the scenario a name to save it under.',
        field: 'name',
      }
      return
    }
    const said = await answer(this.#desk.client.simulation.saveScenario(this.#form.scenario(name)))
    this.refusal = said.ok ? undefined : said.refusal
    if (!said.ok) return
    this.name = ''
    toasts.show(`Scenario «${name}» was saved in the book.`)
    await this.load()
  }

  /** Fills the form from a scenario. */
  use(scenario: Scenario): void {
    this.#fill(scenario, `Scenario «${scenario.name}»`)
  }

  /** Takes a scenario out of the book; the toast offers to put it back. */
  async drop(scenario: Scenario): Promise<void> {
    const { name } = scenario
    const said = await answer(this.#desk.client.simulation.dropScenario({ name }))
    this.refusal = said.ok ? undefined : said.refusal
    if (!said.ok) return
    toasts.show(`Scenario «${name}» was dropped.`, () => void this.#putBack(scenario))
    await this.load()
  }

  /** Looks at one record, or at none where it is looked at already. */
  async look(recordId: string): Promise<void> {
    if (this.record?.recordId === recordId) {
      this.record = undefined
      return
    }
    const said = await answer(this.#desk.client.simulation.record({ recordId }))
    this.record = said.ok ? said.value : undefined
    this.refusal = said.ok ? undefined : said.refusal
  }

  /** Fills the form from a record, so that the run can be made again. */
  useRecord(record: RunRecord): void {
    const kept = { run: record.input, against: undefined, tolerance: undefined }
    this.#fill(kept, `Run ${record.found.digest.slice(0, 12)}`)
  }

  /** Another run than the one that was kept is never passed off as it. */
  #fill(kept: Pick<ScenarioInput, 'run' | 'against' | 'tolerance'>, what: string): void {
    this.#form.fill(kept)
    const { run, compare, compares } = this.#form
    const missing = leftOut(
      { run: kept.run, against: kept.against },
      { run, against: compares ? compare.b : undefined },
    )
    if (missing.length === 0) {
      this.refusal = undefined
      toasts.show(`${what} was loaded.`)
      return
    }
    const says = `${what} was loaded but for ${missing.join(', ')}, which this screen has no field for: its answers are of another run.`
    this.refusal = { code: 'UNIT_MISMATCH', says }
  }

  async #putBack({ name, run, against, tolerance }: Scenario): Promise<void> {
    const kept = { name, run, ...(against === undefined ? {} : { against }), tolerance }
    await answer(this.#desk.client.simulation.saveScenario(kept))
    await this.load()
  }
}
