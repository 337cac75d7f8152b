import { readDecimal } from '../../domain/kernel/money.ts'
import type { VenueSpec } from './venue.ts'

type Row = Readonly<Record<string, unknown>>

/** A symbol as the exchange specifies it; `undefined` where a filter this desk rests on is not there. */
export function readSpec(row: Row): VenueSpec | undefined {
  const filters = Array.isArray(row['filters']) ? (row['filters'] as readonly Row[]) : []
  const of = (filter: string, name: string): string => {
    const value = filters.find(({ filterType }) => filterType === filter)?.[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  const { symbol, status, quoteAsset } = row
  if (typeof symbol !== 'string' || typeof quoteAsset !== 'string') return undefined
  const numbers = {
    tickSize: of('PRICE_FILTER', 'tickSize'),
    lotStep: of('LOT_SIZE', 'stepSize'),
    minQuantity: of('LOT_SIZE', 'minQty'),
    maxQuantity: of('LOT_SIZE', 'maxQty'),
    maxMarketQuantity: of('MARKET_LOT_SIZE', 'maxQty'),
    minNotional: of('MIN_NOTIONAL', 'notional'),
  }
  for (const [name, value] of Object.entries(numbers)) if (!readDecimal(value, name).ok) return undefined
  return { symbol, trades: status === 'TRADING', currency: quoteAsset, ...numbers }
}
