import { add, divide, larger, ONE, readDecimal, sayPercent, text, ZERO, type Dec } from '../../kernel/money.ts'
import { count, fraction, number } from '../../kernel/setting.ts'
import { defineFactor } from '../rule.ts'

/** × (1 − drawdown) where the balance fell by more than a share within the last trades; a streak boost exists and is off at 1. */
export const performance = defineFactor({
  id: 'performance',
  title: 'Recent performance',
  code: 'BRAKED',
  says: 'Trades smaller after a drawdown over the last closed trades.',
  settings: {
    trades: count({
      title: 'Trades looked at',
      help: 'Last closed trades that count.',
      least: 2,
      most: 1_000,
      stricter: 'higher',
    }),
    least: count({ title: 'Least trades', help: 'With fewer closed trades nothing is braked.', least: 1, most: 1_000 }),
    drawdown: fraction({
      title: 'Drawdown that brakes',
      help: 'Beyond this share the size is multiplied by 1 less the drawdown.',
      least: '0',
      most: '1',
    }),
    streakBoost: number({
      title: 'Boost after 4 wins of 5',
      help: '1 switches it off: a hot hand is not an edge.',
      least: '1',
      most: '2',
    }),
  },
  evaluate({ inputs, standing }, settings) {
    const profits: Dec[] = []
    for (const profit of (inputs.studies?.lastProfits ?? []).slice(-settings.trades)) {
      const read = readDecimal(profit, 'lastProfits')
      if (!read.ok) return { value: ZERO, says: read.error.says, facts: {} }
      profits.push(read.value)
    }
    if (profits.length < settings.least) {
      return {
        value: ONE,
        says: `${profits.length} closed trades, ${settings.least} are needed before performance counts.`,
        facts: { trades: String(profits.length) },
      }
    }
    const fallen = drawdownOf(profits, standing.equity)
    const facts = { trades: String(profits.length), drawdown: text(fallen.toSignificantDigits(12)) }
    if (fallen.gt(settings.drawdown)) {
      return {
        value: larger(ONE.minus(fallen), ZERO),
        says: `The balance fell ${sayPercent(fallen)} within the last ${profits.length} trades.`,
        facts,
      }
    }
    const wins = profits.slice(-5).filter((profit) => profit.gt(0)).length
    if (settings.streakBoost.gt(1) && profits.length >= 5 && wins >= 4) {
      return { value: settings.streakBoost, says: `${wins} of the last 5 trades won.`, facts }
    }
    return {
      value: ONE,
      says: `The largest fall within the last ${profits.length} trades is ${sayPercent(fallen)}.`,
      facts,
    }
  },
})

/** Largest fall from a peak of the balance over these trades, as a share of the peak; the balance before them is the first peak. */
function drawdownOf(profits: readonly Dec[], equity: Dec): Dec {
  let balance = profits.reduce((left, profit) => left.minus(profit), equity)
  let peak = balance
  let low = balance
  let worst: Dec = ZERO
  for (const profit of profits) {
    balance = add(balance, profit)
    if (balance.gt(peak)) peak = low = balance
    if (peak.lte(0)) return ONE
    if (balance.gte(low)) continue
    low = balance
    worst = larger(worst, divide(peak.minus(low), peak))
  }
  return worst
}
