import { closeMaxAgeOf, type Profile } from '../../domain/profile.ts'
import type { BookReader } from '../ports.ts'
import { regimeSet } from '../studies-regime.ts'
import type { SensorsWanted } from './ports.ts'

/** Instruments that count as the market, at most: their correlations are worked out with every new bar. */
export const MOST_IN_MARKET = 100

/**
 * What the sensors of a book are asked for one instrument: the market is what is held and traded, then the book's other
 * instruments with daily bars by name, at most 100.
 */
export function sensorsWanted(
  book: BookReader,
  profile: Profile,
  { symbol, held, at }: { readonly symbol: string | null; readonly held: readonly string[]; readonly at: number },
): SensorsWanted {
  const others = book
    .instruments()
    .filter(({ enabled }) => enabled)
    .map((spec) => spec.symbol)
    .sort()
  const market: string[] = []
  for (const name of new Set([...(symbol === null ? [] : [symbol]), ...[...held].sort(), ...others])) {
    if (market.length >= MOST_IN_MARKET) break
    if (book.bars(name, '1d', at, 1).length > 0) market.push(name)
  }
  return { at, symbol, market: market.sort(), regime: regimeSet(book), closeMaxAge: closeMaxAgeOf(profile) }
}
