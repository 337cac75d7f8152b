import type { Blotter } from '../../domain/broker/blotter.ts'
import type { Reason } from '../../domain/kernel/reason.ts'
import type { Workspace } from '../workspace.ts'

/** Tells the desk's state what orders have come to: outcomes nobody knows, more filled than ordered, fills nobody ordered. */
export class StateTeller {
  readonly #workspace: Workspace
  readonly #blotter: Blotter
  #unknown: number
  #strangers: number

  /** What is so already was told when it came to be so. */
  constructor(workspace: Workspace, blotter: Blotter) {
    this.#workspace = workspace
    this.#blotter = blotter
    this.#unknown = blotter.unknown().length
    this.#strangers = this.#strange().length
  }

  /** Tells what has changed; `filled` where executions did. */
  tell(filled: boolean): void {
    const { posture } = this.#workspace
    const unknown = this.#blotter.unknown().length
    if (unknown !== this.#unknown)
      posture.happen({ kind: 'outcomes', unknown, says: `The outcome of ${unknown} orders is not known.` })
    this.#unknown = unknown
    if (!filled) return
    const over = this.#blotter.alarms().find(({ alarm }) => alarm === 'overfill')
    if (over !== undefined) posture.happen({ kind: 'alarm', alarm: 'overfill', says: over.says })
    const strange = this.#strange()
    const newest = strange.at(-1)
    if (newest !== undefined && strange.length > this.#strangers)
      posture.happen({ kind: 'reconciled', differences: strange.length, says: newest.says })
    this.#strangers = strange.length
  }

  #strange(): readonly Reason[] {
    return this.#blotter.alarms().filter(({ alarm }) => alarm === 'stranger')
  }
}
