import { plain } from '../domain/kernel/canonical.ts'
import type { Workspace } from './workspace.ts'

/** A stored profile by its name and hash. */
export interface AssignedProfile {
  readonly name: string
  readonly hash: string
}

/** How things stood before the last assignment: what undoing it goes back to. */
export interface BeforeAssignment {
  readonly strategies: Readonly<Record<string, AssignedProfile>>
  /** Own methods of the strategies it changed. */
  readonly methods: Readonly<Record<string, string | null>>
  /** The book's profile, where it changed that. */
  readonly book: AssignedProfile | null
  readonly says: string
}

/** Which strategies are sized by a profile of their own. */
export interface Assignments {
  readonly strategies: Readonly<Record<string, AssignedProfile>>
  readonly before: BeforeAssignment | null
}

/** Key of the setting that keeps the assignments. */
export const ASSIGNMENTS = 'assignments'

/** The assignments of the open book; none where none was made. */
export function assignments(workspace: Workspace): Assignments {
  // Safe: only the desk writes this setting, and it writes this shape.
  const kept = workspace.remember(ASSIGNMENTS, () => workspace.book.setting(ASSIGNMENTS)?.value)
  return (kept as Assignments | undefined) ?? { strategies: {}, before: null }
}

/** Keeps assignments, with the sentence their row in the log says. */
export function keepAssignments(workspace: Workspace, now: Assignments, says: string): void {
  const value = plain(now)
  workspace.book.saveSetting({ key: ASSIGNMENTS, value, kind: 'override', says }, workspace.options.ambient.now())
}
