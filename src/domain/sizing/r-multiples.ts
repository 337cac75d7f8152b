import type { EdgeInput } from '../inputs.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'

/** Why no share is the best one while every trade with a stop won. */
export const NONE_LOST = 'No trade with a stop has lost yet, so growth over R-multiples has no greatest point.'

/** The R-multiples of the closed trades; refuses where trades carry no stops, since an R is never made up. */
export function rMultiplesOf(edge: EdgeInput, needed: number): Result<readonly number[], Reason> {
  const multiples = edge.rMultiples ?? []
  const broken = multiples.findIndex((r) => !Number.isFinite(r))
  if (broken >= 0)
    return err(
      reason('INPUT_NOT_FINITE', `edge.rMultiples holds ${String(multiples[broken])} at ${broken}.`, 'edge.rMultiples'),
    )
  if (multiples.length >= needed) return ok(multiples)
  return err(
    reason(
      'EDGE_UNCERTAIN',
      `${multiples.length} closed trades had a stop, ${needed} are needed: without a stop a trade has no R.`,
      'edge.rMultiples',
    ),
  )
}
