import { readPositive } from '../domain/kernel/money.ts'
import { readLimits } from './limit-readings.ts'
import { standing } from './standing.ts'
import type { Workspace } from './workspace.ts'

/** The limit that is broken now, in words; `undefined` where none is. While one is, no limit is loosened. */
export function breachNow(workspace: Workspace): string | undefined {
  const { account, book, profile } = standing(workspace)
  const equity = readPositive(account.equity.value, 'account.equity')
  const known = equity.ok && book.unknown.length === 0 ? equity.value : null
  const over = readLimits(workspace, account, book, profile, known).find(({ state }) => state === 'over')
  return over === undefined ? undefined : `${over.title}${over.subject === null ? '' : ` of ${over.subject}`}`
}
