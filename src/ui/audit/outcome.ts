import type { DecisionRow } from '../../contract/decisions.ts'
import type { StateName } from '../kit/state-words.ts'

type Outcome = DecisionRow['outcome']

/** The shape that stands beside an outcome. */
export const outcomeState = (outcome: Outcome): StateName =>
  (({ approved: 'ok', reduced: 'near', rejected: 'over' }) as const)[outcome]

/** An outcome as people say it. */
export const outcomeWord = (outcome: Outcome): string =>
  ({ approved: 'approved', reduced: 'reduced', rejected: 'refused' })[outcome]
