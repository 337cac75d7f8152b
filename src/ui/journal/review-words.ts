import type { EdgeView } from '../../contract/edge.ts'
import { numberText } from '../format/number-text.ts'
import { ageText, dateText } from '../format/time-text.ts'

/** The caption of a chart: how many trades, from when to when, in which currency, how old the last one is. */
export function captionOf(edge: EdgeView, zone: string, count = `n = ${numberText(String(edge.trades))}`): string {
  const { firstAt, lastAt, currency, at } = edge
  if (firstAt === null || lastAt === null) return `n = 0, ${currency}`
  return `${count}, ${dateText(firstAt, zone)} to ${dateText(lastAt, zone)}, ${currency}; last trade ${ageText(at - lastAt)} old`
}

/** What is missing for a chart that needs a number of trades. */
export function fewTrades(have: number, need: number): string {
  const more = need - have
  return `${numberText(String(have))} of ${need} trades have closed: ${more} more ${more === 1 ? 'is' : 'are'} needed.`
}

/** How many trades a file holds, and how to get the others where it does not hold all. */
export function writtenText(written: number, total: number, name: string): string {
  const all = `trades were written to ${name}`
  if (written === total) return `${numberText(String(written))} ${all}.`
  return `${numberText(String(written))} of ${numberText(String(total))} ${all}: narrow the dates to write the others.`
}
