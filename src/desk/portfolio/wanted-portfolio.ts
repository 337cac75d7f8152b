import type { PortfolioMethod, WeightRange } from '../../domain/portfolio/optimiser/portfolio-problem.ts'
import type { CorrelationKind } from './ports.ts'

/** Instruments by symbol, and what their weights may sum to. */
export interface WantedGroup extends WeightRange {
  readonly name: string
  readonly members: readonly string[]
}

/** A portfolio as it is wanted, read and checked, by symbol. Weights and costs are fractions of equity, returns a year. */
export interface WantedPortfolio {
  readonly method: PortfolioMethod
  readonly correlation: CorrelationKind
  readonly lambda: number
  readonly riskFree: number
  readonly cost: number
  readonly costs: Readonly<Record<string, number>>
  readonly lower: number
  readonly upper: number
  readonly bounds: Readonly<Record<string, { readonly lower: number; readonly upper: number }>>
  readonly groups: readonly WantedGroup[]
  /** Caps of clusters by the profile in force: of their members only those weighed count, and what is held of the others. */
  readonly clusters: readonly WantedGroup[]
  readonly turnover: number | null
  readonly volatilityCap: number | null
  readonly topK: { readonly k: number; readonly max: number } | null
  readonly gross: number | null
  readonly budget: { readonly min: number; readonly max: number }
  readonly riskBudgets: Readonly<Record<string, number>> | null
  /** Given by the trader; others are those of their own bars. */
  readonly expected: Readonly<Record<string, number>>
  readonly signals: Readonly<Record<string, number>>
  /** Signed shares of equity held now. */
  readonly present: Readonly<Record<string, number>>
  /** One lot of each instrument as a share of equity, where that is known. */
  readonly lots: Readonly<Record<string, number>>
}
