import type { LabRow } from '../../contract/simulation/lab.ts'
import type { LabResult } from '../../domain/simulation/lab/run-lab.ts'

/** Most points of a curve that are sent. */
const MOST_POINTS = 600

/** Which periods a curve is shown at: all of them, or evenly chosen with the last. */
export function thinned(periods: number): {
  readonly steps: number[]
  readonly at: (values: readonly number[]) => number[]
} {
  const kept = Math.min(periods, MOST_POINTS)
  const steps = Array.from({ length: kept }, (_, index) => Math.round(((index + 1) * periods) / kept))
  return { steps, at: (values) => steps.map((step) => values[step - 1] ?? 0) }
}

/** One method's findings for the reader. */
export function labRow(
  found: Pick<LabResult, 'id' | 'title' | 'performance' | 'deflatedSharpe' | 'returns'> & Partial<LabResult>,
  at: (values: readonly number[]) => number[],
  says = '',
): LabRow {
  const { id, title, performance, deflatedSharpe } = found
  let equity = 1
  const curve = found.returns.map((earned) => (equity *= 1 + earned))
  return {
    id,
    title,
    says,
    totalReturn: performance.totalReturn,
    cagr: performance.cagr,
    volatility: performance.volatility,
    sharpe: performance.sharpe,
    sortino: performance.sortino,
    maxDrawdown: performance.maxDrawdown,
    calmar: performance.calmar,
    squantified: performance.squantified,
    valueAtRisk95: performance.valueAtRisk95,
    expectedShortfall95: performance.expectedShortfall95,
    valueAtRisk99: performance.valueAtRisk99,
    expectedShortfall99: performance.expectedShortfall99,
    probabilisticSharpe: performance.probabilisticSharpe,
    skewness: performance.skewness,
    kurtosis: performance.kurtosis,
    deflatedSharpe,
    interestPaid: found.interestPaid ?? null,
    costsPaid: found.costsPaid ?? null,
    averageLeverage: found.averageLeverage ?? null,
    overnightLeverage: found.overnightLeverage ?? null,
    turnover: found.turnover ?? null,
    equity: at(curve),
  }
}
