import type { Book } from '../book.ts'
import { lossAtStop } from '../costs.ts'
import { notionalPerUnit } from '../exposure.ts'
import { checkAge, readFresh } from '../freshness.ts'
import { convert } from '../fx.ts'
import type { DecisionInputs } from '../inputs.ts'
import { readInstrument, type Instrument } from '../instrument.ts'
import {
  divide,
  ONE,
  readPositive,
  smaller,
  ZERO,
  type Dec,
  type FxRate,
  type Money,
  type Price,
} from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { closeMaxAgeOf, type Profile } from '../profile.ts'
import { isGroup } from './check-inputs.ts'
import type { BeforeStop, Method } from '../sizing/method.ts'
import type { Order, Sizing } from '../sizing/order.ts'
import type { ReadOrder } from '../sizing/read-order.ts'

/** Resolves every input an entry needs; all that is missing, stale or broken is answered at once. */
export function resolve(
  inputs: DecisionInputs,
  read: ReadOrder,
  book: Book,
  profile: Profile,
  method: Method,
): Result<Sizing, readonly Reason[]> {
  const faults: Reason[] = [...book.unknown]
  const closeMaxAge = closeMaxAgeOf(profile)
  if (!isGroup(inputs.instrument)) {
    return err([
      ...faults,
      reason(
        'INPUT_MISSING',
        `${read.symbol} is not a known instrument: import it or add it in Settings.`,
        'instrument',
      ),
    ])
  }
  const spec = readInstrument(inputs.instrument)
  if (!spec.ok) return err([...faults, ...spec.error])
  const instrument = spec.value
  const fresh = { now: inputs.at, maxAge: closeMaxAge, calendar: instrument.calendar }
  const equity = readFresh(inputs.account.equity, 'account.equity', fresh)
  if (!equity.ok) faults.push(equity.error)
  const entry =
    read.entry === 'market' ? (readFresh(inputs.last, 'last', fresh) as Result<Price, Reason>) : ok(read.entry)
  if (!entry.ok) faults.push(entry.error)
  if (read.stop !== null && entry.ok && entry.value.eq(read.stop)) {
    faults.push(reason('STOP_TOO_NEAR', 'The stop equals the entry: there is no distance to size by.', 'request.stop'))
  }
  const spread = quotedSpread(inputs, instrument, fresh)
  if (!spread.ok) faults.push(spread.error)
  const conversion = entry.ok ? conversionOf(inputs, instrument, entry.value, book, fresh) : undefined
  if (conversion?.ok === false) faults.push(conversion.error)
  const needsStop = method.needsStopWith?.(profile.methods.get(method.id)) ?? method.needsStop
  if (needsStop && method.ownStop === undefined && read.stop === null && read.quantity === null) {
    faults.push(
      reason(
        'INPUT_MISSING',
        `request.stop is missing: ${method.title} sizes by the distance to the stop.`,
        'request.stop',
      ),
    )
  }
  if (faults.length > 0 || !equity.ok || !entry.ok || !spread.ok || conversion?.ok !== true) return err(faults)

  const order: Order = {
    ...read,
    entry: entry.value,
    entrySource: read.entry === 'market' ? inputs.last.source : 'typed',
    direction: read.side === 'buy' ? 1 : -1,
  }
  const { rate, rateAt, path } = conversion.value
  const perUnit = notionalPerUnit(instrument, order.entry, order.side).times(rate) as Money
  const before: BeforeStop = {
    now: inputs.at,
    inputs,
    order,
    instrument,
    standing: { equity: equity.value as Money, currency: inputs.account.currency },
    rate,
    ratePath: path,
    rateAt,
    spread: spread.value,
    notionalPerUnit: perUnit,
    book,
    gapLoss: profile.general.gapLoss,
    closeMaxAge,
    tiers: profile.general,
  }
  return placeStop(before, method, profile)
}

function placeStop(before: BeforeStop, method: Method, profile: Profile): Result<Sizing, readonly Reason[]> {
  const { order, instrument, rate, rateAt, spread, gapLoss } = before
  const settle = (stop: Price | null, source: Sizing['stopSource'], at: Price): Result<Sizing, readonly Reason[]> =>
    ok({ ...before, stop, stopSource: source, loss: lossAtStop(instrument, order.entry, at, rate, rateAt(at), spread) })
  if (order.stop !== null) return settle(order.stop, 'order', order.stop)
  if (method.ownStop !== undefined) {
    const own = method.ownStop(before, profile.methods.get(method.id))
    if (own.ok) return settle(own.value, 'method', own.value)
    if (order.quantity === null) return err([own.error])
  }
  const gap = order.entry.times(gapLoss).times(order.direction)
  // A long position falls at most to nothing; a currency pair stays above it, so that conversion there is defined.
  const floor = instrument.assetClass === 'fx' ? smaller(instrument.tickSize as Dec, order.entry.div(2)) : ZERO
  const at = order.entry.minus(gap)
  return settle(null, 'gap', (at.gt(floor) ? at : floor) as Price)
}

function quotedSpread(
  inputs: DecisionInputs,
  instrument: Instrument,
  fresh: Parameters<typeof checkAge>[3],
): Result<Dec, Reason> {
  if (inputs.bid.value === null || inputs.ask.value === null) return ok(instrument.spread)
  const bid = readPositive(inputs.bid.value, 'bid')
  const ask = readPositive(inputs.ask.value, 'ask')
  if (!bid.ok) return bid
  if (!ask.ok) return ask
  if (bid.value.gt(ask.value))
    return err(reason('QUOTE_CROSSED', 'The bid is above the ask: the quote is crossed.', 'bid'))
  const young =
    checkAge(inputs.bid.at, 'bid', inputs.bid.source, fresh).ok &&
    checkAge(inputs.ask.at, 'ask', inputs.ask.source, fresh).ok
  return ok(young ? ask.value.minus(bid.value) : instrument.spread)
}

interface RateFunction {
  readonly rate: FxRate
  readonly path: string
  readonly rateAt: (price: Price) => FxRate
}

function conversionOf(
  inputs: DecisionInputs,
  instrument: Instrument,
  entry: Price,
  book: Book,
  fresh: Parameters<typeof checkAge>[3],
): Result<RateFunction, Reason> {
  const account = inputs.account.currency
  if (
    instrument.assetClass === 'fx' &&
    account !== instrument.currency &&
    isPair(instrument.symbol, account, instrument.currency)
  ) {
    // The pair itself converts its profit: at the price where the loss is taken, not at today's.
    return ok({
      rate: divide(ONE, entry) as FxRate,
      path: `${instrument.symbol} itself, at its own price`,
      rateAt: (price) => divide(ONE, price) as FxRate,
    })
  }
  const found = convert(instrument.currency, account, book.input.rates)
  if (!found.ok) return found
  if (found.value.at !== null) {
    const young = checkAge(found.value.at, `rates.${instrument.currency}${account}`, found.value.path, {
      ...fresh,
      calendar: 'fx',
    })
    if (!young.ok) return young
  }
  const { rate, path } = found.value
  return ok({ rate, path, rateAt: () => rate })
}

/** Whether a symbol such as `EURUSD`, `EUR/USD` or `EUR.USD` prices `base` in `quote`. */
export function isPair(symbol: string, base: string, quote: string): boolean {
  return symbol
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
    .startsWith(`${base}${quote}`)
}
