import { CLOCK_TOLERANCE_MS, sayAge } from '../freshness.ts'
import { readDecimal, toFloat } from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Quote } from './quote.ts'

/** What makes a quote good. Milliseconds and fractions. */
export interface QualityRules {
  /** Older than this a quote is stale. */
  readonly maxAge: number
  /** A move of the middle by more than this share is an outlier until it is confirmed. */
  readonly outlier: number
  /** So many of the newest so many outliers must agree to be the new price. */
  readonly confirm: { readonly needed: number; readonly among: number }
  /** Good quotes in a row before a price may be used, at first and after a fault. */
  readonly freshAgain: number
  /** Quotes that keep coming without any change for longer than this are frozen; `null` never says so. */
  readonly frozenAfter: number | null
  /** Whether prices may be zero or below, as for some spreads and futures. */
  readonly belowZero: boolean
}

/** When something is looked at: intervals are measured by the clock nobody can set. */
export interface Look {
  readonly wall: number
  readonly mono: number
}

/** What is known of one symbol's quotes. */
export interface QuoteWatch {
  readonly symbol: string
  /** The newest good quote with its middle and when it came. */
  readonly good: { readonly quote: Quote; readonly middle: number; readonly mono: number } | null
  /** Middles of the newest quotes that were outliers, oldest first. */
  readonly outliers: readonly number[]
  readonly freshInRow: number
  /** Since when, by the unsettable clock, neither bid nor ask has changed. */
  readonly unchangedSince: number
  /** What is wrong with the newest quote; `null` where it was good. */
  readonly fault: Reason | null
}

/** A symbol no quote has come for. */
export function watchQuotes(symbol: string): QuoteWatch {
  return { symbol, good: null, outliers: [], freshInRow: 0, unchangedSince: 0, fault: null }
}

/**
 * Takes a quote in. A bad one is never used and never moves the price that is known; it only starts the count of good
 * ones again. One that comes late and out of order is passed over.
 */
export function judgeQuote(watch: QuoteWatch, quote: Quote, look: Look, rules: QualityRules): QuoteWatch {
  if (watch.good !== null && quote.at < watch.good.quote.at) return watch
  const read = middleOf(quote, rules)
  if (!read.ok) return { ...watch, freshInRow: 0, fault: read.error }
  const dated = checkStamp(quote, look, rules)
  if (dated !== null) return { ...watch, freshInRow: 0, fault: dated }
  const middle = read.value
  const outliers = addOutlier(watch, middle, rules)
  if (outliers.length > 0 && !confirmed(outliers, middle, rules)) {
    const says = `The price of ${quote.symbol} moved to ${middle} from ${watch.good?.middle ?? middle} at once: ${rules.confirm.needed} quotes must agree first.`
    return { ...watch, outliers, freshInRow: 0, fault: reason('QUOTE_OUTLIER', says, 'quote') }
  }
  const { good } = watch
  const same = good !== null && good.quote.bid === quote.bid && good.quote.ask === quote.ask
  const unchangedSince = same ? watch.unchangedSince : look.mono
  const paused = good === null || look.mono - good.mono > rules.maxAge
  const frozen = rules.frozenAfter !== null && same && look.mono - unchangedSince > rules.frozenAfter
  const fault = frozen
    ? reason(
        'QUOTE_STALE',
        `The price of ${quote.symbol} keeps coming but has not changed for ${sayAge(look.mono - unchangedSince)}.`,
        'quote',
      )
    : null
  return {
    symbol: watch.symbol,
    good: { quote, middle, mono: look.mono },
    outliers: [],
    freshInRow: frozen ? 0 : Math.min(rules.freshAgain, (paused || outliers.length > 0 ? 0 : watch.freshInRow) + 1),
    unchangedSince,
    fault,
  }
}

/** The quote a size may rest on at a moment, or the one reason why there is none. */
export function usableQuote(watch: QuoteWatch, look: Look, rules: QualityRules): Result<Quote, Reason> {
  const { good, fault, symbol } = watch
  if (good === null) return err(fault ?? reason('INPUT_MISSING', `No quote of ${symbol} has come yet.`, 'quote'))
  const age = Math.max(look.wall - good.quote.at, look.mono - good.mono)
  if (age > rules.maxAge)
    return err(
      reason(
        'QUOTE_STALE',
        `The quote of ${symbol} is ${sayAge(age)} old, the limit is ${sayAge(rules.maxAge)}.`,
        'quote',
      ),
    )
  if (fault !== null) return err(fault)
  if (watch.freshInRow < rules.freshAgain)
    return err(
      reason(
        'QUOTE_STALE',
        `${watch.freshInRow} of ${rules.freshAgain} good quotes of ${symbol} in a row have come.`,
        'quote',
      ),
    )
  return ok(good.quote)
}

function middleOf(quote: Quote, rules: QualityRules): Result<number, Reason> {
  const bid = readDecimal(quote.bid, 'quote.bid')
  if (!bid.ok) return bid
  const ask = readDecimal(quote.ask, 'quote.ask')
  if (!ask.ok) return ask
  if (!rules.belowZero && (bid.value.lte(0) || ask.value.lte(0))) {
    const says = `A price of ${quote.symbol} is ${quote.bid} bid, ${quote.ask} asked: both must be above 0.`
    return err(reason('INPUT_OUT_OF_RANGE', says, 'quote'))
  }
  if (bid.value.gt(ask.value))
    return err(
      reason('QUOTE_CROSSED', `${quote.symbol} is bid at ${quote.bid}, above the ask of ${quote.ask}.`, 'quote'),
    )
  return ok((toFloat(bid.value) + toFloat(ask.value)) / 2)
}

function checkStamp(quote: Quote, look: Look, rules: QualityRules): Reason | null {
  const age = look.wall - quote.at
  if (age < -CLOCK_TOLERANCE_MS)
    return reason('CLOCK_ANOMALY', `The quote of ${quote.symbol} is dated ${sayAge(-age)} in the future.`, 'quote.at')
  if (age > rules.maxAge)
    return reason('QUOTE_STALE', `The quote of ${quote.symbol} was ${sayAge(age)} old when it came.`, 'quote.at')
  return null
}

/** The newest outliers with this middle; none where it is near the price that is known. */
function addOutlier({ good, outliers }: QuoteWatch, middle: number, rules: QualityRules): readonly number[] {
  if (good === null || near(middle, good.middle, rules)) return []
  return [...outliers, middle].slice(-rules.confirm.among)
}

function confirmed(outliers: readonly number[], middle: number, rules: QualityRules): boolean {
  return outliers.filter((other) => near(other, middle, rules)).length >= rules.confirm.needed
}

function near(middle: number, reference: number, { outlier }: QualityRules): boolean {
  return Math.abs(middle - reference) <= outlier * Math.abs(reference)
}
