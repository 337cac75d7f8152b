import { dec, text, ZERO, type Dec } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { CashFlow, Holding, PriceMark, Trade } from './records.ts'

/** Everything the equity of one account at one instant is made of. */
export interface EquityFacts {
  readonly at: number
  readonly accountCurrency: string
  /** Flows up to `at`; later ones are left out. */
  readonly cashFlows: readonly CashFlow[]
  /** Closed trades up to `at`; later ones are left out. */
  readonly trades: readonly Trade[]
  /** What is open at `at`. */
  readonly holdings: readonly Holding[]
  readonly terms: (symbol: string) => { readonly currency: string; readonly pointValue: string } | undefined
  /** Newest price at or before `at`. */
  readonly mark: (symbol: string) => PriceMark | undefined
  /** Account currency per unit of `from` at `at`. */
  readonly rate: (from: string) => string | undefined
}

/** Equity with its parts, in account currency. */
export interface EquityReading {
  readonly equity: string
  /** Opening balance and all flows since. */
  readonly deposited: string
  /** Net profit of closed trades. */
  readonly realised: string
  /** Profit of what is open at its marks, less the fees paid to open it. */
  readonly unrealised: string
  /** Time of the oldest price used; `null` when nothing is open. */
  readonly oldestMarkAt: number | null
}

/**
 * Equity of an account at an instant: flows + realised net profit + unrealised profit at the marks. Refuses, naming the
 * field, where no balance is on record or where a mark, a rate or a specification is missing; nothing is assumed.
 */
export function equityAt(facts: EquityFacts): Result<EquityReading, Reason> {
  const deposited = sumOfFlows(facts)
  if (!deposited.ok) return deposited
  const realised = sumOfTrades(facts)
  if (!realised.ok) return realised
  let unrealised = ZERO
  let oldestMarkAt: number | null = null
  for (const holding of facts.holdings) {
    const open = openProfit(holding, facts)
    if (!open.ok) return open
    unrealised = unrealised.plus(open.value.profit)
    oldestMarkAt = Math.min(oldestMarkAt ?? open.value.markAt, open.value.markAt)
  }
  return ok({
    equity: text(deposited.value.plus(realised.value).plus(unrealised)),
    deposited: text(deposited.value),
    realised: text(realised.value),
    unrealised: text(unrealised),
    oldestMarkAt,
  })
}

function sumOfFlows(facts: EquityFacts): Result<Dec, Reason> {
  let sum = ZERO
  let count = 0
  for (const flow of facts.cashFlows) {
    if (flow.at > facts.at) continue
    const amount = flow.accountAmount ?? (flow.currency === facts.accountCurrency ? flow.amount : null)
    if (amount === null)
      return err(noRate(`cash flow ${flow.flowId}`, flow.currency, facts, `cashFlows.${flow.flowId}`))
    sum = sum.plus(dec(amount))
    count += 1
  }
  if (count === 0) {
    const says = 'The account has no opening balance or deposit on record: add one so that its equity is known.'
    return err(reason('INPUT_MISSING', says, 'account.equity'))
  }
  return ok(sum)
}

function sumOfTrades(facts: EquityFacts): Result<Dec, Reason> {
  let sum = ZERO
  for (const trade of facts.trades) {
    if (trade.exitAt > facts.at) continue
    if (trade.accountProfit === null) {
      return err(
        noRate(
          `the closed trade ${trade.tradeId} in ${trade.symbol}`,
          trade.currency,
          facts,
          `trades.${trade.tradeId}`,
        ),
      )
    }
    sum = sum.plus(dec(trade.accountProfit))
  }
  return ok(sum)
}

function openProfit(holding: Holding, facts: EquityFacts): Result<{ profit: Dec; markAt: number }, Reason> {
  const { symbol } = holding
  const terms = facts.terms(symbol)
  if (terms === undefined) {
    return err(
      reason(
        'INPUT_MISSING',
        `${symbol} is held but has no specification: add the instrument.`,
        `instruments.${symbol}`,
      ),
    )
  }
  const mark = facts.mark(symbol)
  if (mark === undefined) {
    return err(
      reason('INPUT_MISSING', `${symbol} is held but has no price on record: type or import one.`, `marks.${symbol}`),
    )
  }
  const rate = terms.currency === facts.accountCurrency ? '1' : facts.rate(terms.currency)
  if (rate === undefined)
    return err(noRate(`the position in ${symbol}`, terms.currency, facts, `rates.${terms.currency}`))
  if (holding.openFees === null) {
    return err(noRate(`a fee of the position in ${symbol}`, 'its currency', facts, `holdings.${symbol}.openFees`))
  }
  const worth = dec(mark.price).times(dec(holding.quantity))
  const gross = worth.minus(dec(holding.cost)).times(dec(terms.pointValue))
  const profit = gross.minus(dec(holding.openFees)).times(dec(rate)).toDecimalPlaces(18)
  return ok({ profit, markAt: mark.at })
}

function noRate(what: string, currency: string, facts: EquityFacts, field: string): Reason {
  const says = `No rate from ${currency} to ${facts.accountCurrency} is known for ${what}: type or import one.`
  return reason('FX_PATH_MISSING', says, field)
}
