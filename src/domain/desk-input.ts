import type { DeskState } from './desk-state/desk-state.ts'
import type { ReasonCode } from './kernel/reason.ts'

/** What the desk's state lets through at the moment of a decision. */
export interface DeskInput {
  readonly state: DeskState
  readonly entries: boolean
  readonly exits: boolean
  /** Reason code where entries are blocked. */
  readonly code: ReasonCode | null
  readonly says: string
}
