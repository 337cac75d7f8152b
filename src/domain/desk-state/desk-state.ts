import { invariant } from '../kernel/invariant.ts'

/** The states of a desk, loosest first. */
export const DESK_STATES = ['NORMAL', 'REDUCE_ONLY', 'LOCKED', 'HALTED', 'FAULT'] as const
/** What a desk may do: its own word, printed as it is. */
export type DeskState = (typeof DESK_STATES)[number]

/** What each state means, in the words shown beside it. */
export const STATE_MEANS: Readonly<Record<DeskState, string>> = {
  NORMAL: 'new risk allowed',
  REDUCE_ONLY: 'closing only',
  LOCKED: 'closing only until the stated time',
  HALTED: 'nothing is sent except cancels',
  FAULT: 'records cannot be trusted',
}

/** What somebody wants to send: a `flatten` is an exit that a person asked for by its own procedure. */
export type Intent = 'entry' | 'exit' | 'flatten' | 'cancel'

/** How strict a state is: 0 for NORMAL, growing. */
export function strictness(state: DeskState): number {
  return DESK_STATES.indexOf(state)
}

/** The strictest of them; NORMAL where there is none. */
export function strictest(states: Iterable<DeskState>): DeskState {
  let rank = 0
  for (const state of states) rank = Math.max(rank, strictness(state))
  const found = DESK_STATES[rank]
  invariant(found !== undefined, 'a state has a rank')
  return found
}

/**
 * Whether a state lets an intent through. Cancels always pass. Exits pass but for HALTED, where a person flattens, and
 * FAULT, where even that needs an acknowledgement that it will not be recorded as usual.
 */
export function permits(state: DeskState, intent: Intent, faultAcknowledged = false): boolean {
  if (intent === 'cancel') return true
  if (intent === 'entry') return state === 'NORMAL'
  if (state === 'FAULT') return faultAcknowledged
  return state !== 'HALTED' || intent === 'flatten'
}
