import { clusterOrder } from '../../stats/cluster-order.ts'

/**
 * Assets in the order of the leaves of a single-linkage tree of their correlations, row-major: similar ones side by side,
 * and of two branches the one that was made earlier first (López de Prado's quasi-diagonalisation).
 */
export function quasiDiagonal(correlation: Float64Array, order: number): readonly number[] {
  const branches: (readonly number[])[] = Array.from({ length: order }, (_, asset) => [asset])
  for (const { left, right } of clusterOrder(correlation, order, 'single').merges)
    branches.push([...(branches[Math.min(left, right)] ?? []), ...(branches[Math.max(left, right)] ?? [])])
  return branches.at(-1) ?? []
}
