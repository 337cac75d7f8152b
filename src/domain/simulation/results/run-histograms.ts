import { drawdownOf, equityOf } from './equity-of.ts'
import type { BucketSketch } from './bucket-sketch.ts'
import { quantilesOf } from './quantiles.ts'
import type { RunPart } from './run-part.ts'
import { type Chance, chanceOf } from './summarise-run.ts'

/** Bins of equal width; bin i begins at `from` + i·`width`. What lies beyond the ends is counted apart. */
export interface Bins {
  readonly from: number
  readonly width: number
  readonly counts: readonly number[]
  readonly below: number
  readonly above: number
}

/** How the ends of the paths are spread, for drawing, and how many lost money. */
export interface RunHistograms {
  /** Final equity over start; between the 0.5 % and the 99.5 % quantile. */
  readonly finalEquity: Bins
  /** In bins of 2 % or less. */
  readonly maxDrawdown: Bins
  readonly endsBelowStart: Chance
}

const MOST_BINS = 48
const STEPS = [1, 2, 2.5, 5, 10] as const

/** The histograms of a whole run; of a tally from the middles of its buckets. */
export function runHistograms({ kept, count }: RunPart): RunHistograms {
  const ends: Weighted =
    'measures' in kept ? plain(kept.measures.logEquity.map(equityOf)) : bucketed(kept.tally.sketches.equity, equityOf)
  const falls: Weighted =
    'measures' in kept
      ? plain(kept.measures.logDepth.map(drawdownOf))
      : bucketed(kept.tally.sketches.drawdown, (fall) => fall)
  let lost = 0
  ends.each((equity, weight) => (lost += equity < 1 ? weight : 0))
  const [low = 0, high = 1] = ends.quantiles([0.005, 0.995])
  const [deepest = 0] = falls.quantiles([1])
  return {
    finalEquity: binned(ends, Math.min(low, 1), Math.max(high, 1)),
    maxDrawdown: binned(falls, 0, Math.max(deepest, 0.02)),
    endsBelowStart: chanceOf(lost, count),
  }
}

interface Weighted {
  each(visit: (value: number, weight: number) => void): void
  quantiles(shares: readonly number[]): number[]
}

function plain(values: Float64Array): Weighted {
  return {
    each: (visit) => values.forEach((value) => visit(value, 1)),
    quantiles: (shares) => quantilesOf(values, shares),
  }
}

function bucketed(sketch: BucketSketch, valueOf: (bucketed: number) => number): Weighted {
  const { from, width } = sketch.range
  return {
    each: (visit) =>
      sketch.counts.forEach((weight, bucket) => {
        if (weight > 0) visit(valueOf(from + (bucket + 0.5) * width), weight)
      }),
    quantiles: (shares) => shares.map((share) => valueOf(sketch.quantile(share))),
  }
}

function binned(values: Weighted, low: number, high: number): Bins {
  const width = roundUp(Math.max(high - low, 1e-6) / MOST_BINS)
  const first = Math.floor(low / width)
  const counts = new Array<number>(Math.floor(high / width) - first + 1).fill(0)
  let below = 0
  let above = 0
  values.each((value, weight) => {
    const bin = Math.floor(value / width) - first
    if (bin < 0) below += weight
    else if (bin >= counts.length) above += weight
    else counts[bin] = (counts[bin] as number) + weight
  })
  return { from: first * width, width, counts, below, above }
}

/** The next number of the form 1, 2, 2.5 or 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return (STEPS.find((step) => step * power >= value * (1 - 1e-12)) ?? 10) * power
}
