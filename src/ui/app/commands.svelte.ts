import type { KeyHint } from './screens.ts'

/** Something the palette can do. */
export interface Command {
  readonly id: string
  readonly title: string
  readonly keys?: string
  readonly run: () => void
}

interface Contribution {
  readonly commands: readonly Command[]
  readonly hints: readonly KeyHint[]
}

/** What the screen on show adds to the palette and to the keys overlay; a screen registers while it is mounted. */
export class Commands {
  #contributions = $state.raw<readonly Contribution[]>([])

  readonly all = $derived(this.#contributions.flatMap(({ commands }) => commands))
  readonly hints = $derived(this.#contributions.flatMap(({ hints }) => hints))

  /** Adds commands and key hints; call what it returns when the screen goes. */
  add(commands: readonly Command[], hints: readonly KeyHint[] = []): () => void {
    const added: Contribution = { commands, hints }
    this.#contributions = [...this.#contributions, added]
    return () => {
      this.#contributions = this.#contributions.filter((one) => one !== added)
    }
  }
}

/** The commands of this window. */
export const commands = new Commands()
