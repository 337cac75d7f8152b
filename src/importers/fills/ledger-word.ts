import type { CashFlow } from '../../domain/ledger/records.ts'

/** What a word in a side or type column says of a row; `null` where it says nothing known. */
export type LedgerWord = 'buy' | 'sell' | CashFlow['kind'] | null

const BUY =
  /^(?:b|bot|bought|buy|long|purchase|kauf|achat|compra|cover)$|\bbuy\b|\bbuy to (?:open|close|cover)\b|^reinvest shares$/i
const SELL = /^(?:s|sld|sold|sell|short|sale|verkauf|vente|venta)$|\bsell\b|\bsell (?:short|to open|to close)\b/i
const CASH: readonly (readonly [RegExp, CashFlow['kind']])[] = [
  [/\b(?:withholding|tax|nra)\b/i, 'tax'],
  [/\bdividends?\b|\bdividende\b|payment in lieu|distribution|\bcap gain\b/i, 'dividend'],
  [/\binterest\b|\bzinsen\b/i, 'interest'],
  [/\bfees?\b|\bcommission\b|\bgebühr\b|\bcharge\b/i, 'fee'],
  [/\bwithdraw(?:al|n)?\b|\bcash out\b|\bauszahlung\b/i, 'withdrawal'],
  [
    /\bdeposit\b|\btop.?up\b|\beinzahlung\b|\bfunds? (?:received|transfer)\b|\bmoneylink\b|\bwire\b|\btransfer\b|\bjournal\b/i,
    'deposit',
  ],
  [/\badjust(?:ment)?\b|\bcorrection\b|\bcredit\b|\brefund\b/i, 'adjustment'],
]

/** Understands the words brokers use for what a row is. */
export function ledgerWord(word: string): LedgerWord {
  const plain = word.trim().replace(/[_-]+/g, ' ')
  if (plain === '') return null
  // Fees and taxes may name what they were charged on, so cash comes first where its words are plain.
  if (/^(?:dividend|interest|fee|tax)\b/i.test(plain)) return cashWord(plain)
  if (SELL.test(plain)) return 'sell'
  if (BUY.test(plain)) return 'buy'
  return cashWord(plain)
}

/** As `ledgerWord`, for cash alone. */
export function cashWord(plain: string): CashFlow['kind'] | null {
  return CASH.find(([pattern]) => pattern.test(plain))?.[1] ?? null
}

/** The amount with the sign its kind has: fees and withdrawals take money out, deposits bring it in; the rest keep theirs. */
export function signedAmount(kind: CashFlow['kind'], amount: string): string {
  const size = amount.startsWith('-') ? amount.slice(1) : amount
  if (kind === 'withdrawal') return size === '0' ? '0' : `-${size}`
  return amount
}
