import type { Book } from '../domain/book.ts'
import type { AccountInput } from '../domain/inputs.ts'
import type { Profile } from '../domain/profile.ts'
import type { Workspace } from './workspace.ts'

/** The open account, its valued book and profile, read for now. */
export function standing(workspace: Workspace): { account: AccountInput; book: Book; profile: Profile; at: number } {
  const record = workspace.account()
  const at = workspace.readAt()
  return {
    account: workspace.accountInput(record, at),
    book: workspace.valuedBook(record, at).book,
    profile: workspace.activeProfile().profile,
    at,
  }
}
