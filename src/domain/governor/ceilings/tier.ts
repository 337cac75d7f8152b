import { say, sayPercent } from '../../kernel/money.ts'
import { fraction } from '../../kernel/setting.ts'
import { heldOnSide } from '../held.ts'
import { exposureCeiling } from '../linear-ceiling.ts'
import { defineCeiling } from '../rule.ts'
import { tierOf } from '../tier.ts'

const MOST = 'Most of equity in one position at this tier.'
const LEAST = 'A smaller position is rejected at this tier.'
const share = (title: string): ReturnType<typeof fraction> => fraction({ title, help: MOST, least: '0', most: '1' })
const leastShare = (title: string): ReturnType<typeof fraction> =>
  fraction({ title, help: LEAST, least: '0', most: '1', stricter: 'higher' })

/** Weight of the position ≤ the tier's cap; below the tier's minimum the order is rejected after rounding. */
export const tier = defineCeiling({
  id: 'tier',
  title: 'Account tier',
  code: 'TIER',
  says: 'Small accounts keep their positions small.',
  settings: {
    sniper: share('Sniper'),
    hunter: share('Hunter'),
    strategist: share('Strategist'),
    sniperLeast: leastShare('Sniper least'),
    hunterLeast: leastShare('Hunter least'),
    strategistLeast: leastShare('Strategist least'),
  },
  evaluate({ standing, tiers, book, order, notionalPerUnit }, { sniper, hunter, strategist }) {
    const name = tierOf(standing.equity, tiers)
    const max = { SNIPER: sniper, HUNTER: hunter, STRATEGIST: strategist }[name]
    const limit = standing.equity.times(max)
    const before = heldOnSide(book.bySymbol.get(order.symbol), order.side)
    return exposureCeiling(
      {
        limit,
        before,
        says: `At tier ${name} a position may be ${say(limit)} ${standing.currency} (${sayPercent(max)} of equity); ${say(before)} is held.`,
        facts: { tier: name },
      },
      notionalPerUnit,
    )
  },
})
