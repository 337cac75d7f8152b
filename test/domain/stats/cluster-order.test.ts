import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterOrder, correlationDistance, type Linkage } from '../../../src/domain/stats/cluster-order.ts'
import { correlationPairs, matrixOfPairs } from '../../../src/domain/stats/correlation-pairs.ts'
import { periodWeights } from '../../../src/domain/stats/period-weights.ts'
import { factorSeries } from '../../support/random-series.ts'

const matrixOf = (columns: readonly Float64Array[]) =>
  matrixOfPairs(correlationPairs(columns, periodWeights(columns[0]?.length ?? 0, Infinity)), columns.length)
const twoGroups = [...factorSeries(1, 3, 200, 0.8), ...factorSeries(2, 3, 200, 0.8)]

/** Heights of the merges by the definition: at every step the distances of all groups from all pairs of leaves. */
function heightsByDefinition(matrix: Float64Array, n: number, linkage: Linkage): number[] {
  let groups = Array.from({ length: n }, (_, i) => [i])
  const heights: number[] = []
  const apart = (a: readonly number[], b: readonly number[]): number => {
    const all = a.flatMap((i) => b.map((j) => correlationDistance(matrix[i * n + j] ?? NaN)))
    return linkage === 'single' ? Math.min(...all) : all.reduce((sum, value) => sum + value, 0) / all.length
  }
  while (groups.length > 1) {
    let best = { distance: Infinity, a: 0, b: 1 }
    for (let a = 0; a < groups.length; a++)
      for (let b = a + 1; b < groups.length; b++) {
        const distance = apart(groups[a] ?? [], groups[b] ?? [])
        if (distance < best.distance) best = { distance, a, b }
      }
    heights.push(best.distance)
    const joined = [...(groups[best.a] ?? []), ...(groups[best.b] ?? [])]
    groups = [...groups.filter((_, i) => i !== best.a && i !== best.b), joined]
  }
  return heights
}

describe('the distance of a correlation', () => {
  it('is 0 for copies, √½ for independent and 1 for mirrored series', () => {
    expect([1, 0, -1].map(correlationDistance)).toEqual([0, Math.SQRT1_2, 1])
  })
})

describe('the cluster order', () => {
  it.each(['single', 'average'] as const)('by %s linkage merges as the definition does', (linkage) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 2, max: 9 }), (seed, n) => {
        const matrix = matrixOf(factorSeries(seed, n, 30, 0.3))
        const { merges, order } = clusterOrder(matrix, n, linkage)
        const heights = heightsByDefinition(matrix, n, linkage)
        expect(merges).toHaveLength(n - 1)
        for (const [k, { distance }] of merges.entries()) expect(distance).toBeCloseTo(heights[k] ?? NaN, 12)
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
      }),
      { numRuns: 40 },
    )
  })

  it('keeps groups together however they are mixed', () => {
    const mixed = [0, 3, 1, 4, 2, 5]
    const { order } = clusterOrder(matrixOf(mixed.map((i) => twoGroups[i] ?? new Float64Array())), 6)
    const groups = order.map((place) => ((mixed[place] ?? 0) < 3 ? 'a' : 'b')).join('')
    expect(['aaabbb', 'bbbaaa']).toContain(groups)
  })

  it('keeps the leaves of every merge next to each other', () => {
    const n = 12
    const { order, merges } = clusterOrder(matrixOf(factorSeries(9, n, 40, 0.2)), n)
    const members = Array.from({ length: n }, (_, i) => [i])
    for (const { left, right } of merges) {
      const group = [...(members[left] ?? []), ...(members[right] ?? [])]
      members.push(group)
      const places = group.map((leaf) => order.indexOf(leaf))
      expect(Math.max(...places) - Math.min(...places)).toBe(group.length - 1)
    }
  })

  it('gives the same neighbours, up to direction, whatever the order of the rows', () => {
    const n = 8
    const columns = factorSeries(11, n, 50, 0.3)
    const names = clusterOrder(matrixOf(columns), n).order
    const turned = clusterOrder(matrixOf(columns.toReversed()), n).order.map((i) => n - 1 - i)
    expect([names.join(), names.toReversed().join()]).toContain(turned.join())
  })

  it('turns groups so that a chain comes out as a chain', () => {
    const places = [0, 0.3, 1, 1.2, 2.1, 2.15, 3.4, 3.9]
    const chain = Float64Array.from({ length: 64 }, (_, k) =>
      Math.exp(-Math.abs((places[k % 8] ?? NaN) - (places[Math.floor(k / 8)] ?? NaN))),
    )
    for (const linkage of ['single', 'average'] as const) {
      const order = clusterOrder(chain, 8, linkage).order.join('')
      expect(['01234567', '76543210']).toContain(order)
    }
  })

  it('of one series is itself', () => {
    expect(clusterOrder(new Float64Array([1]), 1)).toEqual({ order: [0], merges: [] })
  })
})
