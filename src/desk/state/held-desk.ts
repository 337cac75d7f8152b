import type { DeskRules } from '../../domain/desk-state/desk-event.ts'
import type { Posture } from '../../domain/desk-state/step-desk.ts'
import type { BookKind } from '../ports.ts'

/** The open book as its state sees it: known without asking the store. */
export interface HeldDesk {
  readonly kind: BookKind
  readonly accountId: string
  readonly zone: DeskRules['zone']
  readonly posture: Posture
  /** The window that holds the arm, and when it was last heard. */
  readonly windowId: string
  readonly heardAt: number
}
