import { readPositive } from '../../domain/kernel/money.ts'
import { standing } from '../standing.ts'
import type { Workspace } from '../workspace.ts'
import { planLots } from './plan-lots.ts'

/** One lot of each instrument as a share of equity now; what has no lot, price or rate, and all where equity is not known, is left out. */
export function lotWeights(workspace: Workspace, symbols: readonly string[]): Readonly<Record<string, number>> {
  const { account, book } = standing(workspace)
  const equity = readPositive(account.equity.value, 'account.equity')
  if (!equity.ok) return {}
  return Object.fromEntries(
    symbols.flatMap((symbol) => {
      const weights = { present: 0, target: 0, equity: equity.value }
      const { lotWeight } = planLots(workspace.book, book.input, symbol, weights).asset
      return lotWeight === null || !(lotWeight > 0) ? [] : [[symbol, lotWeight]]
    }),
  )
}
