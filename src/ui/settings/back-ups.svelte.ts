import type { BackUpView } from '../../contract/backup.ts'
import { answer, type DeskClient } from '../rpc.ts'

/** What the backups need of the desk; the client is asked for anew because a line may have been reopened. */
export interface BackUpSource {
  readonly client: Pick<DeskClient, 'backup'>
}

/** The backups of the open book, and making one now. */
export class BackUpState {
  view = $state.raw<BackUpView>()
  /** Why the last call was refused. */
  refused = $state<string>()
  busy = $state(false)
  readonly #source: BackUpSource

  constructor(source: BackUpSource) {
    this.#source = source
  }

  /** Asks how they stand. */
  async load(): Promise<void> {
    const told = await answer(this.#source.client.backup.status())
    this.view = told.ok ? told.value : undefined
    this.refused = told.ok ? undefined : told.refusal.says
  }

  /** Makes one now; a second press while it is made does nothing. */
  async make(): Promise<void> {
    if (this.busy) return
    this.busy = true
    const made = await answer(this.#source.client.backup.make())
    if (made.ok) this.view = made.value
    this.refused = made.ok ? undefined : made.refusal.says
    this.busy = false
  }
}
