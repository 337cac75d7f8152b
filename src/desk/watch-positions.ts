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

/** A frame of the screen. */
const FRAME_MS = 16
const QUIET_MS = 60_000

/**
 * Newest price and profit of what is held, as quotes move them: all that are quoted first, then those that moved since, at
 * most one message a frame. However slow the reader is, what waits for it is one price a symbol.
 */
export async function* watchPositions(workspace: Workspace, signal: StopSignal): AsyncGenerator<PositionMarks, void> {
  const { ambient } = workspace.options
  const { board } = workspace.market
  const moved = new Set<string>(board.symbols())
  let wake: () => void = () => undefined
  const stop = board.listen((symbol) => {
    moved.add(symbol)
    wake()
  })
  try {
    yield frame(workspace, moved)
    while (!isStopped(signal)) {
      await ambient.pause(FRAME_MS, signal, () => undefined)
      if (!isSet(moved)) await ambient.pause(QUIET_MS, signal, (resume) => (wake = resume))
      wake = () => undefined
      const next = frame(workspace, moved)
      if (next.positions.length > 0 && !isStopped(signal)) yield next
    }
  } finally {
    stop()
  }
}

/** What moved, which has not moved from here on. */
function frame(workspace: Workspace, moved: Set<string>): PositionMarks {
  const symbols = [...moved]
  moved.clear()
  if (workspace.openBook === undefined) return { at: workspace.options.ambient.now(), positions: [] }
  const { market } = workspace
  const held = workspace.remember('held-positions', () => heldPositions(workspace))
  const rateOf = ratesInto(workspace)
  const positions = symbols.flatMap((symbol) => {
    const quote = market.board.newest(symbol)
    return quote === undefined ? [] : (held.get(symbol) ?? []).map((one) => markOf(one, quote, rateOf(one.currency)))
  })
  return { at: workspace.now(), positions }
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

/** Read anew after a pause: these change while one waits. */
function isStopped(signal: StopSignal): boolean {
  return signal.aborted
}

function isSet(moved: ReadonlySet<string>): boolean {
  return moved.size > 0
}
