import type { BookKind } from '../ports.ts'
import type { Workspace } from '../workspace.ts'
import type { DeskState } from '../../domain/desk-state/desk-state.ts'
import { shownCauses } from '../../domain/desk-state/latch.ts'

/** The state of the open book as it is told outside the page; `undefined` members where no book is open. */
export interface ToldState {
  readonly kind: BookKind | undefined
  readonly state: DeskState | undefined
  /** Why, in a sentence; empty where nothing restricts the desk. */
  readonly says: string
}

/** The state of the open book, for tray and notifications. */
export function toldState({ openBook, posture }: Workspace): ToldState {
  const { state } = posture
  const says = state === undefined ? '' : (shownCauses(posture.now.latch)[0]?.says ?? '')
  return { kind: openBook?.info.kind, state, says }
}

/** Symbols the open book holds; none where no book is open. */
export function heldSymbols(workspace: Workspace): readonly string[] {
  const { openBook } = workspace
  if (openBook === undefined) return []
  const held = openBook.holdings(workspace.account().accountId, workspace.now())
  return [...new Set(held.map(({ symbol }) => symbol))]
}
