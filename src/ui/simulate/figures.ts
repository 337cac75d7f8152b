import type { Figure } from '../../contract/simulation/input.ts'
import { decimalText, isDecimalText, over, ratio, times } from '../format/ratio.ts'

const HUNDRED = ratio('100')
const PLACES = 14

/** Per cent as typed as a fraction in decimal text, exact; text that is no number goes on as it is, so that it is refused. */
export function fractionOf(percent: string): string {
  return isDecimalText(percent) ? decimalText(over(ratio(percent), HUNDRED), PLACES) : percent
}

/** A fraction as per cent for a field; empty where there is none. */
export function percentOf(fraction: Figure | undefined): string {
  const text = figureText(fraction)
  return isDecimalText(text) ? decimalText(times(ratio(text), HUNDRED), PLACES) : text
}

/** What is left of a whole after so many per cent of it: 20 becomes 0.8. */
export function leftOf(percent: string): string {
  if (!isDecimalText(percent)) return percent
  return decimalText(
    over({ top: HUNDRED.top * ratio(percent).bottom - ratio(percent).top, bottom: ratio(percent).bottom }, HUNDRED),
    PLACES,
  )
}

/** The whole and so many per cent more: 25 becomes 1.25. */
export const grownBy = (percent: string): string => leftOf(percent.startsWith('-') ? percent.slice(1) : `-${percent}`)

/** A figure of the contract as the text of a field; empty where there is none. */
export function figureText(figure: Figure | undefined): string {
  if (figure === undefined || figure === null) return ''
  if (typeof figure === 'string') return figure
  return String(figure).includes('e') ? figure.toFixed(PLACES) : String(figure)
}

/** An entry of a record only where a field has text: an empty field is left out of what is asked. */
export const given = <Key extends string>(key: Key, text: string): Partial<Record<Key, string>> =>
  // Safe: a computed key of the type parameter is that key.
  text === '' ? {} : ({ [key]: text } as Partial<Record<Key, string>>)

/** The number a text stands for, for drawing; `undefined` where it stands for none. */
export const knownNumber = (text: string): number | undefined =>
  text === '' || !Number.isFinite(Number(text)) ? undefined : Number(text)
