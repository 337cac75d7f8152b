import { NO_MONEY, readDecimal, say, sayPercent } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { fraction } from '../../kernel/setting.ts'
import { exposureCeiling } from '../linear-ceiling.ts'
import { defineCeiling, open, veto } from '../rule.ts'

/** Exposure of the order's strategy ≤ equity · its budget, else the fallback; tracked from fills by strategy. */
export const strategyBudget = defineCeiling({
  id: 'strategy_budget',
  title: 'Strategy budget',
  code: 'BUDGET',
  says: 'The exposure of one strategy stays within its share of equity.',
  settings: {
    fallback: fraction({
      title: 'Budget without an entry',
      help: 'Share of equity for a strategy that has no budget of its own.',
      least: '0',
      most: '10',
    }),
  },
  evaluate({ standing, book, order, inputs, notionalPerUnit }, { fallback }) {
    if (order.strategy === null) return open('The order names no strategy, so no budget applies.')
    const own = inputs.strategy?.budget ?? null
    const read = own === null ? null : readDecimal(own, 'strategy.budget')
    if (read?.ok === false) return veto(read.error)
    const share = read === null ? fallback : read.value
    if (share.lt(0)) return veto(reason('INPUT_OUT_OF_RANGE', 'strategy.budget must be 0 or more.', 'strategy.budget'))
    const limit = standing.equity.times(share)
    const before = book.byStrategy.get(order.strategy) ?? NO_MONEY
    return exposureCeiling(
      {
        limit,
        before,
        says: `Strategy ${order.strategy} may use ${say(limit)} ${standing.currency} (${sayPercent(share)} of equity${own === null ? ', the fallback' : ''}); ${say(before)} is used.`,
        facts: { strategy: order.strategy },
      },
      notionalPerUnit,
    )
  },
})
