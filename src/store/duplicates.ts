import type { Fill } from '../domain/ledger/records.ts'
import { dec, text } from '../domain/kernel/money.ts'

/** A fill with the key that says whether the book has it already. */
export interface KeyedFill {
  readonly fill: Fill
  readonly key: string
}

/**
 * Key of a fill by the duplicate rule: the account and the broker's execution id where there is one, else account, symbol,
 * time, side, quantity, price and fee, and which of its identical rows it is, from 1.
 */
export function duplicateKey(fill: Fill, ordinal: number): string {
  if (fill.executionId !== null) return JSON.stringify(['id', fill.accountId, fill.executionId])
  return `${valuesOf(fill)}#${ordinal}`
}

/** Keys of the fills of one file: true twins keep apart, and the same rows read again get the same keys. */
export function keyFills(fills: readonly Fill[]): readonly KeyedFill[] {
  const seen = new Map<string, number>()
  return fills.map((fill) => {
    if (fill.executionId !== null) return { fill, key: duplicateKey(fill, 1) }
    const values = valuesOf(fill)
    const ordinal = (seen.get(values) ?? 0) + 1
    seen.set(values, ordinal)
    return { fill, key: duplicateKey(fill, ordinal) }
  })
}

function valuesOf(fill: Fill): string {
  const numbers = [fill.quantity, fill.price, fill.fee].map(plain)
  return JSON.stringify(['values', fill.accountId, fill.symbol, fill.at, fill.side, ...numbers])
}

/** One spelling for each number, so that 1.50 and 1.5 are the same row. */
function plain(decimal: string): string {
  return text(dec(decimal))
}
