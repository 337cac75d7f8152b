import { kellyBinary } from '../../edge/kelly-binary.ts'
import {
  fromFloat,
  readDecimal,
  readPositive,
  sayPercent,
  smaller,
  text,
  type Dec,
  type RiskFraction,
} from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { err, ok } from '../../kernel/result.ts'
import { decidedTrades, edgeOrFallback } from '../kelly-edge.ts'
import { KELLY_SETTINGS } from '../kelly-settings.ts'
import { defineMethod } from '../method.ts'

/**
 * Kelly from the cautious ends of the estimate: the win rate at the lower bound of its 95 % Wilson interval and the
 * payoff at its lower bootstrap quantile, capped, times the Kelly fraction; a risk fraction.
 */
export const kellyConservative = defineMethod({
  id: 'kelly_conservative',
  title: 'Kelly at the lower bounds',
  proposes: 'risk',
  needsStop: true,
  says: 'Kelly as if the win rate and the payoff were at the low end of what the trades allow. Trades nothing until there is evidence; for young strategies.',
  settings: KELLY_SETTINGS,
  propose({ inputs }, values) {
    const staked = (kelly: Dec | null): Dec => smaller(kelly ?? values.cap, values.cap).times(values.fraction)
    const read = edgeOrFallback(inputs.edge, values, staked)
    if ('answer' in read) return read.answer
    const rate = readDecimal(read.edge.winRateLow, 'edge.winRateLow')
    if (!rate.ok) return rate
    const payoff = readPositive(read.edge.payoffLow, 'edge.payoffLow')
    if (!payoff.ok) return payoff
    if (rate.value.lt(0) || rate.value.gt(1))
      return err(reason('INPUT_OUT_OF_RANGE', 'edge.winRateLow must lie between 0 and 1.', 'edge.winRateLow'))
    const kelly = fromFloat(kellyBinary(rate.value.toNumber(), payoff.value.toNumber()))
    if (kelly.lte(0)) {
      return err(
        reason(
          'EDGE_UNCERTAIN',
          `At the lower bounds (win rate ${sayPercent(rate.value)}, payoff ${payoff.value.toFixed(2)}) there is no edge after ${decidedTrades(read.edge)} trades, so the size is zero.`,
          'edge',
        ),
      )
    }
    const share = staked(smaller(kelly, read.point.kelly))
    return ok({
      kind: 'risk',
      fraction: share as RiskFraction,
      says: `Kelly ${sayPercent(kelly)} at the lower bounds (point ${sayPercent(read.point.kelly)}); × ${text(values.fraction)} = ${sayPercent(share)} of equity at the stop.`,
      facts: {
        winRateLow: text(rate.value),
        payoffLow: text(payoff.value),
        kelly: text(kelly),
        point: text(read.point.kelly),
      },
    })
  },
})
