import type { BookInput, DecisionInputs, InstrumentSpec } from '../../src/domain/inputs.ts'
import { capacityWithin, lossBetween, rateOf, referenceBook, unitNotional, type Loss } from './reference-sizing-book.ts'
import {
  compare,
  float,
  least,
  minus,
  most,
  NOTHING,
  onSteps,
  over,
  plus,
  rational,
  size,
  times,
  WHOLE,
  type Rational,
} from './reference-sizing-rational.ts'
import { ceilingsOf, type ReferenceCeiling } from './reference-sizing-ceilings.ts'
import type { RawProfile } from './sizing-fixtures.ts'

/** The order worked out in exact fractions from plain data, without a line of the product. */
export interface Reference {
  readonly spec: InstrumentSpec
  readonly loss: Loss
  readonly perUnit: Rational
  readonly proposed: Rational
  readonly braked: Rational
  readonly ceilings: ReadonlyMap<string, ReferenceCeiling>
  /** The size before the gate; `slack` widens every capacity by that share, to tell a boundary from a mistake. */
  size(slack: Rational): Rational
}

type Raw = Readonly<Record<string, string | number>>

/** Works out an entry; the request must be valid and every input known. */
export function referenceOf(inputs: DecisionInputs, bookInput: BookInput, raw: RawProfile): Reference {
  const { request, account } = inputs
  const spec = inputs.instrument
  if (spec === null) throw new Error('the reference needs an instrument')
  const side = request.side === 'buy' || request.side === 'long' ? 'buy' : 'sell'
  const direction = rational(side === 'buy' ? 1 : -1)
  const entry = rational(request.entry === 'market' ? (inputs.last.value ?? '') : (request.entry as string))
  const own = pairItself(spec, account.currency)
  const rateAt = (price: Rational): Rational =>
    own ? over(WHOLE, price) : rateOf(spec.currency, account.currency, bookInput.rates)
  const rate = rateAt(entry)
  const quoted = inputs.bid.value !== null && inputs.ask.value !== null
  const spread = quoted ? minus(rational(inputs.ask.value), rational(inputs.bid.value)) : rational(spec.spread)
  const method = (request.method ?? inputs.strategy?.method ?? raw.method) as string
  const settings = (raw.methods as Readonly<Record<string, Raw | undefined>>)[method] ?? {}
  const lossTo = (stop: Rational): Loss => lossBetween(spec, entry, stop, rate, rateAt(stop), spread)
  const atrStop = (): Rational =>
    minus(entry, times(times(rational(inputs.atr.value ?? ''), rational(settings['multiple'] ?? '')), direction))
  const equity = rational(account.equity.value ?? '')
  const perUnit = times(unitNotional(spec, entry, side), rate)
  const loss = lossTo(stopOf())
  const proposed =
    request.quantity !== undefined && request.quantity !== null ? rational(request.quantity as string) : propose()
  const braked = times(
    times(proposed, request.quantity === undefined ? signalFactor(inputs, raw) : WHOLE),
    drawdownFactor(inputs, raw),
  )
  const ceilings = ceilingsOf({ inputs, raw, spec, side, equity, loss, perUnit, rate, book: referenceBook(bookInput) })
  return { spec, loss, perUnit, proposed, braked, ceilings, size: sizeWith }

  function stopOf(): Rational {
    if (request.stop !== undefined && request.stop !== null) return rational(request.stop as string)
    if (method === 'fixed_risk_atr' && inputs.atr.value !== null && compare(atrStop(), NOTHING) > 0) return atrStop()
    const gapped = minus(entry, times(times(entry, rational(raw.general['gapLoss'] as string)), direction))
    const floor = spec?.assetClass === 'fx' ? least(rational(spec.tickSize), over(entry, rational(2))) : NOTHING
    return most(gapped, floor)
  }

  function propose(): Rational {
    const budget = (share: Rational): Rational => times(equity, share)
    const risk = (): Rational => rational((request.risk ?? settings['risk'] ?? '') as string)
    switch (method) {
      case 'fixed_risk':
        return capacityWithin(loss, budget(risk()))
      case 'fixed_risk_atr':
        return capacityWithin(lossTo(atrStop()), budget(risk()))
      case 'fixed_fraction':
        return over(budget(rational(settings['fraction'] ?? '')), perUnit)
      case 'fixed_qty':
        return rational(inputs.strategy?.fixedQuantity ?? settings['quantity'] ?? '')
      case 'kelly_trades':
        return capacityWithin(loss, budget(kellyShare(inputs, settings)))
      default:
        throw new Error(`the reference does not know ${method}`)
    }
  }

  function sizeWith(slack: Rational): Rational {
    const wider = plus(WHOLE, slack)
    let capped = times(braked, wider)
    for (const { capacity } of ceilings.values()) capped = least(capped, times(capacity, wider))
    if (spec === null) return NOTHING
    const lots = onSteps(most(capped, NOTHING), rational(spec.lotStep))
    if (compare(lots, rational(spec.minQuantity)) < 0) return NOTHING
    const notional = times(times(perUnit, lots), wider)
    if (spec.minNotional !== null && compare(notional, times(rational(spec.minNotional), rate)) < 0) return NOTHING
    return compare(notional, times(equity, rational(raw.general['minimumWeight'] as string))) < 0 ? NOTHING : lots
  }
}

/** Whether the pair prices the account's own currency. */
export function pairItself(spec: InstrumentSpec, currency: string): boolean {
  return (
    spec.assetClass === 'fx' &&
    spec.currency !== currency &&
    spec.symbol
      .toUpperCase()
      .replace(/[^A-Z]/g, '')
      .startsWith(currency + spec.currency)
  )
}

function kellyShare({ edge }: DecisionInputs, settings: Raw): Rational {
  if (edge === null) throw new Error('the reference needs an edge')
  const decided = edge.wins + edge.losses
  const setting = (key: string): Rational => rational(settings[key] ?? '')
  const most = times(setting('cap'), setting('fraction'))
  let kelly: Rational | undefined
  if (edge.losses > 0) {
    const p = edge.wins / decided
    const b = edge.wins === 0 ? 1 : float(over(rational(edge.meanWin ?? ''), rational(edge.meanLoss ?? '')))
    kelly = edge.wins === 0 ? rational(-1) : rational(Number((p - (1 - p) / b).toPrecision(12)))
  }
  if (kelly !== undefined && compare(kelly, NOTHING) <= 0) return NOTHING
  const share = kelly === undefined ? most : least(times(kelly, setting('fraction')), most)
  return decided < Number(settings['minimumTrades']) || kelly === undefined
    ? least(setting('fallbackRisk'), share)
    : share
}

function signalFactor({ request }: DecisionInputs, raw: RawProfile): Rational {
  const rule = raw.scalers['signal']
  if (request.signal === undefined || rule === 'off') return WHOLE
  const strength = size(rational(request.signal as string))
  return compare(strength, rational((rule as Raw)['least'] ?? '')) < 0 ? NOTHING : strength
}

function drawdownFactor({ account }: DecisionInputs, raw: RawProfile): Rational {
  const rule = raw.brakes['drawdown']
  if (rule === 'off') return WHOLE
  const limit = rational((rule as Raw)['limit'] ?? '')
  const factor = rational((rule as Raw)['factor'] ?? '')
  const peak = rational(account.peakEquity.value ?? '')
  const below = most(over(minus(peak, rational(account.equity.value ?? '')), peak), NOTHING)
  if (compare(below, limit) > 0) return NOTHING
  return minus(WHOLE, times(over(below, limit), minus(WHOLE, over(WHOLE, factor))))
}
