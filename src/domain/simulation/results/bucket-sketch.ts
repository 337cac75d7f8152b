import { invariant } from '../../kernel/invariant.ts'

/** Buckets of equal width; values beyond the ends count in the outermost ones. */
export interface BucketRange {
  readonly from: number
  readonly width: number
  readonly buckets: number
}

/** Counts of values in buckets: merges by addition, in any order, and knows every quantile to within half a bucket. */
export class BucketSketch {
  readonly range: BucketRange
  readonly counts: Float64Array

  constructor(range: BucketRange, counts = new Float64Array(range.buckets)) {
    invariant(counts.length === range.buckets, 'a sketch has one count per bucket')
    this.range = range
    this.counts = counts
  }

  /** Counts one value; infinities count at the ends. */
  add(value: number): void {
    const { from, width, buckets } = this.range
    const bucket = Math.max(0, Math.min(buckets - 1, Math.floor((value - from) / width)))
    this.counts[bucket] = (this.counts[bucket] as number) + 1
  }

  /** Adds the counts of a sketch of the same range. */
  merge(other: BucketSketch): void {
    invariant(other.range.from === this.range.from && other.range.width === this.range.width, 'sketches share a range')
    for (let bucket = 0; bucket < this.counts.length; bucket++) {
      this.counts[bucket] = (this.counts[bucket] as number) + (other.counts[bucket] as number)
    }
  }

  /** Middle of the bucket in which the given share of the values is reached. */
  quantile(share: number): number {
    const wanted = share * this.counts.reduce((sum, count) => sum + count, 0)
    let seen = 0
    let last = 0
    for (const [bucket, count] of this.counts.entries()) {
      if (count === 0) continue
      last = bucket
      seen += count
      if (seen >= wanted) break
    }
    return this.range.from + (last + 0.5) * this.range.width
  }

  /** Mean of `of` over the middles of the lowest buckets that hold the given share of the values. */
  lowestMean(share: number, of: (value: number) => number): number {
    const wanted = share * this.counts.reduce((sum, count) => sum + count, 0)
    let seen = 0
    let sum = 0
    for (const [bucket, count] of this.counts.entries()) {
      const taken = Math.min(count, wanted - seen)
      if (taken <= 0) continue
      seen += taken
      sum += taken * of(this.range.from + (bucket + 0.5) * this.range.width)
    }
    return sum / seen
  }
}
