import type { KeyHint } from '../app/screens.ts'

/** The keys of the ticket, as the overlay lists them. */
export const ticketKeys: readonly KeyHint[] = [
  { keys: '/', does: 'Pick an instrument' },
  { keys: 'L, S', does: 'Long, short' },
  { keys: 'E, P, T', does: 'Entry, stop, target: to the field, or the price under the pointer' },
  { keys: 'R, Q', does: 'To the risk, to the quantity' },
  { keys: 'U, Shift U', does: 'Next unit of risk, previous unit' },
  { keys: 'Alt 1, 2, 3', does: 'Risk preset, in the risk field' },
  { keys: '↑ ↓, Shift', does: 'In a price: 1 tick, 10 ticks' },
  { keys: '=', does: 'In a number: arithmetic, =(5012.25-4998.25)*5' },
  { keys: 'M', does: 'Every method’s numbers for this order' },
  { keys: 'W', does: 'What would allow a quantity' },
  { keys: 'F', does: 'Conviction and forecasts' },
  { keys: 'Alt I', does: 'Derivation of the size' },
  { keys: 'Ctrl Enter', does: 'Record the decision; approve it on paper; hold 0.6 s or press twice live' },
]
