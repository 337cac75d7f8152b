import type { AssetClass } from '../../domain/inputs.ts'
import { pairOf } from '../assumed-instrument.ts'
import type { ImportSettings, ReadingContext, SourceFile } from '../format.ts'
import { clip, type ReadingLog } from '../reading-log.ts'

/** Class and currency of a symbol of a price table. */
export interface BarInstrument {
  readonly assetClass: AssetClass
  readonly currency: string
}

const LEAN_CLASSES: Readonly<Record<string, AssetClass>> = {
  equity: 'equity',
  crypto: 'crypto',
  forex: 'fx',
  cfd: 'cfd',
  future: 'future',
}

/** The symbol that a file name carries, in capitals; `null` where it carries none for certain. */
export function symbolFromName(file: SourceFile): string | null {
  const stem = (file.name.split(/[\\/]/).at(-1) ?? '')
    .replace(/\.[a-z]{2,4}$/i, '')
    .replace(/_(?:trade|quote|daily|hour|minute)$/i, '')
  const tokens = stem.split(/[_\s]+/).filter((token) => token !== '')
  if (tokens.length === 1) {
    const only = tokens[0] ?? ''
    return /^[A-Za-z0-9.^=]{1,12}$/.test(only) && /[A-Za-z]/.test(only) ? only.toUpperCase() : null
  }
  if (tokens[0] !== undefined && LEAN_CLASSES[tokens[0]] !== undefined) return tokens[3]?.toUpperCase() ?? null
  const capitals = tokens.filter(
    (token) => /^[A-Z][A-Z0-9.]{1,9}$/.test(token) && !/^(?:OHLCV?|CSV|USD|EUR)$/.test(token),
  )
  return capitals.length === 1 ? (capitals[0] ?? null) : null
}

/** Class and currency of a symbol: from the settings, the file's name, the symbol's letters, else an equity in the account's currency. */
export function barInstrument(
  symbol: string,
  file: SourceFile,
  settings: ImportSettings,
  context: ReadingContext,
  log: ReadingLog,
): BarInstrument {
  const named = /(?:^|[^a-z])(equity|crypto|forex|cfd|future)(?:[^a-z]|$)/i.exec(file.receivedName)?.[1]?.toLowerCase()
  const pair = pairOf(symbol)
  const assetClass =
    settings.assetClass ?? (named === undefined ? undefined : LEAN_CLASSES[named]) ?? pair?.assetClass ?? 'equity'
  const stated =
    settings.currency ?? (pair !== null && assetClass !== 'equity' && assetClass !== 'etf' ? pair.currency : undefined)
  if (stated !== undefined) return { assetClass, currency: stated }
  const american = /(?:^|[^a-z])usa(?:[^a-z]|$)/i.test(file.receivedName)
  const currency = american ? 'USD' : context.accountCurrency
  log.warnOnce('currency', {
    line: 0,
    says: `The file names no currency; prices of new instruments are taken to be in ${currency}${american ? ', as its name says a US market' : ", the account's currency"}.`,
    proposal: 'Choose the currency if it is another.',
    setting: 'currency',
  })
  return { assetClass, currency }
}

/** Asks for the symbol of a file that names none. */
export function askSymbol(file: SourceFile, log: ReadingLog): void {
  log.question({
    line: 0,
    value: file.name,
    says: `The file names no symbol, and its name "${clip(file.name)}" shows none for certain.`,
    proposal: 'Type the symbol these prices belong to.',
    setting: 'symbol',
  })
}
