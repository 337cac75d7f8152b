import type { RefusalBody } from '../../contract/refusal.ts'
import { answer, type Answers, type DeskClient } from '../rpc.ts'
import { WhatIfTrial } from './what-if.svelte.ts'

/** One recorded decision with its inputs, and what deciding it again came to. */
export class OneDecision {
  detail = $state.raw<Answers['decisions']['get']>()
  refusal = $state.raw<RefusalBody>()
  replay = $state.raw<Answers['decisions']['replay']>()
  replayRefusal = $state.raw<RefusalBody>()
  replaying = $state(false)

  readonly trial: WhatIfTrial
  readonly #desk: { readonly client: Pick<DeskClient, 'decisions'> }
  #turn = 0

  constructor(desk: { readonly client: Pick<DeskClient, 'decisions' | 'whatIf'> }) {
    this.#desk = desk
    this.trial = new WhatIfTrial(desk)
  }

  /** Shows a decision by its id; an empty id shows none. */
  async show(decisionId: string): Promise<void> {
    const turn = ++this.#turn
    if (decisionId === this.detail?.decision.decisionId) return
    this.trial.end()
    this.replay = undefined
    this.replayRefusal = undefined
    this.replaying = false
    this.refusal = undefined
    if (decisionId === '') {
      this.detail = undefined
      return
    }
    const detail = await answer(this.#desk.client.decisions.get({ decisionId }))
    if (turn !== this.#turn) return
    this.detail = detail.ok ? detail.value : undefined
    this.refusal = detail.ok ? undefined : detail.refusal
  }

  /** Decides the shown decision again from its stored snapshot. */
  async again(): Promise<void> {
    const decisionId = this.detail?.decision.decisionId
    if (decisionId === undefined || this.replaying) return
    const turn = this.#turn
    this.replaying = true
    const replay = await answer(this.#desk.client.decisions.replay({ decisionId }))
    if (turn !== this.#turn) return
    this.replaying = false
    this.replay = replay.ok ? replay.value : undefined
    this.replayRefusal = replay.ok ? undefined : replay.refusal
  }

  /** Opens the what-if of the shown decision, or shuts it. */
  async turnWhatIf(): Promise<void> {
    const decisionId = this.detail?.decision.decisionId
    if (this.trial.open) this.trial.end()
    else if (decisionId !== undefined) await this.trial.begin(decisionId)
  }
}
