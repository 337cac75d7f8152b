import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantileOfSorted } from '../../../src/domain/stats/quantile.ts'
import { typescriptKernels } from '../../../src/domain/simulation/kernels/typescript-kernels.ts'
import { pathRun } from '../../../src/domain/simulation/path-run.ts'
import type { SimulationPlan } from '../../../src/domain/simulation/plan.ts'
import { BucketSketch } from '../../../src/domain/simulation/results/bucket-sketch.ts'
import { ExactSum } from '../../../src/domain/simulation/results/exact-sum.ts'
import { mergeParts, shardRange } from '../../../src/domain/simulation/results/merge-parts.ts'
import { partBytes, partFrom } from '../../../src/domain/simulation/results/part-bytes.ts'
import { quantilesOf } from '../../../src/domain/simulation/results/quantiles.ts'
import { leafDigests, runDigest } from '../../../src/domain/simulation/results/run-digest.ts'
import { collectPart, EXACT_PATHS, type RunPart } from '../../../src/domain/simulation/results/run-part.ts'
import { QUANTILES, summariseRun } from '../../../src/domain/simulation/results/summarise-run.ts'
import { runPlan } from '../../../src/domain/simulation/run-plan.ts'
import { planOf, someTrades } from './plan-of.ts'
import { sha256 } from './sha256.ts'

const request = {
  model: { kind: 'bootstrap', returns: someTrades },
  staking: { method: 'fixed_fraction', fraction: 0.03 },
  paths: 9_001,
  trades: 60,
  seed: 77,
  floor: 0.8,
  trailingFloor: 0.75,
  target: 1.5,
  limit: 0.8,
} as const
const digestOf = ({ kept }: RunPart): string =>
  runDigest('measures' in kept ? leafDigests(kept.measures, sha256) : kept.leaves, sha256)

describe('an exact sum', () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e150, max: 1e150 })

  it('is the same in any order and grouping', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), fc.nat(40), (values, cut) => {
        const whole = new ExactSum()
        for (const each of values) whole.add(each)
        const parts = [values.slice(cut).reverse(), values.slice(0, cut)].map((part) => {
          const sum = new ExactSum()
          for (const each of part) sum.add(each)
          return ExactSum.from(sum.state())
        })
        const merged = new ExactSum()
        for (const part of parts) merged.merge(part)
        expect(merged.total()).toBe(whole.total())
      }),
    )
  })

  it('loses nothing to what it is added to', () => {
    const sum = new ExactSum()
    for (const each of [1e100, 1, -1e100, 2 ** -1074, 0.1, -0.1, -3, 2.5]) sum.add(each)
    expect(sum.total()).toBe(0.5)
    fc.assert(
      fc.property(value, value, (a, b) => {
        const two = new ExactSum()
        two.add(a)
        two.add(b)
        expect(two.total()).toBe(a + b)
      }),
    )
  })
})

describe('quantiles', () => {
  it('are those of the sorted values', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const values = fc.array(fc.double({ noNaN: true, min: -9, max: 9 }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(values, fc.array(share, { minLength: 1, maxLength: 5 }), (list, shares) => {
        const sorted = Float64Array.from(list).sort()
        const wanted = shares.map((at) => quantileOfSorted(sorted, at))
        quantilesOf(Float64Array.from(list), shares).forEach((found, index) =>
          expect(found).toBeCloseTo(wanted[index] ?? Number.NaN, 12),
        )
      }),
    )
  })

  it('of a sketch are within half a bucket, however it was merged', () => {
    const range = { from: -4, width: 0.01, buckets: 800 }
    const values = fc.array(fc.double({ noNaN: true, min: -3.9, max: 3.9 }), { minLength: 2, maxLength: 300 })
    fc.assert(
      fc.property(values, fc.nat(300), (list, cut) => {
        const [first, second] = [new BucketSketch(range), new BucketSketch(range)]
        list.forEach((value, index) => (index < cut ? first : second).add(value))
        first.merge(second)
        const rank = Math.max(1, Math.ceil(list.length * 0.3))
        const known = Float64Array.from(list).sort()[rank - 1] ?? Number.NaN
        expect(Math.abs(first.quantile(0.3) - known)).toBeLessThanOrEqual(0.005 + 1e-9)
      }),
    )
  })
})

