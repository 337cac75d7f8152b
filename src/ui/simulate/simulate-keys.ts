import type { KeyHint } from '../app/screens.ts'

/** The keys of the Simulate screen, for the keys overlay. */
export const simulateKeys: readonly KeyHint[] = [
  { keys: 'Ctrl R', does: 'Full run' },
  { keys: 'Esc', does: 'Cancel the run' },
  { keys: 'K', does: 'Move the fraction of policy A' },
  { keys: 'Ctrl S', does: 'Save as scenario' },
  { keys: 'Ctrl E', does: 'Export the result as CSV' },
]
