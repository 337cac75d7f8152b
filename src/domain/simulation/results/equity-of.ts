/** Largest equity over start that is reported; beyond it squares would overflow and no trader cares. */
const MOST_EQUITY = 1e150

/** Equity over starting equity of a log equity; 0 for a path that lost everything. */
export function equityOf(logEquity: number): number {
  return Math.min(Math.exp(logEquity), MOST_EQUITY)
}

/** Maximum drawdown as a fraction of the peak, of a depth in logs. */
export function drawdownOf(logDepth: number): number {
  return 1 - Math.exp(-logDepth)
}
