import type { RateQuote } from './inputs.ts'
import { divide, ONE, readPositive, type FxRate } from './kernel/money.ts'
import { reason, type Reason } from './kernel/reason.ts'
import { err, ok, type Result } from './kernel/result.ts'

/** A rate with the steps it was made of and the age of the oldest. */
export interface Conversion {
  readonly rate: FxRate
  /** For a sentence: `GBP/NZD inverted`, `USD/JPY via EUR`, or `same currency`. */
  readonly path: string
  /** Instant of the oldest rate used; `null` where none was needed. */
  readonly at: number | null
}

interface Leg {
  readonly rate: FxRate
  readonly says: string
  readonly at: number
}

/**
 * Account currency (`to`) paid for one unit of `from`: the pair itself, its inverse, or one crossing through a third
 * currency, preferring fewer steps, then the freshest, then the alphabet. No path is a failure, never a rate of 1.
 */
export function convert(
  from: string,
  to: string,
  rates: readonly RateQuote[],
  field = 'rates',
): Result<Conversion, Reason> {
  if (typeof from !== 'string' || typeof to !== 'string') {
    return err(reason('INPUT_MISSING', 'A currency is missing: give its code.', field))
  }
  if (from === to) return ok({ rate: ONE as FxRate, path: 'same currency', at: null })
  const direct = leg(from, to, rates)
  if (direct !== undefined)
    return direct.ok ? ok({ rate: direct.value.rate, path: direct.value.says, at: direct.value.at }) : direct
  let best: Conversion | undefined
  for (const via of crossings(from, to, rates)) {
    const first = leg(from, via, rates)
    const second = leg(via, to, rates)
    if (first?.ok !== true || second?.ok !== true) continue
    const at = Math.min(first.value.at, second.value.at)
    if (best?.at !== undefined && best.at !== null && best.at >= at) continue
    best = {
      rate: first.value.rate.times(second.value.rate) as FxRate,
      path: `${first.value.says} × ${second.value.says}`,
      at,
    }
  }
  if (best !== undefined) return ok(best)
  return err(
    reason(
      'FX_PATH_MISSING',
      `No rate leads from ${from} to ${to}: import or type a price of ${from}${to} or ${to}${from}.`,
      `${field}.${from}${to}`,
    ),
  )
}

function leg(from: string, to: string, rates: readonly RateQuote[]): Result<Leg, Reason> | undefined {
  let found: RateQuote | undefined
  for (const quote of rates) {
    const forward = quote.from === from && quote.to === to
    const backward = quote.from === to && quote.to === from
    if (!forward && !backward) continue
    if (found === undefined || quote.at > found.at || (quote.at === found.at && forward && found.from !== from))
      found = quote
  }
  if (found === undefined) return undefined
  const read = readPositive(found.rate, `rates.${found.from}${found.to}`)
  if (!read.ok) return read
  const inverted = found.from !== from
  const rate = (inverted ? divide(ONE, read.value) : read.value) as FxRate
  return ok({ rate, says: inverted ? `${to}/${from} inverted` : `${from}/${to}`, at: found.at })
}

function crossings(from: string, to: string, rates: readonly RateQuote[]): readonly string[] {
  const touching = (currency: string): Set<string> => {
    const others = new Set<string>()
    for (const { from: a, to: b } of rates) {
      if (a === currency) others.add(b)
      if (b === currency) others.add(a)
    }
    return others
  }
  const near = touching(from)
  return [...touching(to)].filter((currency) => near.has(currency)).sort()
}
