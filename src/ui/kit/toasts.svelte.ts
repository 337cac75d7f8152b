/** One sentence at the foot of the window, with an undo where undo is true. */
export interface Toast {
  readonly id: number
  readonly text: string
  readonly undo: (() => void) | undefined
}

const shownFor = 8_000

/** The toasts on screen; the newest undo is also what Ctrl+Z does. */
export class Toasts {
  shown = $state.raw<readonly Toast[]>([])
  #next = 1

  /** Shows one sentence for eight seconds. */
  show(text: string, undo?: () => void): void {
    const toast = { id: this.#next, text, undo }
    this.#next += 1
    this.shown = [...this.shown.slice(-2), toast]
    setTimeout(() => this.dismiss(toast.id), shownFor)
  }

  /** Undoes the newest toast that can be undone; false when there is none. */
  undoNewest(): boolean {
    const toast = this.shown.findLast(({ undo }) => undo !== undefined)
    if (toast === undefined) return false
    this.undo(toast)
    return true
  }

  /** Undoes what a toast reported and takes it away. */
  undo(toast: Toast): void {
    this.dismiss(toast.id)
    toast.undo?.()
  }

  /** Takes a toast away. */
  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id)
  }
}

/** The toasts of this window. */
export const toasts = new Toasts()