describe('a run', () => {
  const plan = planOf(request)
  const whole = runPlan(plan, typescriptKernels, sha256)

  it('has one digest in any chunks and shards', () => {
    for (const shards of [1, 2, 7]) {
      const parts = Array.from({ length: shards }, (_, index) => {
        const { first, count } = shardRange(plan, index + 1, shards)
        const collector = collectPart(plan, first, count, sha256)
        const run = pathRun(plan, typescriptKernels)
        const chunk = 501
        for (let at = 0; at < count; at += chunk) collector.take(run.run(first + at, Math.min(chunk, count - at)))
        const read = partFrom(partBytes(collector.finish()))
        if (!read.ok) throw new Error(read.error.says)
        return read.value
      })
      const merged = mergeParts(parts.reverse())
      if (!merged.ok) throw new Error(merged.error.says)
      expect(digestOf(merged.value)).toBe(digestOf(whole))
      expect(summariseRun(merged.value)).toEqual(summariseRun(whole))
    }
  })

  it('has another digest for another seed', () => {
    expect(digestOf(runPlan(planOf({ ...request, seed: 78 }), typescriptKernels, sha256))).not.toBe(digestOf(whole))
  })

  it('has another digest when any measure of any path is another', () => {
    const { measures } = pathRun(plan, typescriptKernels).run(0, 5_000)
    const before = leafDigests(measures, sha256)
    for (const column of Object.values(measures) as (Float64Array | Uint32Array | Uint8Array)[]) {
      const kept = column[4_500] ?? 0
      column[4_500] = kept + 1
      const [first, second] = leafDigests(measures, sha256)
      expect(first).toBe(before[0])
      expect(second).not.toBe(before[1])
      column[4_500] = kept
    }
  })

  it('refuses parts that do not make one whole', () => {
    const part = (first: number, count: number, from: SimulationPlan = plan): RunPart => ({
      ...runPart(from, count),
      first,
    })
    const says = (parts: RunPart[]): string => {
      const merged = mergeParts(parts)
      return merged.ok ? 'merged' : merged.error.says
    }
    expect(says([])).toContain('no parts')
    expect(says([part(0, 4000), part(5000, 4001)])).toContain('Paths 4000 to 4999 are in none')
    expect(says([part(0, 4000), part(3999, 5002)])).toContain('Path 3999 is in two parts')
    expect(says([part(0, 9000)])).toContain('Paths 9000 to 9000 are in none')
    expect(says([part(0, 4000), part(4000, 5001, { ...plan, seed: 1 })])).toContain('different runs')
    const bytes = partBytes(whole)
    expect(partFrom(bytes.subarray(0, bytes.length - 1)).ok).toBe(false)
  })

  it('reports intervals around its findings, and shares that add up', () => {
    const found = summariseRun(whole)
    for (const chance of [
      found.ruin,
      found.floorTouched,
      found.trailingFloorTouched,
      found.targetFirst,
      found.limitFirst,
    ]) {
      expect(chance).not.toBeNull()
      expect(chance?.low).toBeLessThan(chance?.probability ?? 0)
      expect(chance?.high).toBeGreaterThan(chance?.probability ?? 1)
    }
    expect(found.ruin?.probability).toBeGreaterThanOrEqual(found.floorTouched?.probability ?? 1)
    const { kept } = whole
    if (!('measures' in kept)) throw new Error('a small run keeps its paths')
    const ruined = kept.measures.logLowest.filter(
      (low, path) => low <= Math.log(0.8) || (kept.measures.logDepth[path] ?? 0) >= -Math.log(0.75),
    )
    expect(found.ruin?.probability).toBe(ruined.length / request.paths)
    expect(found.growthPerTrade.low).toBeLessThan(found.growthPerTrade.value)
    expect(found.expectedShortfall).toBeGreaterThan(found.valueAtRisk)
    // Growth is what compounds, below what the mean of the ends pretends.
    expect(found.growthPerTrade.value).toBeLessThan(found.finalEquity.mean ** (1 / 60) - 1)
    expect(found.fan?.bands).toHaveLength(5)
    expect(found.fan?.bands[2]?.at(-1)).toBeCloseTo(found.finalEquity.quantiles[QUANTILES.indexOf(0.5)] ?? 0, 2)
    expect(found.convergence.line.map(({ paths }) => paths)).toEqual([281, 562, 1125, 2250, 4500, 9001])
  })

  it('says whether more paths would change the answer', () => {
    const few = summariseRun(runPlan(planOf({ ...request, paths: 100 }), typescriptKernels, sha256)).convergence
    expect(few.enough).toBe(false)
    expect(few.says).toMatch(/^100 paths leave the answer open: about \d+ would settle it\.$/)
    const many = planOf({ ...request, paths: few.pathsNeeded * 2, detail: 'core' })
    expect(summariseRun(runPlan(many, typescriptKernels, sha256)).convergence.enough).toBe(true)
  })
})

describe('a run too large to keep its paths', () => {
  const exact = planOf({ ...request, paths: 20_000 })
  // The same paths, as part of a run that only counts them.
  const plan: SimulationPlan = { ...exact, paths: EXACT_PATHS + 1 }
  const counted = (first: number, count: number): RunPart => {
    const collector = collectPart(plan, first, count, sha256)
    collector.take(pathRun(plan, typescriptKernels).run(first, count))
    return { ...collector.finish(), plan: exact }
  }

  it('finds what a kept run finds, to within its stated error', () => {
    const kept = summariseRun(runPlan(exact, typescriptKernels, sha256))
    const found = summariseRun(counted(0, 20_000))
    expect(found.quantileError).toBe(0.0005)
    expect(found.ruin).toEqual(kept.ruin)
    expect(found.finalEquity.mean).toBeCloseTo(kept.finalEquity.mean, 12)
    expect(found.finalEquity.standardError).toBeCloseTo(kept.finalEquity.standardError, 9)
    expect(found.growthPerTrade.value).toBeCloseTo(kept.growthPerTrade.value, 12)
    found.finalEquity.quantiles.forEach((quantile, index) =>
      expect(Math.abs(quantile / (kept.finalEquity.quantiles[index] ?? 0) - 1)).toBeLessThan(0.002),
    )
    expect(Math.abs(found.expectedShortfall - kept.expectedShortfall)).toBeLessThan(0.001)
    expect(found.losingStreak?.quantiles).toEqual(kept.losingStreak?.quantiles)
  })
})

/** A part of nothing but its place. */
function runPart(plan: SimulationPlan, count: number): RunPart {
  const chunk = pathRun({ ...plan, trades: 1, fanSteps: [], fanPaths: 0 }, typescriptKernels).run(0, count)
  return { plan, first: 0, count, kept: { measures: chunk.measures }, fan: new Float32Array(0) }
}
