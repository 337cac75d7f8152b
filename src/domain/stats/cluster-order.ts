import { invariant } from '../kernel/invariant.ts'

/** Two groups that join: numbers below n are leaves, n + k is the group that merge k made. */
export interface Merge {
  readonly left: number
  readonly right: number
  readonly distance: number
}

/** A hierarchy of n leaves and an order of them in which every group stands together. */
export interface ClusterOrder {
  readonly order: readonly number[]
  /** n − 1 of them, in the order they were made. */
  readonly merges: readonly Merge[]
}

/** How far two groups are apart: by their nearest leaves, or on average over all pairs (UPGMA). */
export type Linkage = 'single' | 'average'

/** Distance of two series of correlation ρ: √(½(1 − ρ)), from 0 to 1 (Mantegna 1999). */
export const correlationDistance = (correlation: number): number => Math.sqrt(Math.max(0, 0.5 * (1 - correlation)))

/**
 * Agglomerative clustering of a correlation matrix, n × n row by row, on √(½(1 − ρ)). Leaf order, greedily: each time two
 * groups join, either may be turned over, so that the two leaves that come to touch are the nearest of the four possible
 * ones; it is not the optimum over all turns. Ties go to the lower number.
 */
export function clusterOrder(correlation: Float64Array, n: number, linkage: Linkage = 'average'): ClusterOrder {
  invariant(n >= 1 && correlation.length === n * n, 'a correlation matrix has n rows and n columns')
  const leaf = correlation.map(correlationDistance)
  const between = leaf.slice()
  const groups: Group[] = Array.from({ length: n }, (_, i) => ({ name: i, order: [i] }))
  const alive = Array.from({ length: n }, (_, i) => i)
  const nearest = alive.map((i) => nearestTo(i, alive, between, n))
  const merges: Merge[] = []
  while (alive.length > 1) {
    const i = closest(alive, nearest, between, n)
    const j = nearest[i] as number
    const [low, high] = i < j ? [i, j] : [j, i]
    const [a, b] = [groups[low] as Group, groups[high] as Group]
    merges.push({ left: a.name, right: b.name, distance: between[low * n + high] as number })
    groups[low] = { name: n + merges.length - 1, order: joined(a.order, b.order, leaf, n) }
    alive.splice(alive.indexOf(high), 1)
    for (const k of alive) {
      if (k === low) continue
      const [toA, toB] = [between[low * n + k] as number, between[high * n + k] as number]
      const share = a.order.length / (a.order.length + b.order.length)
      between[low * n + k] = between[k * n + low] =
        linkage === 'single' ? Math.min(toA, toB) : share * toA + (1 - share) * toB
    }
    for (const k of alive) {
      const known = nearest[k] as number
      const isNearer = (between[k * n + low] as number) < (between[k * n + known] as number)
      if (k === low || known === low || known === high) nearest[k] = nearestTo(k, alive, between, n)
      else if (isNearer) nearest[k] = low
    }
  }
  return { order: groups[alive[0] as number]?.order ?? [], merges }
}

interface Group {
  readonly name: number
  readonly order: readonly number[]
}

/** The other living group that is nearest; itself where it is alone. */
function nearestTo(i: number, alive: readonly number[], between: Float64Array, n: number): number {
  let best = i
  for (const k of alive) {
    if (k !== i && (best === i || (between[i * n + k] as number) < (between[i * n + best] as number))) best = k
  }
  return best
}

function closest(alive: readonly number[], nearest: readonly number[], between: Float64Array, n: number): number {
  const distanceOf = (i: number): number => between[i * n + (nearest[i] as number)] as number
  return alive.reduce((best, i) => (distanceOf(i) < distanceOf(best) ? i : best))
}

function joined(a: readonly number[], b: readonly number[], leaf: Float64Array, n: number): readonly number[] {
  const [headA, tailA, headB, tailB] = [a[0], a.at(-1), b[0], b.at(-1)] as [number, number, number, number]
  const touching = [
    { distance: leaf[tailA * n + headB] as number, order: () => [...a, ...b] },
    { distance: leaf[tailA * n + tailB] as number, order: () => [...a, ...b.toReversed()] },
    { distance: leaf[headA * n + headB] as number, order: () => [...a.toReversed(), ...b] },
    { distance: leaf[headA * n + tailB] as number, order: () => [...b, ...a] },
  ]
  return touching.reduce((best, next) => (next.distance < best.distance ? next : best)).order()
}
