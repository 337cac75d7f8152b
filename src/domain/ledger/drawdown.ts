import { dec, divide, larger, text, ZERO } from '../kernel/money.ts'

/** Equity at one instant, in account currency, with the flows since the previous point: deposits less withdrawals. */
export interface EquityPoint {
  readonly at: number
  readonly equity: string
  readonly flow: string
}

/** Where an account stands below its highest equity. Money in account currency, `drawdown` a fraction of the peak. */
export interface Drawdown {
  readonly peak: string
  readonly peakAt: number
  readonly equity: string
  readonly drawdown: string
  readonly deepest: string
}

/**
 * Peak and drawdown over points in order of time; `undefined` for no points. The first point is the first peak. A flow
 * moves the peak with it, so that a deposit hides no loss and a withdrawal is none.
 */
export function drawdown(points: readonly EquityPoint[]): Drawdown | undefined {
  const [first] = points
  if (first === undefined) return undefined
  let peak = dec(first.equity)
  let peakAt = first.at
  let equity = peak
  let below = ZERO
  let deepest = ZERO
  for (const point of points.slice(1)) {
    equity = dec(point.equity)
    peak = peak.plus(dec(point.flow))
    if (equity.gte(peak)) {
      peak = equity
      peakAt = point.at
    }
    below = peak.gt(0) ? divide(peak.minus(equity), peak).toDecimalPlaces(12) : ZERO
    deepest = larger(deepest, below)
  }
  return { peak: text(peak), peakAt, equity: text(equity), drawdown: text(below), deepest: text(deepest) }
}
