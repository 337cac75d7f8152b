import type { RunResult } from '../../contract/simulation/result.ts'
import { percentText } from '../format/number-text.ts'
import type { StateName } from '../kit/state-words.ts'
import { chanceText } from './simulate-words.ts'

/** Whether a policy is within what this person will bear. */
export interface Verdict {
  readonly state: StateName
  readonly word: string
  readonly says: string
}

/** Judges ruin by the upper end of its interval; without a floor or a tolerance nothing is judged. */
export function verdictOn({ ruin }: RunResult, allowed: number | undefined): Verdict {
  if (ruin === null)
    return { state: 'stale', word: 'No ruin line', says: 'Give a ruin line to have the chance of reaching it.' }
  if (allowed === undefined)
    return { state: 'stale', word: 'Not judged', says: 'Give the ruin you allow to have it judged.' }
  const [seen, bound] = [chanceText(ruin.probability), percentText(allowed, 1)]
  if (ruin.low > allowed)
    return { state: 'over', word: 'Over your tolerance', says: `Ruin in ${seen} of the paths, ${bound} allowed.` }
  if (ruin.high > allowed)
    return {
      state: 'near',
      word: 'Not settled',
      says: `The interval reaches past the ${bound} allowed: run more paths.`,
    }
  return { state: 'ok', word: 'Within your tolerance', says: `Ruin in ${seen} of the paths, ${bound} allowed.` }
}
