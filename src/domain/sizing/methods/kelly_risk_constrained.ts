import { growthOptimalFraction, riskConstrainedFraction } from '../../edge/log-growth.ts'
import { fromFloat, sayPercent, smaller, text, toFloat, type Dec, type RiskFraction } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { err, ok } from '../../kernel/result.ts'
import { fraction } from '../../kernel/setting.ts'
import { edgeOrFallback, fallback } from '../kelly-edge.ts'
import { KELLY_SETTINGS } from '../kelly-settings.ts'
import { defineMethod } from '../method.ts'
import { NONE_LOST, rMultiplesOf } from '../r-multiples.ts'

/**
 * Risk-constrained Kelly (Busseti, Ryu and Boyd 2016): the most growth over the actual R-multiples for which the
 * probability that wealth ever falls below α stays under β; capped, a risk fraction. The constraint replaces the Kelly
 * fraction, so none is applied.
 */
export const kellyRiskConstrained = defineMethod({
  id: 'kelly_risk_constrained',
  title: 'Kelly under a drawdown bound',
  proposes: 'risk',
  needsStop: true,
  says: 'The most growth for a stated chance of ever losing a stated share. The bound holds for the trades as they were; it is not a promise about others.',
  settings: {
    cap: KELLY_SETTINGS.cap,
    minimumTrades: KELLY_SETTINGS.minimumTrades,
    windowDays: KELLY_SETTINGS.windowDays,
    fallbackRisk: KELLY_SETTINGS.fallbackRisk,
    alpha: fraction({
      title: 'Wealth level',
      help: 'α: share of today’s wealth that should not be lost below, such as 0.7.',
      least: '0.01',
      most: '0.99',
    }),
    beta: fraction({
      title: 'Chance',
      help: 'β: largest probability of ever falling below it, such as 0.1.',
      least: '0.0001',
      most: '0.99',
    }),
  },
  propose({ inputs }, values) {
    const staked = (kelly: Dec | null): Dec => smaller(kelly ?? values.cap, values.cap)
    const read = edgeOrFallback(inputs.edge, values, staked)
    if ('answer' in read) return read.answer
    const multiples = rMultiplesOf(read.edge, values.minimumTrades)
    if (!multiples.ok)
      return multiples.error.code === 'EDGE_UNCERTAIN'
        ? fallback(read.edge, values, staked(read.point.kelly), multiples.error.says)
        : multiples
    const bound = riskConstrainedFraction(multiples.value, toFloat(values.alpha), toFloat(values.beta))
    if (bound === undefined) return fallback(read.edge, values, staked(read.point.kelly), NONE_LOST)
    if (bound === 0)
      return err(
        reason(
          'NO_EDGE',
          'The R-multiples of the closed trades have no positive mean, so the size is zero.',
          'edge.rMultiples',
        ),
      )
    const share = staked(fromFloat(bound))
    const free = growthOptimalFraction(multiples.value) ?? bound
    return ok({
      kind: 'risk',
      fraction: share as RiskFraction,
      says: `${sayPercent(share)} of equity at the stop keeps the chance of ever falling below ${sayPercent(values.alpha)} under ${sayPercent(values.beta)}; full Kelly is ${sayPercent(fromFloat(free))}.`,
      facts: { constrained: String(bound), kelly: String(free), alpha: text(values.alpha), beta: text(values.beta) },
    })
  },
})
