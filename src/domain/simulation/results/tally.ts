import type { SimulationPlan } from '../plan.ts'
import { BucketSketch, type BucketRange } from './bucket-sketch.ts'
import { countPaths, type PathCounts } from './path-counts.ts'
import { ExactSum } from './exact-sum.ts'
import { drawdownOf, equityOf } from './equity-of.ts'
import type { PathMeasures } from './path-measures.ts'

/** Relative error of an equity quantile read from a sketch: half a bucket of log equity. */
export const SKETCH_ERROR = 0.0005
const RANGES = {
  equity: { from: -32, width: 2 * SKETCH_ERROR, buckets: 64_000 },
  drawdown: { from: 0, width: 2 ** -15, buckets: 32_769 },
  underWater: { from: -0.5, width: 1, buckets: 100_001 },
  losingStreak: { from: -0.5, width: 1, buckets: 10_001 },
} as const satisfies Record<string, BucketRange>
const SUMS = ['equity', 'drawdown', 'underWater', 'losingStreak', 'log'] as const

/** What a tally keeps of each quantity. */
export type Tallied = keyof typeof RANGES
type Summed = (typeof SUMS)[number]

/** Counts and exact sums that stand for paths too many to keep; merging parts gives exactly the whole. */
export interface Tally {
  readonly counts: PathCounts
  readonly sketches: Readonly<Record<Tallied, BucketSketch>>
  /** Sums and sums of squares; paths that lost everything are left out of `log` and counted as bust. */
  readonly sums: Readonly<Record<Summed, ExactSum>>
  readonly squares: Readonly<Record<Summed, ExactSum>>
}

/** A tally of nothing. */
export function emptyTally(): Tally {
  const sketch = (name: Tallied): BucketSketch => new BucketSketch(RANGES[name])
  const sums = (): Record<Summed, ExactSum> =>
    Object.fromEntries(SUMS.map((name) => [name, new ExactSum()])) as Record<Summed, ExactSum>
  return {
    counts: { paths: 0, bust: 0, floor: 0, trailingFloor: 0, ruined: 0, target: 0, limit: 0 },
    sketches: {
      equity: sketch('equity'),
      drawdown: sketch('drawdown'),
      underWater: sketch('underWater'),
      losingStreak: sketch('losingStreak'),
    },
    sums: sums(),
    squares: sums(),
  }
}

/** The tally with the paths of `measures` counted in; `tally` itself is used up. */
export function tallied(tally: Tally, measures: PathMeasures, plan: SimulationPlan): Tally {
  const { sketches, sums, squares } = tally
  const add = (name: Summed, value: number): void => {
    sums[name].add(value)
    squares[name].add(value * value)
  }
  for (let path = 0; path < measures.logEquity.length; path++) {
    const log = measures.logEquity[path] as number
    const drawdown = drawdownOf(measures.logDepth[path] as number)
    sketches.equity.add(log)
    sketches.drawdown.add(drawdown)
    add('equity', equityOf(log))
    add('drawdown', drawdown)
    if (log !== -Infinity) add('log', log)
    if (measures.underWater.length === 0) continue
    for (const name of ['underWater', 'losingStreak'] as const) {
      sketches[name].add(measures[name][path] as number)
      add(name, measures[name][path] as number)
    }
  }
  return { ...tally, counts: addCounts(tally.counts, countPaths(measures, plan)) }
}

/** Both tallies in one; `first` is used up. */
export function mergedTally(first: Tally, second: Tally): Tally {
  for (const name of Object.keys(RANGES) as Tallied[]) first.sketches[name].merge(second.sketches[name])
  for (const name of SUMS) {
    first.sums[name].merge(second.sums[name])
    first.squares[name].merge(second.squares[name])
  }
  return { ...first, counts: addCounts(first.counts, second.counts) }
}

/** A tally as plain numbers, and back. */
export interface TallyState {
  readonly counts: PathCounts
  /** Bucket and count, bucket and count: empty buckets are left out. */
  readonly sketches: Readonly<Record<Tallied, readonly number[]>>
  readonly sums: Readonly<Record<Summed, readonly number[]>>
  readonly squares: Readonly<Record<Summed, readonly number[]>>
}

/** A tally as plain data that `tallyFrom` takes up. */
export function tallyState({ counts, sketches, sums, squares }: Tally): TallyState {
  const sparse = ({ counts: all }: BucketSketch): number[] =>
    [...all.entries()].flatMap(([bucket, count]) => (count === 0 ? [] : [bucket, count]))
  return {
    counts,
    sketches: mapped(sketches, sparse),
    sums: mapped(sums, (sum) => sum.state()),
    squares: mapped(squares, (sum) => sum.state()),
  }
}

/** The tally that was written as `state`. */
export function tallyFrom(state: TallyState): Tally {
  const tally = emptyTally()
  for (const name of Object.keys(RANGES) as Tallied[]) {
    const pairs = state.sketches[name]
    for (let at = 0; at < pairs.length; at += 2)
      tally.sketches[name].counts[pairs[at] as number] = pairs[at + 1] as number
  }
  return {
    counts: state.counts,
    sketches: tally.sketches,
    sums: mapped(state.sums, (limbs) => ExactSum.from(limbs)),
    squares: mapped(state.squares, (limbs) => ExactSum.from(limbs)),
  }
}

function mapped<K extends string, T, U>(record: Readonly<Record<K, T>>, of: (value: T) => U): Record<K, U> {
  return Object.fromEntries(Object.entries<T>(record).map(([key, value]) => [key, of(value)])) as Record<K, U>
}

function addCounts(first: PathCounts, second: PathCounts): PathCounts {
  return {
    paths: first.paths + second.paths,
    bust: first.bust + second.bust,
    floor: first.floor + second.floor,
    trailingFloor: first.trailingFloor + second.trailingFloor,
    ruined: first.ruined + second.ruined,
    target: first.target + second.target,
    limit: first.limit + second.limit,
  }
}
