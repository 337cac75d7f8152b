import type { AssetClass } from '../../domain/inputs.ts'
import type { InstrumentSaid } from '../assumed-instrument.ts'
import type { FlexRow } from './flex-row.ts'

const CLASSES: Readonly<Record<string, AssetClass>> = {
  STK: 'equity',
  OPT: 'option',
  FOP: 'option',
  FUT: 'future',
  CASH: 'fx',
  CFD: 'cfd',
  CRYPTO: 'crypto',
}

/** What an element's attributes say of its instrument; `null` where its kind (bonds, funds, warrants…) cannot be held in a book. */
export function flexInstrument(row: FlexRow): InstrumentSaid | null {
  const category = row.text('assetCategory')
  const assetClass = category === 'STK' && /etf/i.test(row.text('subCategory')) ? 'etf' : CLASSES[category]
  if (assetClass === undefined) return null
  const multiplier = row.optional('multiplier')
  const expiry = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(row.text('expiry'))
  const right = row.text('putCall')
  return {
    symbol: flexSymbol(row),
    assetClass,
    currency: row.text('currency'),
    name: row.text('description').slice(0, 120),
    multiplier: multiplier === '0' ? undefined : multiplier,
    expires: expiry === null ? undefined : `${expiry[1] ?? ''}-${expiry[2] ?? ''}-${expiry[3] ?? ''}`,
    strike: row.optional('strike'),
    right: right === 'C' ? 'call' : right === 'P' ? 'put' : undefined,
  }
}

/** The symbol with the padding of option symbols taken out. */
export function flexSymbol(row: FlexRow): string {
  return row.text('symbol').replace(/\s+/g, ' ')
}
