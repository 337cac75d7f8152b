import type { PortfolioMethod } from '../../contract/portfolio/optimise.ts'
import type { StudyAge } from '../../contract/portfolio/study.ts'
import { numberText, percentText } from '../format/number-text.ts'
import { ageText } from '../format/time-text.ts'

/** The ways to weigh a portfolio, for a picker. */
export const METHODS: readonly { readonly value: PortfolioMethod; readonly label: string }[] = [
  { value: 'kelly_mvo', label: 'Kelly, μ − λ/2 σ²' },
  { value: 'min_variance', label: 'Least variance' },
  { value: 'max_sharpe', label: 'Most Sharpe' },
  { value: 'risk_parity', label: 'Risk parity' },
  { value: 'hrp', label: 'Hierarchical parity' },
  { value: 'equal_weight', label: 'Equal weights' },
]

/** A fraction as per cent, and a dash where it is not known; what would round to zero has no sign. */
export function shareText(share: number | null | undefined, places = 1, signed = false): string {
  if (share == null || !Number.isFinite(share)) return '–'
  return percentText(Math.abs(share) < 0.5 * 10 ** (-places - 2) ? 0 : share, places, signed)
}

/** A correlation with two digits; a dash where it is not known. */
export const correlationText = (value: number, places = 2): string =>
  Number.isFinite(value) ? numberText(value, { places }) : '–'

/** A plain figure with so many digits; a dash where it is not known. */
export const figure = (value: number | null | undefined, places = 2): string =>
  value == null || !Number.isFinite(value) ? '–' : numberText(value, { places })

/** What the numbers stand on: periods, days, age. */
export const studyCaption = ({ periods, from, to, age }: StudyAge): string =>
  `n = ${numberText(periods)} periods, ${from} to ${to}, ${ageText(age)} old`

/** The state word of a reading of the desk. */
export const stateOf = (state: 'ok' | 'near' | 'over' | 'unknown'): 'ok' | 'near' | 'over' | 'stale' =>
  state === 'unknown' ? 'stale' : state
