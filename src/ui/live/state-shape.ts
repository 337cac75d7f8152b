import type { DeskStateView } from '../../contract/desk-state.ts'
import type { StateName } from '../kit/state-words.ts'

/** The word of a state as it is shown: `REDUCE ONLY`. */
export const stateWord = (state: DeskStateView['state']): string => state.replace('_', ' ')

/** The shape beside a state's word: circle, triangle, bar or square, so that none is told by colour alone. */
export function stateShape(state: DeskStateView['state']): StateName | 'halt' {
  if (state === 'NORMAL') return 'ok'
  if (state === 'REDUCE_ONLY') return 'near'
  return state === 'HALTED' ? 'halt' : 'over'
}

/** The end of an account as it is named in a live book: `…4471`. */
export const accountEnd = (accountId: string): string => `…${accountId.slice(-4)}`
