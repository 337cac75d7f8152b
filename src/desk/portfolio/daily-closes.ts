import type { DailyCloses } from '../../domain/market/aligned-returns.ts'
import type { InstrumentSpec } from '../../domain/inputs.ts'
import type { BookReader } from '../ports.ts'

/** Calendar days that hold a number of common periods: weekends, holidays and some missing days. */
const daysFor = (periods: number): number => Math.ceil(periods * 1.6) + 40

/**
 * Daily closes of instruments complete by an instant, of the last `periods` common periods and some more. An instrument that
 * is named and has none is there without closes, so that it is missed; of all instruments only those with bars are there,
 * and no options: what one was worth in the past is of another distance and time.
 */
export function dailyCloses(
  book: BookReader,
  symbols: readonly string[] | null,
  at: number,
  periods: number,
): readonly DailyCloses[] {
  const known = new Map(book.instruments().map((spec) => [spec.symbol, spec]))
  const wanted = symbols ?? [...known.values()].filter(isWeighed).map(({ symbol }) => symbol)
  const found = wanted.map((symbol): DailyCloses => {
    const bars = book.bars(symbol, '1d', at, daysFor(periods))
    return {
      symbol,
      // Whoever has no specification trades on no calendar of ours: its days are days everywhere.
      calendar: known.get(symbol)?.calendar ?? 'crypto',
      at: bars.map((bar) => bar.at),
      close: bars.map(({ close }) => Number(close)),
    }
  })
  return symbols === null ? found.filter(({ close }) => close.length > 1) : found
}

function isWeighed({ enabled, assetClass }: InstrumentSpec): boolean {
  return enabled && assetClass !== 'option'
}
