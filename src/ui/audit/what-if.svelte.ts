import type { RefusalBody } from '../../contract/refusal.ts'
import type { ChangeableInput, WhatIf } from '../../contract/what-if.ts'
import { answer, type DeskClient } from '../rpc.ts'

/** One input put in the place of a stored one; an empty value takes it away. */
export interface TriedChange {
  readonly path: string
  readonly value: string
}

/** A stored decision tried with other inputs. Nothing of it is recorded, and leaving the decision forgets it. */
export class WhatIfTrial {
  open = $state(false)
  inputs = $state.raw<readonly ChangeableInput[]>()
  changes = $state.raw<readonly TriedChange[]>([])
  answer = $state.raw<WhatIf>()
  refusal = $state.raw<RefusalBody>()
  trying = $state(false)

  readonly groups = $derived(
    (this.inputs ?? []).map(({ group }) => group).filter((group, place, all) => all.indexOf(group) === place),
  )

  readonly #desk: { readonly client: Pick<DeskClient, 'whatIf'> }
  #decisionId = ''
  #turn = 0

  constructor(desk: { readonly client: Pick<DeskClient, 'whatIf'> }) {
    this.#desk = desk
  }

  /** Opens the trial of a decision: what can be changed, and the decision beside itself. */
  async begin(decisionId: string): Promise<void> {
    this.end()
    this.open = true
    this.#decisionId = decisionId
    const turn = this.#turn
    const inputs = await answer(this.#desk.client.whatIf.inputs({ decisionId }))
    if (turn !== this.#turn) return
    this.inputs = inputs.ok ? inputs.value : undefined
    this.refusal = inputs.ok ? undefined : inputs.refusal
    if (inputs.ok) await this.#try()
  }

  /** Shuts the trial and forgets it. */
  end(): void {
    this.#turn += 1
    this.open = this.trying = false
    this.inputs = this.answer = this.refusal = undefined
    this.changes = []
  }

  /** Puts a value in the place of the stored one; the stored value again is no change. */
  async set(path: string, value: string): Promise<void> {
    const stored = this.inputs?.find((input) => input.path === path)
    if (stored === undefined) return
    const others = this.changes.filter((change) => change.path !== path)
    this.changes = value === (stored.value ?? '') ? others : [...others, { path, value }]
    await this.#try()
  }

  /** Takes a change back. */
  async drop(path: string): Promise<void> {
    this.changes = this.changes.filter((change) => change.path !== path)
    await this.#try()
  }

  /** The input of a path as it is stored. */
  inputOf(path: string): ChangeableInput | undefined {
    return this.inputs?.find((input) => input.path === path)
  }

  async #try(): Promise<void> {
    this.#turn += 1
    const turn = this.#turn
    this.trying = true
    const changes = this.changes.map(({ path, value }) => ({ path, value: value === '' ? null : value }))
    const tried = await answer(this.#desk.client.whatIf.decide({ decisionId: this.#decisionId, changes }))
    if (turn !== this.#turn) return
    this.trying = false
    this.answer = tried.ok ? tried.value : this.answer
    this.refusal = tried.ok ? undefined : tried.refusal
  }
}
