import { say, sayPercent, ZERO } from '../../kernel/money.ts'
import { fraction } from '../../kernel/setting.ts'
import { riskCeiling } from '../linear-ceiling.ts'
import { defineCeiling } from '../rule.ts'

/** All-in loss of this order at its stop ≤ max · equity; without a stop the stated gap is the loss. */
export const riskPerTrade = defineCeiling({
  id: 'risk_per_trade',
  title: 'Risk per trade',
  code: 'RISK_PER_TRADE',
  says: 'The loss of one order at its stop, costs included, stays within a share of equity.',
  settings: {
    max: fraction({
      title: 'Most risk per trade',
      help: 'Share of equity one order may lose at its stop.',
      least: '0',
      most: '1',
      above: true,
    }),
  },
  evaluate({ standing, loss, stopSource, gapLoss }, { max }) {
    const limit = standing.equity.times(max)
    const gap = stopSource === 'gap' ? ` There is no stop, so a gap of ${sayPercent(gapLoss)} is the loss.` : ''
    return riskCeiling(
      {
        limit,
        before: ZERO,
        says: `At most ${say(limit)} ${standing.currency} (${sayPercent(max)} of equity) may be lost at the stop.${gap}`,
      },
      loss,
    )
  },
})
