import { compare, decimalText, isDecimalText, over, placesOf, ratio, times } from '../format/ratio.ts'

/**
 * The entry an order begins with: the last price on the nearest multiple of the tick, since the middle of a quote may lie between
 * two, where no order can be. Empty where no price is known.
 */
export function firstEntry(last: string | null, tick: string): string {
  if (last === null || !isDecimalText(last)) return ''
  const step = ratio(tick)
  const nearest = times(ratio(decimalText(over(ratio(last), step), 0)), step)
  return compare(nearest, ratio(last)) === 0 ? last : decimalText(nearest, placesOf(tick))
}
