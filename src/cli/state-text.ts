import type { DeskStateView } from '../contract/desk-state.ts'
import { instant } from './figures.ts'

/** The state of the desk for a person: the word, what it means, and every cause with what clears it. */
export function stateText({ state, means, causes }: DeskStateView): string {
  const lines = causes.map(
    ({ id, forces, since, says, clears, until }) =>
      `  ${forces} since ${instant(since)} (${id}): ${says}${until === null ? '' : ` Until ${instant(until)}.`}\n    What clears it: ${clears}`,
  )
  return [`${state}: ${means}.`, ...lines].join('\n')
}
