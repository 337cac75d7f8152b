import { sayPercent, smaller, text, type Dec, type NotionalWeight, type RiskFraction } from '../../kernel/money.ts'
import { ok } from '../../kernel/result.ts'
import { choice } from '../../kernel/setting.ts'
import { decidedTrades, edgeOrFallback } from '../kelly-edge.ts'
import { KELLY_SETTINGS } from '../kelly-settings.ts'
import { defineMethod } from '../method.ts'
import type { Proposal } from '../order.ts'

/**
 * Kelly from closed trades: f* = (p·b − q)/b with b = mean win / mean loss, capped, times the Kelly fraction; a risk
 * fraction (Kelly 1956; Thorp 2006), or a notional weight where the profile reads it so. Too few trades fall back to a
 * fixed share, never above what the method itself gives.
 */
export const kellyTrades = defineMethod({
  id: 'kelly_trades',
  title: 'Kelly from closed trades',
  proposes: 'risk',
  needsStop: true,
  needsStopWith: ({ readAs }) => readAs === 'risk',
  says: 'Risks a fraction of what would have grown fastest over past trades. Only for strategies with many like trades; the estimate is noisy, so keep the fraction low.',
  settings: {
    readAs: choice(
      ['risk', 'weight'],
      'Read as',
      'Risk: the share is lost at the stop. Weight: the share is the value of the position, whatever its stop, which stakes less than Kelly means.',
    ),
    ...KELLY_SETTINGS,
  },
  propose({ inputs, order }, values) {
    const staked = (kelly: Dec | null): Dec => smaller(kelly ?? values.cap, values.cap).times(values.fraction)
    const asRead = (proposal: Proposal): Proposal =>
      values.readAs === 'weight' && proposal.kind === 'risk' ? asWeight(proposal, order.direction) : proposal
    const read = edgeOrFallback(inputs.edge, values, staked)
    if ('answer' in read) return read.answer.ok ? ok(asRead(read.answer.value)) : read.answer
    const { point, edge } = read
    const share = staked(point.kelly)
    const capped = point.kelly.gt(values.cap) ? `, capped at ${sayPercent(values.cap)}` : ''
    const where = values.readAs === 'risk' ? ' at the stop' : ''
    return ok(
      asRead({
        kind: 'risk',
        fraction: share as RiskFraction,
        says: `Kelly ${sayPercent(point.kelly)} from ${decidedTrades(edge)} trades of ${edge.scope}${capped}, × ${text(values.fraction)} = ${sayPercent(share)} of equity${where}.`,
        facts: {
          winRate: String(point.winRate),
          payoff: text(point.payoff),
          kelly: text(point.kelly),
          fraction: text(values.fraction),
          trades: String(decidedTrades(edge)),
        },
      }),
    )
  },
})

function asWeight({ fraction, says, facts, notes }: Proposal & { kind: 'risk' }, direction: 1 | -1): Proposal {
  return {
    kind: 'weight',
    weight: fraction.times(direction) as NotionalWeight,
    says: `${says} The profile reads it as a weight: ${sayPercent(fraction)} of equity is put into the position, not risked at the stop.`,
    facts: { ...facts, readAs: 'weight' },
    ...(notes === undefined ? {} : { notes }),
  }
}
