import type { PositionMarks } from '../contract/limits.ts'
import type { Quote } from '../domain/feed/quote.ts'
import { convert } from '../domain/fx.ts'
import { dec, readDecimal, rounded, type Dec } from '../domain/kernel/money.ts'
import { middleOf } from './feed/live-market.ts'
import type { StopSignal } from './ports.ts'
import type { Workspace } from './workspace.ts'

type PositionMark = PositionMarks['positions'][number]

/** What of a held position no quote changes. */
interface Held {
  readonly strategy: string | null
  readonly average: Dec
  /** Profit of one unit of price, in `currency`. */
  readonly perPrice: Dec
  readonly currency: string
}

/** A page asks anew after this time even if nothing moved, so that a line that broke is noticed. */
const QUIET_MS = 20_000
const FRAME_MS = 16

/**
 * Newest price and profit of what is held in the symbols that were quoted since the caller last asked; waits until there is
 * something to tell. A page asks again when it has drawn: however slow it is, no prices queue up for it.
 */
export async function movedPositions(
  workspace: Workspace,
  { after }: { readonly after: number },
  signal: StopSignal,
): Promise<PositionMarks> {
  const { ambient } = workspace.options
  const { board } = workspace.market
  const begun = ambient.now()
  for (let isWoken = false; ; isWoken = !isWoken) {
    const told = marksSince(workspace, after)
    const left = QUIET_MS - (ambient.now() - begun)
    if (told.positions.length > 0 || left <= 0 || signal.aborted) return told
    // Quotes of what is not held come too: nobody looks at each of them.
    if (isWoken) await ambient.pause(FRAME_MS, signal, () => undefined)
    else {
      let stop = (): unknown => undefined
      await ambient.pause(left, signal, (resume) => (stop = board.listen(resume)))
      stop()
    }
  }
}

function marksSince(workspace: Workspace, after: number): PositionMarks {
  const { market } = workspace
  const count = market.board.taken
  if (workspace.openBook === undefined) return { at: workspace.options.ambient.now(), count, positions: [] }
  const held = workspace.remember('held-positions', () => heldPositions(workspace))
  const rateOf = ratesInto(workspace)
  const positions = market.board.movedSince(after).flatMap((symbol) => {
    const quote = market.board.newest(symbol)
    return quote === undefined ? [] : (held.get(symbol) ?? []).map((one) => markOf(one, quote, rateOf(one.currency)))
  })
  return { at: workspace.now(), count, positions }
}

function markOf({ strategy, average, perPrice }: Held, quote: Quote, rate: Dec | undefined): PositionMark {
  const mark = middleOf(quote)
  const profit = rate === undefined ? null : rounded(dec(mark).minus(average).times(perPrice).times(rate))
  return { symbol: quote.symbol, strategy, mark, markAt: quote.at, profit }
}

function heldPositions(workspace: Workspace): ReadonlyMap<string, readonly Held[]> {
  const { book } = workspace
  const bySymbol = new Map<string, Held[]>()
  for (const { symbol, strategy, quantity, averagePrice } of book.holdings(
    workspace.account().accountId,
    workspace.now(),
  )) {
    const spec = book.instrument(symbol)
    const [held, average, point] = [quantity, averagePrice, spec?.pointValue].map((given) => readDecimal(given, 'held'))
    if (spec === undefined || held?.ok !== true || average?.ok !== true || point?.ok !== true) continue
    const one = { strategy, average: average.value, perPrice: held.value.times(point.value), currency: spec.currency }
    bySymbol.set(symbol, [...(bySymbol.get(symbol) ?? []), one])
  }
  return bySymbol
}

/** Rates into the currency of the account, each looked up once. */
function ratesInto(workspace: Workspace): (currency: string) => Dec | undefined {
  const { currency: own } = workspace.account()
  const known = new Map<string, Dec | undefined>()
  return (currency) => {
    if (!known.has(currency)) {
      const rate = convert(currency, own, currency === own ? [] : workspace.book.rates(workspace.now()))
      known.set(currency, rate.ok ? rate.value.rate : undefined)
    }
    return known.get(currency)
  }
}
