import type { OrderRequest } from '../inputs.ts'
import {
  readDecimal,
  readNonNegative,
  readPositive,
  type Dec,
  type Price,
  type Quantity,
  type RiskFraction,
} from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Conviction } from './order.ts'

/** An order request read value by value; the entry may still be `market`. */
export interface ReadOrder {
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly strategy: string | null
  readonly method: string | null
  readonly entry: Price | 'market'
  readonly stop: Price | null
  readonly target: Price | null
  readonly quantity: Quantity | null
  readonly risk: RiskFraction | null
  readonly conviction: Conviction | null
  readonly signal: Dec | null
  readonly expectedReturn: Dec | null
  readonly volatility: Dec | null
}

const SIDES: Readonly<Record<string, 'buy' | 'sell'>> = { buy: 'buy', long: 'buy', sell: 'sell', short: 'sell' }
const CONVICTIONS: readonly Conviction[] = ['LOW', 'MEDIUM', 'HIGH']

/** Reads a request; every fault is answered at once, each naming its field. Unset values are `null`, never a default. */
export function readOrder(request: OrderRequest): Result<ReadOrder, readonly Reason[]> {
  const faults: Reason[] = []
  const keep = <T>(read: Result<T, Reason>): T | null => {
    if (read.ok) return read.value
    faults.push(read.error)
    return null
  }
  const unset = (value: unknown): boolean => value === undefined || value === null || value === ''
  const optional = (
    key: keyof OrderRequest,
    read: (value: unknown, field: string) => Result<Dec, Reason>,
  ): Dec | null => (unset(request[key]) ? null : keep(read(request[key], `request.${key}`)))

  const symbol = keep(word(request.symbol, 'request.symbol'))
  const side = keep(readSide(request.side))
  const entry = keep(readEntry(request.entry))
  const order = {
    strategy: unset(request.strategy) ? null : keep(word(request.strategy, 'request.strategy')),
    method: unset(request.method) ? null : keep(word(request.method, 'request.method')),
    stop: optional('stop', readPositive) as Price | null,
    target: optional('target', readPositive) as Price | null,
    quantity: optional('quantity', readPositive) as Quantity | null,
    risk: optional('risk', shareOfEquity) as RiskFraction | null,
    conviction: unset(request.conviction) ? null : keep(readConviction(request.conviction)),
    signal: optional('signal', strength),
    expectedReturn: optional('expectedReturn', readDecimal),
    volatility: optional('volatility', readNonNegative),
  }
  if (faults.length > 0 || symbol === null || side === null || entry === null) return err(faults)
  return ok({ symbol, side, entry, ...order })
}

function word(value: unknown, field: string): Result<string, Reason> {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= 120) return ok(value.trim())
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === ''))
    return err(reason('INPUT_MISSING', `${field} is missing: give a name.`, field))
  return err(reason('INPUT_MALFORMED', `${field} must be a name of at most 120 letters.`, field))
}

function readSide(value: unknown): Result<'buy' | 'sell', Reason> {
  if (value === undefined || value === null || value === '')
    return err(reason('INPUT_MISSING', 'request.side is missing: buy or sell.', 'request.side'))
  const side =
    typeof value === 'string' && Object.hasOwn(SIDES, value.toLowerCase()) ? SIDES[value.toLowerCase()] : undefined
  return side === undefined
    ? err(
        reason(
          'INPUT_MALFORMED',
          `request.side is ${typeof value === 'string' ? value.slice(0, 20) : `a ${typeof value}`}: buy or sell.`,
          'request.side',
        ),
      )
    : ok(side)
}

function readEntry(value: unknown): Result<Price | 'market', Reason> {
  if (typeof value === 'string' && value.trim().toLowerCase() === 'market') return ok('market')
  return readPositive(value, 'request.entry') as Result<Price, Reason>
}

function readConviction(value: unknown): Result<Conviction, Reason> {
  const found = CONVICTIONS.find((name) => typeof value === 'string' && value.toUpperCase() === name)
  return found === undefined
    ? err(reason('INPUT_MALFORMED', 'request.conviction must be LOW, MEDIUM or HIGH.', 'request.conviction'))
    : ok(found)
}

function shareOfEquity(value: unknown, field: string): Result<Dec, Reason> {
  const read = readPositive(value, field)
  if (!read.ok || read.value.lte(1)) return read
  return err(
    reason(
      'UNIT_MISMATCH',
      `${field} is ${read.value.toFixed()}: it is a share of equity, so 0.01 is 1 %, and at most 1.`,
      field,
    ),
  )
}

function strength(value: unknown, field: string): Result<Dec, Reason> {
  const read = readDecimal(value, field)
  if (!read.ok || read.value.abs().lte(1)) return read
  return err(reason('INPUT_OUT_OF_RANGE', `${field} is ${read.value.toFixed()}: it lies between -1 and 1.`, field))
}
