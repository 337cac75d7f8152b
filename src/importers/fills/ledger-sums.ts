import { dec, divideDown, floorTo, ONE, text, ZERO } from '../../domain/kernel/money.ts'

/** The sum of plain decimals. */
export function sumOf(values: readonly string[]): string {
  return text(values.reduce((sum, value) => sum.plus(dec(value)), ZERO))
}

/** One over a positive rate, to 12 decimals. */
export function inverseRate(rate: string): string {
  return text(floorTo(divideDown(ONE, dec(rate)), dec('0.000000000001')))
}
