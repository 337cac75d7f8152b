import type { MethodComparison } from '../contract/what-if.ts'
import { compareMethods } from '../domain/governor/compare-methods.ts'
import { gatherOrder, type SizeOrder } from './size-order.ts'
import type { Workspace } from './workspace.ts'

/** What every sizing method makes of this order now, each with the inputs it looks at; nothing is recorded. */
export function compareForOrder(workspace: Workspace, order: SizeOrder): MethodComparison {
  const own = gatherOrder(workspace, order)
  const inputsWith = (method: string | null): typeof own.inputs =>
    method === null ? own.inputs : gatherOrder(workspace, { ...order, request: { ...order.request, method } }).inputs
  const { rows, ...comparison } = compareMethods(inputsWith, own.valued.book, own.profile)
  return {
    ...comparison,
    rows: rows.map((row) => ({ ...row, reasons: row.reasons.map((because) => ({ ...because })) })),
  }
}
