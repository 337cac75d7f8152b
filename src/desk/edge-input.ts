import { seededIntervals } from '../domain/edge/seeded-intervals.ts'
import { wilsonInterval } from '../domain/stats/wilson.ts'
import type { EdgeInput } from '../domain/inputs.ts'
import { add, divide, fromFloat, readDecimal, rounded, text, ZERO, type Dec } from '../domain/kernel/money.ts'
import type { Trade } from '../domain/ledger/records.ts'
import { closedOutcomes } from './edge-outcomes.ts'
import type { EdgeMember } from './studies-plan.ts'

/** Which closed trades an edge is of, and what of them is asked for. */
export interface EdgeScope {
  readonly says: string
  readonly from: number
  readonly to: number
  readonly currency: string
  readonly members: ReadonlySet<EdgeMember>
}

/**
 * Wins, losses and scratches of closed trades with their mean amounts in account currency, and the members asked for.
 * Trades without a rate are left out and said. The bootstrap is seeded by the trades: equal trades give equal bytes.
 */
export function edgeInput(trades: readonly Trade[], scope: EdgeScope): EdgeInput {
  const { from, to, members } = scope
  const closed = trades.filter((trade) => trade.exitAt > from && trade.exitAt <= to)
  const { outcomes, withoutRate } = closedOutcomes(closed)
  const profits = closed.flatMap(({ accountProfit }) => {
    const read = readDecimal(accountProfit, 'profit')
    return read.ok ? [read.value] : []
  })
  const won = profits.filter((profit) => profit.gt(0))
  const lost = profits.filter((profit) => profit.lt(0)).map((profit) => profit.negated())
  const needsBootstrap = members.has('payoffLow') || members.has('kellyLow')
  const intervals = needsBootstrap ? seededIntervals(outcomes) : undefined
  const decided = won.length + lost.length
  return {
    scope: scope.says,
    window: `${Math.round((to - from) / 86_400_000)} days`,
    from,
    to,
    wins: won.length,
    losses: lost.length,
    scratches: profits.length - decided,
    meanWin: meanOf(won),
    meanLoss: meanOf(lost),
    ...(members.has('winRateLow') ? { winRateLow: statistic(wilsonLow(won.length, decided)) } : {}),
    ...(members.has('payoffLow') ? { payoffLow: statistic(intervals?.payoff?.[0]) } : {}),
    ...(members.has('kellyLow') ? { kellyLow: statistic(intervals?.kelly?.[0]) } : {}),
    ...(members.has('rMultiples') ? { rMultiples: outcomes.flatMap(({ r }) => (r === null ? [] : [r])) } : {}),
    ...(members.has('meanFee') ? { meanFee: meanOf(closed.flatMap((trade) => feeOf(trade, scope.currency))) } : {}),
    source: withoutRate === 0 ? 'closed trades' : `closed trades, ${withoutRate} without a rate left out`,
  }
}

/** Mean units of the closed trades in one symbol; `null` where there is none. Units of other symbols mean something else. */
export function meanQuantity(trades: readonly Trade[], symbol: string): string | null {
  return meanOf(
    trades.flatMap((trade) => {
      const quantity = trade.symbol === symbol ? readDecimal(trade.quantity, 'quantity') : undefined
      return quantity?.ok === true ? [quantity.value] : []
    }),
  )
}

/** The fees of a trade in account currency, by the rate its profit was converted with; nothing where that is not known. */
export function feeOf(trade: Trade, accountCurrency: string): readonly Dec[] {
  const fees = readDecimal(trade.fees, 'fees')
  if (!fees.ok) return []
  if (trade.currency === accountCurrency || fees.value.isZero()) return [fees.value]
  const profit = readDecimal(trade.profit, 'profit')
  const converted = readDecimal(trade.accountProfit, 'profit')
  if (!profit.ok || !converted.ok || profit.value.isZero()) return []
  return [fees.value.times(divide(converted.value, profit.value))]
}

function wilsonLow(wins: number, decided: number): number | undefined {
  return decided === 0 ? undefined : wilsonInterval(wins, decided)[0]
}

function statistic(value: number | undefined): string | null {
  return value === undefined || !Number.isFinite(value) ? null : text(fromFloat(value))
}

function meanOf(values: readonly Dec[]): string | null {
  if (values.length === 0) return null
  return rounded(
    divide(
      values.reduce((sum, value) => add(sum, value), ZERO),
      fromFloat(values.length),
    ),
  )
}
