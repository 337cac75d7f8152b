import type { CalendarId } from '../inputs.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { alignReturns } from '../market/aligned-returns.ts'
import { moves } from '../stats/moves.ts'
import { LEAST_PERIODS } from '../stats/weighted-correlation.ts'
import type { MarketView } from './sensor.ts'

/** Log returns of several instruments on the periods all of them have. */
export interface CompleteReturns {
  readonly symbols: readonly string[]
  /** One column an instrument, T periods each, finite, and none of them constant. */
  readonly columns: readonly Float64Array[]
  readonly periods: number
  readonly asOf: number
  readonly calendar: CalendarId
  /** What was left out, as the end of a sentence; empty where nothing was. */
  readonly says: string
}

const DAY_MS = 86_400_000
/** Periods at the end within which an instrument must have a return. */
const RECENT = 5

/**
 * Returns of the market's instruments over the last `lookBack` common periods, those complete in all. Instruments whose
 * returns never change, or that have none of the last 5 periods, are left out; then the one with the most gaps, one by one,
 * until half of the periods are complete, at least 20. Nothing is filled. Refused without 20 periods, or where fewer than two of several instruments are left.
 */
export function completeReturns({ market }: MarketView, lookBack: number): Result<CompleteReturns, Reason> {
  const aligned = alignReturns(market, lookBack)
  if (!aligned.ok) return aligned
  const { symbols, returns, days } = aligned.value
  const wanted = Math.max(LEAST_PERIODS, Math.ceil(days.length / 2))
  const kept = new Set(symbols.keys())
  const leftOut: string[] = []
  for (const [i, column] of returns.entries()) if (!moves(column) || !isRecent(column)) drop(i)
  let rows = completeRows(returns, kept, days.length)
  while (rows.length < wanted && kept.size > 2) {
    const gapsOf = (i: number): number => returns[i]?.filter(Number.isNaN).length ?? 0
    drop([...kept].reduce((worst, i) => (gapsOf(i) > gapsOf(worst) ? i : worst)))
    rows = completeRows(returns, kept, days.length)
  }
  const columns = [...kept].map((i) => Float64Array.from(rows, (t) => returns[i]?.[t] ?? Number.NaN))
  if (rows.length < LEAST_PERIODS || kept.size < 2 || !columns.every(moves)) {
    const names = leftOut.length === 0 ? '' : ` without ${leftOut.join(', ')}`
    return err(
      reason(
        'INPUT_MISSING',
        `${kept.size} of ${symbols.length} instruments${names} have ${kept.size === 0 ? 0 : rows.length} complete periods that move; two and ${LEAST_PERIODS} are needed: import more daily bars.`,
        'bars',
      ),
    )
  }
  return ok({
    symbols: [...kept].map((i) => symbols[i] ?? ''),
    columns,
    periods: rows.length,
    asOf: ((days[rows.at(-1) ?? 0] ?? Number.NaN) + 1) * DAY_MS,
    calendar: market.every(({ calendar }) => calendar === 'crypto') ? 'crypto' : 'equity',
    says: leftOut.length === 0 ? '' : ` Without ${leftOut.join(', ')}: too few or no recent bars, or no movement.`,
  })

  function drop(i: number): void {
    kept.delete(i)
    leftOut.push(symbols[i] ?? '')
  }
}

function completeRows(returns: readonly Float64Array[], kept: ReadonlySet<number>, count: number): readonly number[] {
  return Array.from({ length: count }, (_, t) => t).filter((t) =>
    [...kept].every((i) => !Number.isNaN(returns[i]?.[t] ?? Number.NaN)),
  )
}

/** An instrument that stopped trading would hold the others back to its own last day. */
function isRecent(column: Float64Array): boolean {
  return column.subarray(-RECENT).some((value) => !Number.isNaN(value))
}
