import { quantileOfSorted } from './quantile.ts'

/** Equally wide bins next to each other; bin i reaches from `from` + i·`width` to the next, and holds its lower end. */
export interface Histogram {
  readonly from: number
  readonly width: number
  readonly counts: readonly number[]
}

const MOST_BINS = 60
/** Values closer to each other and to zero than this are one. */
const FINEST = 1e-9
const STEPS = [1, 2, 2.5, 5, 10]

/**
 * Bins of the Freedman-Diaconis width (1981), cut to a round number, with zero as one of their ends, so that losses and
 * gains never share a bin; at most some sixty. `undefined` for no values; all of them finite.
 */
export function histogram(values: readonly number[]): Histogram | undefined {
  if (values.length === 0) return undefined
  const sorted = Float64Array.from(values).sort()
  const [least, most] = [quantileOfSorted(sorted, 0), quantileOfSorted(sorted, 1)]
  const spread = quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25)
  const range = Math.max(most, 0) - Math.min(least, 0)
  const natural = (2 * spread) / Math.cbrt(sorted.length)
  const finest = range > FINEST ? roundUp(range / MOST_BINS) : 1
  const width = natural > finest ? roundDown(natural) : finest
  const first = Math.floor(least / width)
  const counts = new Array<number>(Math.floor(most / width) - first + 1).fill(0)
  for (const value of sorted) {
    const bin = Math.floor(value / width) - first
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return { from: first * width, width, counts }
}

/** The next number of the form 1, 2, 2.5 or 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return (STEPS.find((step) => step * power >= value * (1 - 1e-12)) ?? 10) * power
}

/** The last number of that form that is not above the value. */
function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return (STEPS.findLast((step) => step * power <= value * (1 + 1e-12)) ?? 1) * power
}
