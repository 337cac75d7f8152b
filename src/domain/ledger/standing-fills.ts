import { invariant } from '../kernel/invariant.ts'
import type { Fill } from './records.ts'

/** What a venue said later of an execution: kept beside the fill, which is never changed. */
export interface FillChange {
  readonly fillId: string
  readonly accountId: string
  /** When it was said. */
  readonly at: number
  /** 0 is a bust: the execution is void. Of corrections the highest stands. */
  readonly revision: number
  /** The fill as corrected; `null` for a bust. */
  readonly corrected: Fill | null
}

/**
 * Fills as they stand, by time, then by id: busted ones are out, corrected ones have their highest correction and keep the
 * instant and the ticket of the first report. A correction whose fill was never told counts by itself. The order in which
 * fills and changes came does not matter, nor how often.
 */
export function standingFills(fills: readonly Fill[], changes: readonly FillChange[]): readonly Fill[] {
  if (changes.length === 0) return fills
  const busted = new Set<string>()
  const newest = new Map<string, FillChange>()
  for (const change of changes) {
    const { fillId, revision } = change
    if (revision === 0) busted.add(fillId)
    else if (revision > (newest.get(fillId)?.revision ?? 0)) newest.set(fillId, change)
  }
  const known = new Set(fills.map(({ fillId }) => fillId))
  const alone = [...newest.values()].filter(({ fillId }) => !known.has(fillId)).map(correctedOf)
  return [...fills.map((fill) => corrected(fill, newest.get(fill.fillId))), ...alone]
    .filter(({ fillId }) => !busted.has(fillId))
    .sort((a, b) => a.at - b.at || (a.fillId < b.fillId ? -1 : 1))
}

function corrected(fill: Fill, change: FillChange | undefined): Fill {
  if (change === undefined) return fill
  const { symbol, side, quantity, price, fee, feeCurrency, fxRate } = correctedOf(change)
  return { ...fill, symbol, side, quantity, price, fee, feeCurrency, fxRate, statedProfit: null }
}

function correctedOf({ corrected: fill }: FillChange): Fill {
  invariant(fill !== null, 'a correction says what it is corrected to')
  return fill
}
