import { readDecimal, readNonNegative, type Dec } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'

/** One look at a market as a feed tells it, as plain data. */
export interface Quote {
  readonly symbol: string
  readonly bid: string
  readonly ask: string
  /** Units bid for and offered; `null` where the feed does not say. */
  readonly bidSize: string | null
  readonly askSize: string | null
  readonly last: string | null
  /** The source's own stamp, UTC epoch milliseconds. */
  readonly at: number
  readonly source: string
  /** Whether the price moved here from the one before without a jump, as inside a bar; a live quote does not say. */
  readonly continues: boolean
}

/** A quote whose numbers have been read. */
export interface ReadQuote {
  readonly quote: Quote
  readonly bid: Dec
  readonly ask: Dec
}

/** The members a quote may have; another one is a fault, so that a misspelt name is not silently nothing. */
const MEMBERS: ReadonlySet<string> = new Set(['symbol', 'bid', 'ask', 'bidSize', 'askSize', 'last', 'at'])

/** Reads a quote from plain data that somebody else wrote; the reason names the member at fault. */
export function readQuote(value: unknown, source: string): Result<Quote, Reason> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return err(reason('INPUT_MALFORMED', 'A quote is an object with symbol, bid, ask and at.', 'quote'))
  const members = value as Readonly<Record<string, unknown>>
  for (const name of Object.keys(members)) {
    if (!MEMBERS.has(name))
      return err(
        reason(
          'INPUT_MALFORMED',
          `quote.${name.slice(0, 40)} is not known: a quote has ${[...MEMBERS].join(', ')}.`,
          'quote',
        ),
      )
  }
  const { symbol, at } = members
  if (typeof symbol !== 'string' || symbol.trim() === '' || symbol.length > 40)
    return err(
      reason('INPUT_MISSING', 'quote.symbol is missing: give a name of at most 40 characters.', 'quote.symbol'),
    )
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || at < 0)
    return err(reason('INPUT_MALFORMED', 'quote.at is no instant: give UTC epoch milliseconds.', 'quote.at'))
  const texts: Record<string, string | null> = {}
  for (const name of ['bid', 'ask', 'bidSize', 'askSize', 'last'] as const) {
    const read = readMember(members[name], name)
    if (!read.ok) return read
    texts[name] = read.value
  }
  const { bid = null, ask = null, bidSize = null, askSize = null, last = null } = texts
  if (bid === null) return err(reason('INPUT_MISSING', 'quote.bid is missing: give a decimal as text.', 'quote.bid'))
  if (ask === null) return err(reason('INPUT_MISSING', 'quote.ask is missing: give a decimal as text.', 'quote.ask'))
  return ok({ symbol, bid, ask, bidSize, askSize, last, at, source, continues: false })
}

/** Prices are text, so that no digit is lost on the way; only sizes are never below zero. */
function readMember(value: unknown, name: string): Result<string | null, Reason> {
  if (value === undefined || value === null) return ok(null)
  const field = `quote.${name}`
  if (typeof value !== 'string')
    return err(
      reason('INPUT_MALFORMED', `${field} is a ${typeof value}: give a decimal as text, such as "1.0842".`, field),
    )
  const read = name.endsWith('Size') ? readNonNegative(value, field) : readDecimal(value, field)
  return read.ok ? ok(value) : read
}
