import type { QuoteView } from '../../contract/feed.ts'
import {
  judgeQuote,
  usableQuote,
  watchQuotes,
  type Look,
  type QualityRules,
  type QuoteWatch,
} from '../../domain/feed/quote-quality.ts'
import type { Quote } from '../../domain/feed/quote.ts'
import { sayAge } from '../../domain/freshness.ts'
import { reason, type Reason } from '../../domain/kernel/reason.ts'
import { err, ok, type Result } from '../../domain/kernel/result.ts'

interface Shown {
  readonly watch: QuoteWatch
  /** How many quotes had come with this one. */
  readonly count: number
  readonly rules: QualityRules
}

/** The newest quote of every symbol and what is known of its quality. */
export class QuoteBoard {
  readonly #shown = new Map<string, Shown>()
  readonly #hear = new Set<(symbol: string) => void>()
  #taken = 0

  /** Takes a quote in; answers whether it is good. A bad one never moves the price that is known. */
  take(quote: Quote, look: Look, rules: QualityRules): boolean {
    const before = this.#shown.get(quote.symbol)?.watch ?? watchQuotes(quote.symbol)
    const watch = judgeQuote(before, quote, look, rules)
    this.#taken += 1
    this.#shown.set(quote.symbol, { watch, rules, count: this.#taken })
    for (const hear of this.#hear) hear(quote.symbol)
    return watch !== before && watch.good?.quote === quote
  }

  /** How many quotes have come. */
  get taken(): number {
    return this.#taken
  }

  /** Symbols of the quotes that came after the first `count`. */
  movedSince(count: number): readonly string[] {
    return [...this.#shown].flatMap(([symbol, shown]) => (shown.count > count ? [symbol] : []))
  }

  /** The newest good quote, however old. */
  newest(symbol: string): Quote | undefined {
    return this.#shown.get(symbol)?.watch.good?.quote
  }

  /** Whether any quote of a symbol has come. */
  has(symbol: string): boolean {
    return this.#shown.has(symbol)
  }

  /** The quote a size may rest on now, or why there is none. */
  usable(symbol: string, look: Look): Result<Quote, Reason> {
    const shown = this.#shown.get(symbol)
    return shown === undefined
      ? err(reason('INPUT_MISSING', `No quote of ${symbol} has come yet.`, 'quote'))
      : usableQuote(shown.watch, look, shown.rules)
  }

  /**
   * Whether the price of a symbol is alive: a good quote within its age that still moves. One bad quote does not end that, though no
   * size rests on it.
   */
  alive(symbol: string, { wall, mono }: Look): Result<true, Reason> {
    const shown = this.#shown.get(symbol)
    const good = shown?.watch.good ?? null
    if (shown === undefined || good === null)
      return err(reason('INPUT_MISSING', `No good quote of ${symbol} has come yet.`, 'quote'))
    const age = Math.max(wall - good.quote.at, mono - good.mono)
    if (age > shown.rules.maxAge)
      return err(
        reason(
          'QUOTE_STALE',
          `The quote of ${symbol} is ${sayAge(age)} old, the limit is ${sayAge(shown.rules.maxAge)}.`,
          'quote',
        ),
      )
    const { fault } = shown.watch
    return fault?.code === 'QUOTE_STALE' && isFrozen(shown, mono) ? err(fault) : ok(true)
  }

  /** Symbols that a quote has come for, in the order they first did. */
  symbols(): readonly string[] {
    return [...this.#shown.keys()]
  }

  /** One symbol for the screen. */
  view(symbol: string, look: Look): QuoteView {
    const shown = this.#shown.get(symbol)
    const quote = shown?.watch.good?.quote
    const usable = this.usable(symbol, look)
    return {
      symbol,
      state: usable.ok ? 'fresh' : stateOf(shown, look),
      bid: quote?.bid ?? null,
      ask: quote?.ask ?? null,
      last: quote?.last ?? null,
      bidSize: quote?.bidSize ?? null,
      askSize: quote?.askSize ?? null,
      source: quote?.source ?? 'none',
      at: quote?.at ?? null,
      age: quote === undefined ? null : Math.max(0, look.wall - quote.at),
      says: usable.ok ? `The quote of ${symbol} is fresh.` : usable.error.says,
    }
  }

  /** Calls back with the symbol of every quote until the answer is called. */
  listen(hear: (symbol: string) => void): () => void {
    this.#hear.add(hear)
    return () => this.#hear.delete(hear)
  }

  /** Forgets every quote, as when another book is opened. */
  clear(): void {
    this.#shown.clear()
  }
}

/** Why a quote is not fresh, in one word. */
function stateOf(shown: Shown | undefined, { wall, mono }: Look): QuoteView['state'] {
  if (shown === undefined) return 'none'
  const { watch, rules } = shown
  const { good, fault } = watch
  if (good !== null && Math.max(wall - good.quote.at, mono - good.mono) > rules.maxAge) return 'stale'
  if (fault === null) return good === null ? 'none' : 'settling'
  if (fault.code === 'QUOTE_CROSSED') return 'crossed'
  if (fault.code === 'QUOTE_OUTLIER') return 'outlier'
  if (fault.code !== 'QUOTE_STALE') return 'faulty'
  return isFrozen(shown, mono) ? 'frozen' : 'stale'
}

function isFrozen({ watch, rules }: Shown, mono: number): boolean {
  return rules.frozenAfter !== null && mono - watch.unchangedSince > rules.frozenAfter
}
