import { toFloat } from '../kernel/money.ts'
import type { Sizing } from '../sizing/order.ts'
import type { CorrelationStudy } from '../studies.ts'

/** What is held in one symbol, signed by direction, in account currency as float64: for correlation arithmetic only. */
export interface HeldRisk {
  readonly symbol: string
  /** Signed notional. */
  readonly exposure: number
  /** Signed loss at the stops; the stated gap on its whole size where a stop is missing. */
  readonly risk: number
}

/** Positions added up by symbol, signed. */
export function heldRisks({ book, gapLoss }: Sizing): readonly HeldRisk[] {
  const bySymbol = new Map<string, { symbol: string; exposure: number; risk: number }>()
  const gap = toFloat(gapLoss)
  for (const position of book.positions) {
    const { symbol } = position.input
    const exposure = toFloat(position.notional)
    const size = position.riskAtStop === null ? Math.abs(exposure) * gap : toFloat(position.riskAtStop)
    const held = bySymbol.get(symbol) ?? { symbol, exposure: 0, risk: 0 }
    bySymbol.set(symbol, { symbol, exposure: held.exposure + exposure, risk: held.risk + Math.sign(exposure) * size })
  }
  return [...bySymbol.values()]
}

/** Correlation of two symbols, 1 with itself; `undefined` where it was not studied. */
export function correlationOf(study: CorrelationStudy | null | undefined, a: string, b: string): number | undefined {
  if (a === b) return 1
  if (study === undefined || study === null) return undefined
  const i = study.symbols.indexOf(a)
  const j = study.symbols.indexOf(b)
  const value = i < 0 || j < 0 ? undefined : study.correlation[i * study.symbols.length + j]
  return value !== undefined && Number.isFinite(value) && Math.abs(value) <= 1 + 1e-9 ? value : undefined
}

/**
 * Correlation of two signed holdings as it counts for risk: as studied, else the worst case, which is 1 in the same
 * direction and 0 for opposite ones, so that an unknown hedge earns nothing.
 */
export function countedCorrelation(
  study: CorrelationStudy | null | undefined,
  a: HeldRisk,
  b: HeldRisk,
  unknown: Set<string>,
): number {
  const known = correlationOf(study, a.symbol, b.symbol)
  if (known !== undefined) return known
  unknown.add([a.symbol, b.symbol].sort().join('/'))
  return Math.sign(a.exposure) * Math.sign(b.exposure) > 0 ? 1 : 0
}
