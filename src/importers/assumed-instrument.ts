import type { AssetClass, CalendarId, InstrumentSpec } from '../domain/inputs.ts'
import { dec, divide, smaller, text } from '../domain/kernel/money.ts'

/** What a file says of an instrument. */
export interface InstrumentSaid {
  readonly symbol: string
  readonly assetClass: AssetClass
  readonly currency: string
  readonly name?: string | undefined
  /** Units of the underlying per contract. */
  readonly multiplier?: string | undefined
  /** `YYYY-MM-DD`. */
  readonly expires?: string | undefined
  readonly strike?: string | undefined
  readonly right?: 'call' | 'put' | undefined
  /** A quantity traded: a finer one than the class's lot makes the lot finer. */
  readonly quantities?: readonly string[] | undefined
}

interface ClassDefaults {
  readonly tickSize: string
  readonly lotStep: string
  readonly calendar: CalendarId
  readonly shortable: boolean
}

const DEFAULTS: Readonly<Record<AssetClass, ClassDefaults>> = {
  equity: { tickSize: '0.01', lotStep: '1', calendar: 'equity', shortable: false },
  etf: { tickSize: '0.01', lotStep: '1', calendar: 'equity', shortable: false },
  crypto: { tickSize: '0.01', lotStep: '0.00000001', calendar: 'crypto', shortable: false },
  fx: { tickSize: '0.00001', lotStep: '1', calendar: 'fx', shortable: true },
  future: { tickSize: '0.01', lotStep: '1', calendar: 'futures', shortable: true },
  option: { tickSize: '0.01', lotStep: '1', calendar: 'equity', shortable: false },
  cfd: { tickSize: '0.01', lotStep: '1', calendar: 'equity', shortable: true },
}

const CURRENCIES = new Set(
  'USD EUR GBP JPY CHF AUD NZD CAD SEK NOK DKK PLN CZK HUF HKD SGD CNH CNY MXN ZAR TRY ILS KRW INR TWD RUB BRL THB'.split(
    ' ',
  ),
)
const COINS = new Set('BTC ETH XRP LTC BCH ADA SOL DOT DOGE BNB AVAX LINK MATIC TRX XLM UNI ATOM SHIB XBT'.split(' '))
const MAJOR_COINS = new Set(['BTC', 'ETH', 'XBT'])

/** A specification with the defaults of its class and no costs; `source` says in words what the file stated and what was assumed. */
export function assumedInstrument(said: InstrumentSaid, from: string): InstrumentSpec {
  const defaults = DEFAULTS[said.assetClass]
  const tickSize = said.assetClass === 'fx' && said.currency === 'JPY' ? '0.001' : defaults.tickSize
  const lotStep = finestLot(defaults.lotStep, said.quantities ?? [])
  const multiplier = said.multiplier ?? '1'
  const assumed = [
    `tick ${tickSize}`,
    `lot ${lotStep}`,
    'no commission, spread or slippage',
    defaults.shortable ? 'may be shorted' : 'not shorted',
    'fully paid',
  ]
  if (said.multiplier === undefined) assumed.push('1 money per point')
  return {
    symbol: said.symbol,
    name: said.name ?? said.symbol,
    assetClass: said.assetClass,
    currency: said.currency,
    tickSize,
    lotStep,
    minQuantity: lotStep,
    maxQuantity: null,
    minNotional: null,
    pointValue: multiplier,
    contractSize:
      said.multiplier !== undefined && (said.assetClass === 'future' || said.assetClass === 'option')
        ? multiplier
        : null,
    tickValue: null,
    clusters:
      said.assetClass === 'crypto'
        ? [MAJOR_COINS.has(baseOf(said.symbol, said.currency)) ? 'crypto_major' : 'crypto_alt']
        : [],
    shortable: defaults.shortable,
    enabled: true,
    restricted: false,
    calendar: defaults.calendar,
    marginRate: null,
    marginPerUnit: null,
    maxLeverageIntraday: null,
    maxLeverageOvernight: null,
    commissionPerUnit: '0',
    commissionRate: '0',
    commissionMinimum: '0',
    spread: '0',
    slippageTicks: '0',
    optionDelta: null,
    optionStrike: said.strike ?? null,
    optionUnderlying: null,
    optionRight: said.right ?? null,
    expires: said.expires ?? null,
    source: `${from}. Assumed for its class (${said.assetClass}): ${assumed.join(', ')}.`,
  }
}

/** Class and currency that a symbol's letters show: a pair of currencies or of a coin and a currency; else `null`. */
export function pairOf(
  symbol: string,
): { readonly assetClass: 'fx' | 'crypto' | 'cfd'; readonly currency: string } | null {
  const plain = symbol.toUpperCase().replace(/[./_-]/g, '')
  for (const quote of ['USDT', 'USDC', 'USD', 'EUR', 'GBP', 'BTC', plain.slice(-3)]) {
    const base = plain.endsWith(quote) ? plain.slice(0, -quote.length) : ''
    if (base === '') continue
    if (COINS.has(base)) return { assetClass: 'crypto', currency: quote }
    if (/^(?:XAU|XAG|XPT|XPD)$/.test(base)) return { assetClass: 'cfd', currency: quote }
    if (CURRENCIES.has(base) && CURRENCIES.has(quote)) return { assetClass: 'fx', currency: quote }
  }
  return null
}

function baseOf(symbol: string, currency: string): string {
  const plain = symbol.toUpperCase().replace(/[./_-]/g, '')
  return plain.endsWith(currency) ? plain.slice(0, -currency.length) : plain
}

/** The class's lot, or the power of ten that the finest quantity needs. */
function finestLot(lotStep: string, quantities: readonly string[]): string {
  let places = 0
  for (const quantity of quantities) {
    const point = quantity.indexOf('.')
    if (point !== -1) places = Math.max(places, quantity.length - point - 1)
  }
  return places === 0 ? lotStep : text(smaller(dec(lotStep), divide(dec(1), dec(`1e${places}`))))
}
