import { currentLocale } from './number-locale.ts'
import { placesOf } from './ratio.ts'

/** How a figure is written: exact or fewest and most digits after the point, and whether a plus is shown. */
export interface NumberStyle {
  readonly places?: number
  readonly leastPlaces?: number
  readonly mostPlaces?: number
  readonly signed?: boolean
}

const made = new Map<string, Intl.NumberFormat>()
const placesKnown = new Map<string, number>()

/** Writes decimal text in the chosen locale, with thousands separators and a true minus; digits are never lost to a float. */
export function numberText(value: string | number, style: NumberStyle = {}): string {
  const most = style.places ?? Math.max(style.leastPlaces ?? 0, style.mostPlaces ?? 12)
  const least = style.places ?? style.leastPlaces ?? 0
  const { tag } = currentLocale()
  const key = `${tag} ${least} ${most} ${style.signed === true ? '+' : ''}`
  let format = made.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(tag, {
      numberingSystem: 'latn',
      minimumFractionDigits: least,
      maximumFractionDigits: most,
      roundingMode: 'halfEven',
      signDisplay: style.signed === true ? 'exceptZero' : 'negative',
    })
    made.set(key, format)
  }
  return trueMinus(format.format(value as Intl.StringNumericLiteral))
}

/** A price with as many digits as its tick has: 5,012.25 on a tick of 0.25, 5,012.00 too. */
export const priceText = (value: string, tick: string): string =>
  numberText(value, { places: Math.max(placesOf(tick), placesOf(value)) })

/** An amount of money with its currency's usual digits, without the code; `signed` shows a plus. */
export const moneyText = (value: string, currency: string, signed = false): string =>
  numberText(value, { places: currencyPlaces(currency), signed })

/** A fraction as a percentage with a space before the sign: 0.005 becomes `0.50 %`. */
export function percentText(fraction: string | number, places = 2, signed = false): string {
  return `${numberText(timesHundred(fraction), { places, signed })} %`
}

/** A multiple of the planned risk: `+1.34 R`. */
export const multipleText = (value: string | number, signed = true): string =>
  `${numberText(value, { places: 2, signed })} R`

/** Digits after the point that people use for a currency: 2 for USD, 0 for JPY; 2 where the code is not an ISO one. */
export function currencyPlaces(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 2
  let digits = placesKnown.get(currency)
  if (digits === undefined) {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    placesKnown.set(currency, (digits = maximumFractionDigits ?? 2))
  }
  return digits
}

/** The same text with the typographic minus, for the screen only: what is copied or exported keeps the plain one. */
export const trueMinus = (text: string): string => text.replaceAll('-', '\u2212')

/** Shifts decimal text two places left of the point without a float, so that a fraction keeps every digit. */
function timesHundred(fraction: string | number): string {
  const text = typeof fraction === 'number' ? plainNumber(fraction) : fraction
  const negative = text.startsWith('-')
  const [whole = '0', after = ''] = text.replace('-', '').split('.')
  const padded = after.padEnd(2, '0')
  return `${negative ? '-' : ''}${whole}${padded.slice(0, 2)}.${padded.slice(2)}0`
}

const plainNumber = (value: number): string => {
  const text = String(value)
  return text.includes('e') ? value.toFixed(12) : text
}
