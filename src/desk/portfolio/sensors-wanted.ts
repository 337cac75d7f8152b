import { closeMaxAgeOf, type Profile } from '../../domain/profile.ts'
import type { BookReader } from '../ports.ts'
import { regimeSet } from '../studies-regime.ts'
import type { Remember } from '../studies.ts'
import type { SensorsWanted } from './ports.ts'

/** Instruments that count as the market, at most: their correlations are worked out with every new bar. */
export const MOST_IN_MARKET = 100

interface Asked {
  readonly symbol: string | null
  readonly held: readonly string[]
  readonly at: number
}

/**
 * What the sensors of a book are asked for one instrument: the market is what is held and traded, then the book's other
 * instruments with daily bars by name, at most 100, none of them an option. It is looked for once in a ledger.
 */
export function sensorsWanted(book: BookReader, profile: Profile, asked: Asked, remember: Remember): SensorsWanted {
  const { symbol, at } = asked
  const market = remember(`market:${JSON.stringify([symbol, at, asked.held])}`, () => marketOf(book, asked))
  return { at, symbol, market, regime: regimeSet(book), closeMaxAge: closeMaxAgeOf(profile) }
}

function marketOf(book: BookReader, { symbol, held, at }: Asked): readonly string[] {
  const specs = new Map(book.instruments().map((spec) => [spec.symbol, spec]))
  const others = [...specs.values()].filter(({ enabled }) => enabled).map((spec) => spec.symbol)
  const market: string[] = []
  for (const name of new Set([...(symbol === null ? [] : [symbol]), ...[...held].sort(), ...others.sort()])) {
    if (market.length >= MOST_IN_MARKET) break
    if (specs.get(name)?.assetClass === 'option') continue
    if (book.bars(name, '1d', at, 1).length > 0) market.push(name)
  }
  return market.sort()
}
