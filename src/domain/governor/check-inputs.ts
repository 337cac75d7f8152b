import type { Book } from '../book.ts'
import type { DecisionInputs, Reading } from '../inputs.ts'
import { CLOCK_TOLERANCE_MS } from '../freshness.ts'
import { readDecimal } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { isTimeZone } from '../trading-day.ts'
import type { ReadOrder } from '../sizing/read-order.ts'

const BOOK_KINDS: readonly unknown[] = ['paper', 'live', 'sample']
const SIDES: readonly unknown[] = ['buy', 'sell']

/**
 * What the types promise of a snapshot and a stored or foreign one may break: the instant, the groups of values, the
 * switches and counts, and that account, book, instrument and strategy belong together. All faults at once; none is
 * replaced by a default. Numbers are read where they are used.
 */
export function checkInputs(inputs: DecisionInputs, order: ReadOrder, book: Book): readonly Reason[] {
  const faults: Reason[] = []
  checkInstant(inputs.at, faults)
  if (!BOOK_KINDS.includes(inputs.bookKind)) {
    faults.push(reason('INPUT_MALFORMED', 'bookKind must be paper, live or sample.', 'bookKind'))
  }
  checkAccount(inputs, book, faults)
  for (const key of ['last', 'bid', 'ask', 'atr'] as const) readable(inputs[key], key, faults)
  if (typeof inputs.edge !== 'object') {
    faults.push(reason('INPUT_MISSING', 'edge is missing: give trade statistics, or null.', 'edge'))
  } else if (inputs.edge !== null) words(inputs.edge.scope, 'edge.scope', faults)
  if (isGroup(inputs.instrument) && inputs.instrument.symbol !== order.symbol) {
    faults.push(
      reason(
        typeof inputs.instrument.symbol === 'string' && inputs.instrument.symbol !== ''
          ? 'SPEC_MISMATCH'
          : 'INPUT_MISSING',
        `instrument.symbol must be ${order.symbol}, the symbol of the order.`,
        'instrument.symbol',
      ),
    )
  }
  checkStrategy(inputs, order, faults)
  checkRecent(inputs, faults)
  return faults
}

/** Whether a value is a group of named values. */
export function isGroup<T>(value: T): value is T & object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function checkInstant(at: number, faults: Reason[]): void {
  if (Number.isSafeInteger(at) && at > 0) return
  const code =
    typeof at !== 'number'
      ? isMissing(at)
        ? 'INPUT_MISSING'
        : 'INPUT_MALFORMED'
      : Number.isFinite(at)
        ? 'CLOCK_ANOMALY'
        : 'INPUT_NOT_FINITE'
  faults.push(
    reason(code, 'at must be the instant of the decision in whole milliseconds since 1970: check the clock.', 'at'),
  )
}

function checkAccount({ account }: DecisionInputs, book: Book, faults: Reason[]): void {
  if (typeof account.currency !== 'string' || account.currency === '') {
    faults.push(reason('INPUT_MISSING', 'account.currency is missing: give a currency code.', 'account.currency'))
  } else if (book.input.currency !== account.currency) {
    faults.push(
      reason(
        'UNIT_MISMATCH',
        `The book is not valued in ${account.currency}, the currency of the account.`,
        'account.currency',
      ),
    )
  }
  if (book.input.accountId !== account.accountId) {
    faults.push(reason('RECONCILE_DIFF', 'The book belongs to another account than the order.', 'account.accountId'))
  }
  toggle(account.enabled, 'account.enabled', faults)
  words(account.name, 'account.name', faults)
  if (typeof account.timeZone !== 'string' || !isTimeZone(account.timeZone)) {
    const says = 'account.timeZone must be the name of a time zone, such as Europe/Berlin.'
    faults.push(reason(isMissing(account.timeZone) ? 'INPUT_MISSING' : 'INPUT_MALFORMED', says, 'account.timeZone'))
  }
  readable(account.equity, 'account.equity', faults)
  readable(account.peakEquity, 'account.peakEquity', faults)
  if (group(account.openingEquity, 'account.openingEquity', faults)) {
    for (const period of ['day', 'week', 'month'] as const) {
      readable(account.openingEquity[period], `account.openingEquity.${period}`, faults)
    }
  }
  group(account.flows, 'account.flows', faults)
}

