import type { WebContents } from 'electron'
import type { DeskPosture } from '../src/desk/state/desk-posture.ts'

/** What restricts the desk from outside the page: menu, tray, keys. Each works while the page is frozen. */
export interface Restrictions {
  readonly halt: (from: string) => void
  readonly stopAddingRisk: (from: string) => void
}

/** The restrictions of a desk; one that cannot be kept is told, and holds in memory all the same. */
export function restrictionsOf(posture: DeskPosture, failed: (says: string) => void): Restrictions {
  const attempt = (act: () => void): void => {
    try {
      act()
    } catch (error) {
      failed(error instanceof Error ? error.message : String(error))
    }
  }
  return {
    halt: (from) => attempt(() => posture.halt(`Halted from ${from}.`)),
    stopAddingRisk: (from) =>
      attempt(() => {
        if (posture.state !== undefined)
          posture.happen({ kind: 'reduce', says: `Adding risk was stopped from ${from}.` })
      }),
  }
}

/** F9 and Shift+F9 are seen before the page sees them, so that a frozen page cannot hold them up. A held key counts once. */
export function hearHaltKeys(contents: WebContents, { halt, stopAddingRisk }: Restrictions): void {
  contents.on('before-input-event', (_event, input) => {
    if (input.type !== 'keyDown' || input.key !== 'F9' || input.isAutoRepeat) return
    // With Ctrl it is the flatten procedure, which the page asks about first.
    if (input.control || input.alt || input.meta) return
    if (input.shift) halt('the keyboard')
    else stopAddingRisk('the keyboard')
  })
}
