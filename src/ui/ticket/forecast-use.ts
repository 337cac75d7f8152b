import type { Decision } from '../../contract/sizing.ts'
import { numberText } from '../format/number-text.ts'

/** What the present order makes of conviction, signal and forecasts, in words short enough to stand beside a field. */
export interface ForecastUse {
  readonly conviction: string
  readonly signal: string
  readonly expectedReturn: string
  readonly volatility: string
  /** Fractions a year that the method used, where it says so; the bars' own stand in for an empty field. */
  readonly measuredReturn: string | undefined
  readonly measuredVolatility: string | undefined
  readonly says: string
}

const bothForecasts: ReadonlySet<string> = new Set([
  'kelly_continuous',
  'kelly_vol',
  'leveraged_kelly',
  'growth_optimal',
])

/** Says what uses each field; a typed quantity is the trader's own and nothing scales it. */
export function forecastUse(decision: Decision | undefined): ForecastUse {
  const step = (rule: string): Decision['steps'][number] | undefined =>
    decision?.steps.find(({ stage, rule: id }) => stage === 'adjust' && id === rule)
  const proposal = decision?.steps.find(({ stage }) => stage === 'propose')
  const typed = proposal?.rule === 'request.quantity'
  const sharpe = decision?.steps.find(({ rule }) => rule === 'minimum_sharpe')
  const scaled = (rule: string): string => {
    const factor = step(rule)?.factor
    return typed ? 'quantity typed' : factor == null ? 'off in profile' : `× ${numberText(factor, { mostPlaces: 2 })}`
  }
  const method = typed ? '' : (decision?.method ?? '')
  const checked = sharpe !== undefined && !sharpe.says.startsWith('No minimum')
  const used = (by: boolean): string => (by ? 'used by method' : checked ? 'for the check' : 'not used now')
  return {
    conviction: scaled('conviction'),
    signal: scaled('signal'),
    expectedReturn: used(bothForecasts.has(method)),
    volatility: used(bothForecasts.has(method) || method === 'vol_target'),
    measuredReturn: proposal?.facts['expectedReturn'],
    measuredVolatility: proposal?.facts['volatility'],
    says: 'Conviction and signal scale what the method proposes. Return and volatility feed Kelly from forecasts, volatility target, leveraged Kelly and growth-optimal, and the Sharpe check; left empty, the bars’ own count.',
  }
}
