import { aliasTable } from '../random/alias-table.ts'

/** How many trades one draw of a whole block decides. */
export const BLOCK_TRADES = 10

/**
 * All outcomes of `trades` win-or-lose trades: bit j of a word says whether trade j won. `cells` is the alias table of the
 * words; `entries` holds, word by word, sum, highest, lowest (both against the start, so never past 0) and depth, in units.
 */
export interface BlockTable {
  readonly trades: number
  readonly cells: Int32Array
  readonly entries: Int32Array
}

/** Composes `trades` (at most 10) trades that win `up` units with probability `chance`, else add `down` units. */
export function blockTable(trades: number, chance: number, up: number, down: number): BlockTable {
  const count = 1 << trades
  const chances = new Float64Array(count)
  const entries = new Int32Array(4 * count)
  for (let word = 0; word < count; word++) {
    let probability = 1
    let sum = 0
    let highest = 0
    let lowest = 0
    let depth = 0
    for (let trade = 0; trade < trades; trade++) {
      const wins = ((word >> trade) & 1) === 1
      probability *= wins ? chance : 1 - chance
      sum += wins ? up : down
      highest = Math.max(highest, sum)
      lowest = Math.min(lowest, sum)
      depth = Math.max(depth, highest - sum)
    }
    chances[word] = probability
    entries.set([sum, highest, lowest, depth], 4 * word)
  }
  return { trades, cells: aliasTable(chances), entries }
}
