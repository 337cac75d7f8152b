import type { KeyHint } from '../app/screens.ts'

/** What a halt reaches, said wherever it is pressed. */
export const haltReach = 'Halt stops every book of the data folder, not this one alone.'

/** The keys of the live part, which work on every screen. */
export const liveKeys: readonly KeyHint[] = [
  { keys: 'F9, Ctrl .', does: 'Stop adding risk, at once' },
  { keys: 'Shift F9', does: 'Halt every book of the data folder, at once' },
  { keys: 'Ctrl Shift F9', does: 'Flatten: list, then confirm' },
  { keys: 'Esc', does: 'Disarm, where nothing else is left or shut' },
]
