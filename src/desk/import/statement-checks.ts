import type { InstrumentSpec } from '../../domain/inputs.ts'
import { dec, say, sayExact, text, ZERO, type Dec } from '../../domain/kernel/money.ts'
import { cashOf } from './import-effect.ts'
import type { ReadingRoom } from './import-room.ts'
import type { ImportPlan } from './plan-import.ts'
import { isOpening } from './statement-opening.ts'
import type { Preview } from './types.ts'

type Check = Preview['statement'][number]

/** Cents: statements round, and so may their sums. */
const TOLERANCE = '0.01'

/** The figures a file states beside what its own rows give, and beside what the book would hold after the import. */
export function statementChecks(room: ReadingRoom, plan: ImportPlan, effect: Preview['effect']): readonly Check[] {
  return [
    ...cashChecks(room, plan, effect),
    ...feeChecks(plan),
    ...profitChecks(plan, effect),
    ...positionChecks(room, plan, effect),
  ]
}

function cashChecks(room: ReadingRoom, plan: ImportPlan, effect: Preview['effect']): readonly Check[] {
  const stated = plan.reading.statement?.cash ?? []
  const specs = new Map(plan.reading.instruments.map((spec) => [spec.symbol, spec]))
  const specOf = (symbol: string): InstrumentSpec | undefined => room.book.instrument(symbol) ?? specs.get(symbol)
  // What was held before the statement is no change within it.
  const fills = rowsOf(plan.fills).filter((fill) => !isOpening(fill))
  const flows = rowsOf(plan.cashFlows).filter(({ kind }) => kind !== 'opening')
  const moved = cashOf(fills, rowsOf(plan.trades), flows, specOf)
  return stated.flatMap(({ currency, start, end }) => {
    const change = check(
      `Change of cash ${currency}`,
      dec(end).minus(dec(start)),
      moved.get(currency) ?? ZERO,
      'The rows of the file do not add up to it.',
    )
    const after = dec(effect.cash.find((cash) => cash.currency === currency)?.after ?? '0')
    const closing = check(
      `Cash ${currency} at the end`,
      dec(end),
      after,
      'The book lacks what the account held before, or holds more.',
    )
    return [change, closing]
  })
}

function feeChecks(plan: ImportPlan): readonly Check[] {
  const paid = new Map<string, Dec>()
  for (const fill of rowsOf(plan.fills))
    paid.set(fill.feeCurrency, (paid.get(fill.feeCurrency) ?? ZERO).plus(dec(fill.fee)))
  return (plan.reading.statement?.commissions ?? [])
    .filter(({ currency, amount }) => amount !== '0' || paid.has(currency))
    .map(({ currency, amount }) =>
      check(
        `Commissions ${currency}`,
        dec(amount).negated(),
        paid.get(currency) ?? ZERO,
        'Executions are missing, or were left out.',
      ),
    )
}

/** Profit per symbol: what the rows state against what first in, first out gives, and against the statement's own sum. */
function profitChecks(plan: ImportPlan, effect: Preview['effect']): readonly Check[] {
  const stated = new Map<string, Dec>()
  const inBase = new Map<string, Dec>()
  for (const fill of plan.reading.fills) {
    if (fill.statedProfit === null) continue
    const profit = dec(fill.statedProfit)
    stated.set(fill.symbol, (stated.get(fill.symbol) ?? ZERO).plus(profit))
    if (fill.fxRate !== null)
      inBase.set(fill.symbol, (inBase.get(fill.symbol) ?? ZERO).plus(profit.times(dec(fill.fxRate))))
  }
  const ours = effect.symbols.flatMap((symbol) => {
    const profit = stated.get(symbol.symbol)
    if (profit === undefined || symbol.fills === 0) return []
    const realised = dec(symbol.realisedAfter).minus(dec(symbol.realisedBefore))
    return [
      check(
        `Realised profit of ${symbol.symbol} in ${symbol.currency}`,
        profit,
        realised,
        'The book lacks earlier executions that these close.',
      ),
    ]
  })
  const sums = (plan.reading.statement?.realised ?? [])
    .filter(({ symbol, amount }) => amount !== '0' || inBase.has(symbol))
    .map(({ symbol, amount, currency }) =>
      check(
        `Realised profit of ${symbol} in ${currency}, by the statement`,
        dec(amount),
        inBase.get(symbol) ?? ZERO,
        'Executions are missing, or were left out.',
      ),
    )
  return [...ours, ...sums]
}

function positionChecks(room: ReadingRoom, plan: ImportPlan, effect: Preview['effect']): readonly Check[] {
  const held = new Map<string, Dec>()
  for (const holding of room.book.holdings(room.account.accountId, Number.MAX_SAFE_INTEGER)) {
    held.set(holding.symbol, (held.get(holding.symbol) ?? ZERO).plus(dec(holding.quantity)))
  }
  for (const symbol of effect.symbols) held.set(symbol.symbol, dec(symbol.quantityAfter))
  return (plan.reading.statement?.positions ?? []).map(({ symbol, quantity }) =>
    check(
      `Position ${symbol}`,
      dec(quantity),
      held.get(symbol) ?? ZERO,
      'The book lacks executions from before this file.',
    ),
  )
}

function check(what: string, statement: Dec, computed: Dec, otherwise: string): Check {
  const difference = computed.minus(statement)
  const matches = difference.abs().lte(dec(TOLERANCE))
  return {
    what,
    statement: text(statement),
    computed: text(computed),
    matches,
    says: matches
      ? `${what}: ${sayExact(statement)}, as stated.`
      : `${what}: stated ${sayExact(statement)}, here ${sayExact(computed)}, a difference of ${say(difference)}. ${otherwise}`,
  }
}

function rowsOf<Row>(planned: readonly { readonly row: Row }[]): readonly Row[] {
  return planned.map(({ row }) => row)
}
