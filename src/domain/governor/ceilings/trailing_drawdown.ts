import { readPositive } from '../../kernel/money.ts'
import { fraction } from '../../kernel/setting.ts'
import { floorCeiling } from '../floor-ceiling.ts'
import { defineCeiling, veto } from '../rule.ts'

/** Equity with every stop and this order's hit ≥ the peak × (1 − max): a floor that rises with the peak. */
export const trailingDrawdown = defineCeiling({
  id: 'trailing_drawdown',
  title: 'Drawdown from the peak',
  code: 'DRAWDOWN',
  says: 'If every stop were hit now, equity would stay within a share of its peak.',
  settings: {
    max: fraction({
      title: 'Most below the peak',
      help: 'Share of the highest equity that may be given back.',
      least: '0',
      most: '1',
      above: true,
    }),
  },
  evaluate(sizing, { max }) {
    const peak = readPositive(sizing.inputs.account.peakEquity.value, 'account.peakEquity')
    if (!peak.ok) return veto(peak.error)
    return floorCeiling(sizing, peak.value, peak.value.minus(peak.value.times(max)), 'its peak')
  },
})
