import type { PlannedDecision } from '../../contract/portfolio/plan.ts'
import type { StateName } from '../kit/state-words.ts'

const STATES = { approved: 'ok', reduced: 'near', rejected: 'over' } as const

/** The state an answer of the governor is shown in. */
export const outcomeState = (outcome: PlannedDecision['outcome']): StateName => STATES[outcome]
