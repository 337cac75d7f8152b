import { readDated } from '../../freshness.ts'
import { divide, ONE, rounded, sayPercent, text, ZERO } from '../../kernel/money.ts'
import { fraction, number } from '../../kernel/setting.ts'
import { defineFactor } from '../rule.ts'

/** From 1 at no drawdown linearly down to 1/factor at the limit, 0 beyond; 0 where the peak is not known. */
export const drawdown = defineFactor({
  id: 'drawdown',
  title: 'Drawdown',
  code: 'DRAWDOWN',
  says: 'Trades smaller the further equity is below its peak, and not at all beyond the limit.',
  settings: {
    limit: fraction({
      title: 'Drawdown limit',
      help: 'Beyond this share below the peak nothing is traded.',
      least: '0',
      most: '1',
      above: true,
    }),
    factor: number({
      title: 'Drawdown factor',
      help: 'At the limit the size is divided by this.',
      least: '1',
      most: '100',
      stricter: 'higher',
    }),
  },
  evaluate({ inputs, standing, now }, { limit, factor }) {
    const { peakEquity } = inputs.account
    const peak = readDated(peakEquity, 'account.peakEquity', now)
    if (!peak.ok) return { value: ZERO, says: peak.error.says, facts: {}, fault: peak.error }
    const below = peak.value.gt(standing.equity) ? divide(peak.value.minus(standing.equity), peak.value) : ZERO
    const facts = { drawdown: rounded(below), peak: text(peak.value) }
    if (below.gt(limit))
      return {
        value: ZERO,
        says: `Equity is ${sayPercent(below)} below its peak, beyond the limit of ${sayPercent(limit)}.`,
        facts,
      }
    const value = ONE.minus(divide(below, limit).times(ONE.minus(divide(ONE, factor))))
    return { value, says: `Equity is ${sayPercent(below)} below its peak.`, facts }
  },
})
