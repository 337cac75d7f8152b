import { INTERVAL_MS } from '../../domain/ledger/records.ts'
import { commonDays } from '../../domain/market/common-days.ts'
import { reason, type Reason } from '../../domain/kernel/reason.ts'
import { err, ok, type Result } from '../../domain/kernel/result.ts'
import type { BookReader } from '../ports.ts'

/** What present weights, held without trading, would have lived through. Shares of equity; losses are negative. */
export interface WindowLived {
  readonly path: readonly { readonly at: number; readonly share: number }[]
  readonly bySymbol: readonly { readonly symbol: string; readonly share: number }[]
  /** The worst step from one common day to the next, and its part by symbol. */
  readonly worst: {
    readonly at: number
    readonly share: number
    readonly bySymbol: readonly { readonly symbol: string; readonly share: number }[]
  }
  /** Without bars at both ends of the window: not in the figures. */
  readonly missing: readonly string[]
}

const DAY = INTERVAL_MS['1d']
const MOST_DAYS = 20_000
/** A window may begin or end in a weekend and a holiday. */
const EDGE_MS = 7 * DAY

/**
 * Lives through a stretch of the past with weights held since its first common day. A holding without a close within a week
 * of both ends is named and left out; a day on which one of the others has none is skipped for all. Nothing is filled.
 */
export function windowLived(
  book: BookReader,
  weights: Readonly<Record<string, number>>,
  from: number,
  to: number,
): Result<WindowLived, Reason> {
  const days = Math.min(MOST_DAYS, Math.ceil((to - from) / DAY) + 2)
  const held = Object.entries(weights).map(([symbol, weight]) => {
    const bars = book.bars(symbol, '1d', to, days).filter((bar) => bar.at + DAY > from)
    const closes = new Map(bars.map((bar) => [Math.floor(bar.at / DAY), Number(bar.close)]))
    return { symbol, weight, calendar: book.instrument(symbol)?.calendar ?? ('crypto' as const), closes }
  })
  const full = held.filter(({ closes }) => {
    const days = [...closes.keys()]
    const [first, last] = [Math.min(...days), Math.max(...days)]
    return first * DAY <= from + EDGE_MS && (last + 1) * DAY >= to - EDGE_MS
  })
  const all = commonDays(full.map(({ calendar, closes }) => ({ calendar, days: closes }))).days
  const kept = all.filter((day) => full.every(({ closes }) => closes.has(day)))
  const start = kept[0]
  if (full.length === 0 || kept.length < 2 || start === undefined)
    return err(
      reason(
        'INPUT_MISSING',
        `No position has daily bars from ${isoDay(from)} to ${isoDay(to)}: choose another window, or import bars.`,
        'window',
      ),
    )
  const gainOf = (own: (typeof full)[number], day: number): number =>
    own.weight * ((own.closes.get(day) ?? Number.NaN) / (own.closes.get(start) ?? Number.NaN) - 1)
  const path = kept.map((day) => ({
    at: (day + 1) * DAY,
    share: full.reduce((sum, own) => sum + gainOf(own, day), 0),
  }))
  const stepTo = (i: number): number => (path[i]?.share ?? 0) - (path[i - 1]?.share ?? 0)
  const worst = path.reduce((low, _, i) => (i > 0 && stepTo(i) < stepTo(low) ? i : low), 1)
  const end = kept.at(-1) as number
  return ok({
    path,
    bySymbol: full.map((own) => ({ symbol: own.symbol, share: gainOf(own, end) })),
    worst: {
      at: path[worst]?.at ?? to,
      share: stepTo(worst),
      bySymbol: full.map((own) => ({
        symbol: own.symbol,
        share: gainOf(own, kept[worst] as number) - gainOf(own, kept[worst - 1] as number),
      })),
    },
    missing: held.filter((own) => !full.includes(own)).map(({ symbol }) => symbol),
  })
}

function isoDay(at: number): string {
  return Number.isFinite(at) && Math.abs(at) < 8.64e15 ? new Date(at).toISOString().slice(0, 10) : String(at)
}
