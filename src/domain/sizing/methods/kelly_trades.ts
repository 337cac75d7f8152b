import { sayPercent, smaller, text, type Dec, type RiskFraction } from '../../kernel/money.ts'
import { ok } from '../../kernel/result.ts'
import { decidedTrades, edgeOrFallback } from '../kelly-edge.ts'
import { KELLY_SETTINGS } from '../kelly-settings.ts'
import { defineMethod } from '../method.ts'

/**
 * Kelly from closed trades: f* = (p·b − q)/b with b = mean win / mean loss, capped, times the Kelly fraction; a risk
 * fraction (Kelly 1956; Thorp 2006). Too few trades fall back to a fixed risk, never above what the method itself gives.
 */
export const kellyTrades = defineMethod({
  id: 'kelly_trades',
  title: 'Kelly from closed trades',
  proposes: 'risk',
  needsStop: true,
  says: 'Risks a fraction of what would have grown fastest over past trades. Only for strategies with many like trades; the estimate is noisy, so keep the fraction low.',
  settings: KELLY_SETTINGS,
  propose({ inputs }, values) {
    const staked = (kelly: Dec | null): Dec => smaller(kelly ?? values.cap, values.cap).times(values.fraction)
    const read = edgeOrFallback(inputs.edge, values, staked)
    if ('answer' in read) return read.answer
    const { point, edge } = read
    const share = staked(point.kelly)
    const capped = point.kelly.gt(values.cap) ? `, capped at ${sayPercent(values.cap)}` : ''
    return ok({
      kind: 'risk',
      fraction: share as RiskFraction,
      says: `Kelly ${sayPercent(point.kelly)} from ${decidedTrades(edge)} trades of ${edge.scope}${capped}, × ${text(values.fraction)} = ${sayPercent(share)} of equity at the stop.`,
      facts: {
        winRate: String(point.winRate),
        payoff: text(point.payoff),
        kelly: text(point.kelly),
        fraction: text(values.fraction),
        trades: String(decidedTrades(edge)),
      },
    })
  },
})
