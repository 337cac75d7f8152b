import { ONE, text } from '../../kernel/money.ts'
import { number } from '../../kernel/setting.ts'
import { tierOf } from '../tier.ts'
import { defineFactor } from '../rule.ts'

/** × by the trader's conviction; above 1 only for the tier STRATEGIST, else 1 and the step says so. */
export const conviction = defineFactor({
  id: 'conviction',
  title: 'Conviction',
  code: 'BRAKED',
  says: 'Scales the proposal by how sure the trader is; every ceiling comes after it.',
  settings: {
    low: number({ title: 'Low', help: 'Multiplier at low conviction.', least: '0', most: '1' }),
    medium: number({ title: 'Medium', help: 'Multiplier at medium conviction.', least: '0', most: '1' }),
    high: number({
      title: 'High',
      help: 'Multiplier at high conviction; above 1 only for the tier STRATEGIST, and only where boosts are allowed.',
      least: '0',
      most: '3',
    }),
  },
  evaluate({ order, standing, tiers }, { low, medium, high }) {
    if (order.conviction === null) return { value: ONE, says: 'The order names no conviction.', facts: {} }
    const wanted = { LOW: low, MEDIUM: medium, HIGH: high }[order.conviction]
    const tier = tierOf(standing.equity, tiers)
    const facts = { conviction: order.conviction, tier, multiplier: text(wanted) }
    if (wanted.gt(1) && tier !== 'STRATEGIST') {
      return {
        value: ONE,
        says: `${order.conviction} conviction asks for × ${text(wanted)}, which needs the tier STRATEGIST; this account is ${tier}, so × 1.`,
        facts,
      }
    }
    return { value: wanted, says: `${order.conviction} conviction: × ${text(wanted)}.`, facts }
  },
})
