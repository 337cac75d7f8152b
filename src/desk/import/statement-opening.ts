import type { InstrumentSpec } from '../../domain/inputs.ts'
import { dec, magnitude, sayExact, text, ZERO, type Dec } from '../../domain/kernel/money.ts'
import type { Fill } from '../../domain/ledger/records.ts'
import type { ReadingRoom } from './import-room.ts'
import type { CashFlowRow, FillRow, ImportProblem, ImportReading, StatementOpening } from './ports.ts'

const ALWAYS = Number.MAX_SAFE_INTEGER
const SOURCE = 'opening'

/**
 * A reading with what its statement says was held before it: as rows where `bookOpening` is set, as a proposal where it
 * is not said. Neither where the account has a cash flow, or traded before: then its past is in the book.
 */
export function withOpening(room: ReadingRoom, reading: ImportReading): ImportReading {
  const opening = reading.statement?.opening ?? null
  const wish = reading.settings.bookOpening
  if (opening === null || wish === false || hasPast(room, opening.at)) return reading
  const specs = new Map(reading.instruments.map((spec) => [spec.symbol, spec]))
  const specOf = (symbol: string): InstrumentSpec | undefined => room.book.instrument(symbol) ?? specs.get(symbol)
  const fills = openingFills(opening, specOf)
  const flows = openingFlows(room, reading, opening, specOf)
  if (fills.length + flows.length === 0) return reading
  if (wish === undefined) return { ...reading, problems: [...reading.problems, proposal(opening, fills, flows)] }
  const note = `Booked at the beginning of the statement, as held before: ${wordsOf(opening, fills, flows)}.`
  return {
    ...reading,
    fills: [...fills, ...reading.fills],
    cashFlows: [...flows, ...reading.cashFlows],
    notes: [...reading.notes, note],
  }
}

/** Whether a fill stands for a position held before a statement. */
export function isOpening(fill: Pick<Fill, 'source'>): boolean {
  return fill.source === SOURCE
}

function hasPast({ book, account }: ReadingRoom, at: number): boolean {
  return book.cashFlows(account.accountId, ALWAYS).length > 0 || book.fills(account.accountId, at).length > 0
}

/** Each position as bought or sold at the last price before the statement, so that what it gains since is counted. */
function openingFills(
  opening: StatementOpening,
  specOf: (symbol: string) => InstrumentSpec | undefined,
): readonly FillRow[] {
  return (opening.positions ?? []).flatMap(({ line, symbol, quantity, price }) => {
    const currency = specOf(symbol)?.currency
    if (currency === undefined || price.startsWith('-')) return []
    const fill: FillRow = {
      line,
      keyAt: opening.at,
      at: opening.at,
      symbol,
      side: quantity.startsWith('-') ? 'sell' : 'buy',
      quantity: text(magnitude(dec(quantity))),
      price,
      fee: '0',
      feeCurrency: currency,
      fxRate: null,
      currency,
      strategy: null,
      stop: null,
      tag: null,
      executionId: `opening ${opening.at} ${symbol}`,
      statedProfit: null,
      source: SOURCE,
    }
    return [fill]
  })
}

/**
 * Cash and the worth of the positions, by currency. Without a list of positions: the worth of the whole account where it
 * is stated, else the cash; that in one sum where the statement has no rate for a part of it.
 */
function openingFlows(
  { account }: ReadingRoom,
  reading: ImportReading,
  opening: StatementOpening,
  specOf: (symbol: string) => InstrumentSpec | undefined,
): readonly CashFlowRow[] {
  const held = heldBy(opening, specOf)
  const flows = [...held].flatMap(([currency, amount]) => (amount.isZero() ? [] : [flowOf(currency, amount)]))
  const all = opening.cashInBase
  const unrated = flows.some(({ currency, fxRate }) => currency !== account.currency && fxRate === null)
  return unrated && opening.positions === null && all?.currency === account.currency
    ? [flowOf(all.currency, dec(all.amount))]
    : flows

  function flowOf(currency: string, amount: Dec): CashFlowRow {
    return {
      line: opening.line,
      keyAt: opening.at,
      at: opening.at,
      kind: 'opening',
      amount: text(amount),
      currency,
      fxRate: currency === account.currency ? null : firstRate(reading, currency),
      note: 'Held before the statement',
      sourceId: `opening ${opening.at} ${currency}`,
      source: SOURCE,
    }
  }
}

function heldBy(
  { positions, worth, cash }: StatementOpening,
  specOf: (symbol: string) => InstrumentSpec | undefined,
): ReadonlyMap<string, Dec> {
  const held = new Map<string, Dec>()
  const add = (currency: string, amount: Dec): void => {
    held.set(currency, (held.get(currency) ?? ZERO).plus(amount))
  }
  if (positions === null && worth !== null) add(worth.currency, dec(worth.amount))
  else for (const { currency, amount } of cash) add(currency, dec(amount))
  for (const { symbol, quantity, price } of positions ?? []) {
    const spec = specOf(symbol)
    // What a future or a CFD has gained is in the cash already.
    if (spec === undefined || spec.assetClass === 'future' || spec.assetClass === 'cfd') continue
    add(spec.currency, dec(quantity).times(dec(price)).times(dec(spec.pointValue)))
  }
  return held
}

/** The statement's first rate from a currency to its base: that of its beginning. */
function firstRate({ rates, baseCurrency }: ImportReading, currency: string): string | null {
  const own = rates.filter((rate) => rate.from === currency && rate.to === baseCurrency)
  return own.toSorted((a, b) => a.at - b.at)[0]?.rate ?? null
}

function proposal(opening: StatementOpening, fills: readonly FillRow[], flows: readonly CashFlowRow[]): ImportProblem {
  return {
    line: opening.line,
    column: null,
    value: null,
    says: `Before the statement the account held ${wordsOf(opening, fills, flows)}; the book has no opening balance, and without one the account's equity is not known.`,
    proposal: 'Book it at the beginning of the statement, or state the equity in Settings.',
    severity: 'warning',
    setting: 'bookOpening',
    choices: ['true', 'false'],
  }
}

function wordsOf({ positions }: StatementOpening, fills: readonly FillRow[], flows: readonly CashFlowRow[]): string {
  const amounts = flows.map(({ amount, currency }) => `${sayExact(dec(amount))} ${currency}`).join(' and ')
  if (positions === null) return `${amounts}, and the statement does not list positions`
  return fills.length === 0 ? amounts : `${amounts}, ${fills.length} positions among it`
}