function checkStrategy({ strategy }: DecisionInputs, order: ReadOrder, faults: Reason[]): void {
  if (strategy === null || !group(strategy, 'strategy', faults)) return
  if (strategy.code !== order.strategy) {
    faults.push(
      reason(
        'INPUT_OUT_OF_RANGE',
        `strategy.code must be ${order.strategy ?? 'unset'}, the strategy of the order.`,
        'strategy.code',
      ),
    )
  }
  toggle(strategy.enabled, 'strategy.enabled', faults)
  for (const key of ['budget', 'fixedQuantity'] as const) {
    if ((strategy[key] as unknown) !== undefined) continue
    faults.push(
      reason('INPUT_MISSING', `strategy.${key} is missing: give a decimal number, or null.`, `strategy.${key}`),
    )
  }
  if (strategy.method !== null && typeof strategy.method !== 'string') {
    faults.push(
      reason(
        isMissing(strategy.method) ? 'INPUT_MISSING' : 'INPUT_MALFORMED',
        'strategy.method must name a sizing method, or be null.',
        'strategy.method',
      ),
    )
  }
}

function checkRecent({ recent: given, ordersToday, at }: DecisionInputs, faults: Reason[]): void {
  if (!Number.isSafeInteger(ordersToday) || ordersToday < 0) {
    faults.push(
      reason(
        isMissing(ordersToday) ? 'INPUT_MISSING' : 'INPUT_MALFORMED',
        'ordersToday must be a whole number, 0 or more.',
        'ordersToday',
      ),
    )
  }
  const recent: unknown = given
  if (!Array.isArray(recent)) {
    faults.push(
      reason('INPUT_MISSING', 'recent is missing: give the recent orders, [] where there are none.', 'recent'),
    )
    return
  }
  for (const [index, one] of given.entries()) {
    const field = `recent.${index}`
    if (!group(one, field, faults)) continue
    if (!Number.isSafeInteger(one.at))
      faults.push(reason('INPUT_MALFORMED', `${field}.at must be whole milliseconds since 1970.`, `${field}.at`))
    else if (Number.isSafeInteger(at) && one.at > at + CLOCK_TOLERANCE_MS)
      faults.push(reason('CLOCK_ANOMALY', `${field}.at lies in the future: check the clock.`, `${field}.at`))
    if (typeof one.symbol !== 'string')
      faults.push(reason('INPUT_MALFORMED', `${field}.symbol must be a name.`, `${field}.symbol`))
    if (!SIDES.includes(one.side))
      faults.push(reason('INPUT_MALFORMED', `${field}.side must be buy or sell.`, `${field}.side`))
    const quantity = readDecimal(one.quantity, `${field}.quantity`)
    if (!quantity.ok) faults.push(quantity.error)
  }
}

function group(value: Reading | object | null | undefined, field: string, faults: Reason[]): boolean {
  if (isGroup(value)) return true
  faults.push(
    reason(isMissing(value) ? 'INPUT_MISSING' : 'INPUT_MALFORMED', `${field} is missing: give its values.`, field),
  )
  return false
}

/** A reading that says in words where it comes from; its value and age are read where they are used. */
function readable(value: Reading, field: string, faults: Reason[]): void {
  if (group(value, field, faults)) words(value.source, `${field}.source`, faults)
}

function words(value: unknown, field: string, faults: Reason[]): void {
  if (typeof value === 'string') return
  faults.push(reason(isMissing(value) ? 'INPUT_MISSING' : 'INPUT_MALFORMED', `${field} must be words.`, field))
}

function toggle(value: unknown, field: string, faults: Reason[]): void {
  if (typeof value === 'boolean') return
  faults.push(reason(isMissing(value) ? 'INPUT_MISSING' : 'INPUT_MALFORMED', `${field} must be true or false.`, field))
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
