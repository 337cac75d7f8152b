import { growthOptimalFraction, meanLogGrowth } from '../../edge/log-growth.ts'
import { fromFloat, sayPercent, smaller, text, type Dec, type RiskFraction } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { err, ok } from '../../kernel/result.ts'
import { edgeOrFallback, fallback } from '../kelly-edge.ts'
import { KELLY_SETTINGS } from '../kelly-settings.ts'
import { defineMethod } from '../method.ts'
import { NONE_LOST, rMultiplesOf } from '../r-multiples.ts'

/**
 * Kelly on the actual R-multiples: the share f that maximises mean ln(1 + f·R), capped, times the Kelly fraction; a risk
 * fraction. Uses the whole distribution, so one large loss counts for what it was; needs trades with stops.
 */
export const kellyEmpirical = defineMethod({
  id: 'kelly_empirical',
  title: 'Kelly on actual R-multiples',
  proposes: 'risk',
  needsStop: true,
  says: 'Maximises growth over the R-multiples as they were, fat tails included. Needs trades with stops; a loss larger than any so far is not in it.',
  settings: KELLY_SETTINGS,
  propose({ inputs }, values) {
    const staked = (kelly: Dec | null): Dec => smaller(kelly ?? values.cap, values.cap).times(values.fraction)
    const read = edgeOrFallback(inputs.edge, values, staked)
    if ('answer' in read) return read.answer
    const multiples = rMultiplesOf(read.edge, values.minimumTrades)
    if (!multiples.ok)
      return multiples.error.code === 'EDGE_UNCERTAIN'
        ? fallback(read.edge, values, staked(read.point.kelly), multiples.error.says)
        : multiples
    const best = growthOptimalFraction(multiples.value)
    if (best === undefined) return fallback(read.edge, values, staked(read.point.kelly), NONE_LOST)
    if (best === 0)
      return err(
        reason(
          'NO_EDGE',
          'The R-multiples of the closed trades have no positive mean, so the size is zero.',
          'edge.rMultiples',
        ),
      )
    const kelly = fromFloat(best)
    const share = staked(kelly)
    return ok({
      kind: 'risk',
      fraction: share as RiskFraction,
      says: `Growth over ${multiples.value.length} R-multiples is greatest at ${sayPercent(kelly)}; × ${text(values.fraction)} = ${sayPercent(share)} of equity at the stop.`,
      facts: {
        kelly: text(kelly),
        growth: String(meanLogGrowth(multiples.value, share.toNumber())),
        fraction: text(values.fraction),
        trades: String(multiples.value.length),
      },
    })
  },
})
