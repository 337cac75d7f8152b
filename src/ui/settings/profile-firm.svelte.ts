import type { PropFirmView } from '../../contract/prop-firm.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import { keptPerBook } from '../app/kept-per-book.svelte.ts'
import { answer, type Answers, type DeskClient } from '../rpc.ts'

/** What the prop-firm section needs of the desk. */
export interface FirmSource {
  readonly client: Pick<DeskClient, 'propFirm'>
}

/** One program in the list. */
export type ListedProgram = Answers['propFirm']['programs'][number]

/** The account under a prop firm's program, and the programs there are. */
export class Firm {
  view = $state.raw<PropFirmView | null>()
  programs = $state.raw<readonly ListedProgram[]>([])
  selected = $state<string>()
  initial = $state('')
  floor = $state('')
  dayFloor = $state('')
  reason = $state('')
  reasonAsked = $state<string>()
  refusal = $state.raw<RefusalBody>()
  busy = $state(false)

  readonly #desk: FirmSource

  readonly program = $derived(this.programs.find(({ id }) => id === this.selected))

  constructor(desk: FirmSource) {
    this.#desk = desk
  }

  /** Asks for the programs and how the account stands under its own. */
  async load(): Promise<void> {
    const { client } = this.#desk
    const [view, programs] = await Promise.all([answer(client.propFirm.get()), answer(client.propFirm.programs())])
    if (view.ok) this.#take(view.value)
    else this.refusal = view.refusal
    this.programs = programs.ok ? programs.value : []
  }

  /** Gives the account the selected program; true when it was taken. */
  async assign(): Promise<boolean> {
    const { selected, initial } = this
    if (selected === undefined) return false
    const given = initial === '' ? {} : { initial }
    return this.#act(() => this.#desk.client.propFirm.assign({ programId: selected, ...given, ...this.#why() }))
  }

  /** Keeps the floors the firm's own screen shows; true when they were taken. */
  stateFloors(): Promise<boolean> {
    const orNull = (text: string): string | null => (text === '' ? null : text)
    const stated = { floor: orNull(this.floor), dayFloor: orNull(this.dayFloor) }
    return this.#act(() => this.#desk.client.propFirm.stateFloors(stated))
  }

  /** Takes the account out of its program; true when it was. */
  async drop(): Promise<boolean> {
    if (this.reason.trim() === '') {
      this.reasonAsked = 'Say why the account leaves its program: a profile that holds to one then refuses every order.'
      return false
    }
    return this.#act(() => this.#desk.client.propFirm.drop({ reason: this.reason.trim() }))
  }

  async #act(call: () => Promise<PropFirmView | null>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    const done = await answer(call())
    this.busy = false
    this.refusal = undefined
    this.reasonAsked = undefined
    if (!done.ok) {
      if (done.refusal.field === 'reason') this.reasonAsked = done.refusal.says
      else this.refusal = done.refusal
      return false
    }
    this.reason = ''
    this.initial = ''
    this.#take(done.value)
    return true
  }

  #take(view: PropFirmView | null): void {
    this.view = view
    this.floor = view?.stated.floor ?? ''
    this.dayFloor = view?.stated.dayFloor ?? ''
  }

  #why(): { reason?: string } {
    return this.reason.trim() === '' ? {} : { reason: this.reason.trim() }
  }
}

/** The prop firm of this window's book. */
export const firmOf = keptPerBook((desk) => new Firm(desk))
