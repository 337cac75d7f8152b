/** Two assets and how far apart they are. */
interface Link {
  readonly from: number
  readonly to: number
  readonly distance: number
}

interface Cluster {
  readonly rank: number
  readonly members: readonly number[]
}

/**
 * Assets in the order of the leaves of a single-linkage tree over √((1 − ρ)/2), similar ones side by side; of two branches
 * the one that was made earlier stands first. `correlation` is row-major.
 */
export function clusterOrder(correlation: Float64Array, order: number): readonly number[] {
  const clusterOf: Cluster[] = Array.from({ length: order }, (_, asset) => ({ rank: asset, members: [asset] }))
  const links = spanningTree(correlation, order).sort((a, b) => a.distance - b.distance)
  links.forEach(({ from, to }, index) => {
    const pair = [clusterOf[from] as Cluster, clusterOf[to] as Cluster].sort((a, b) => a.rank - b.rank)
    const merged = { rank: order + index, members: pair.flatMap(({ members }) => members) }
    for (const member of merged.members) clusterOf[member] = merged
  })
  return clusterOf[0]?.members ?? []
}

/** The shortest links that join all assets (Prim): single linkage joins along exactly these. */
function spanningTree(correlation: Float64Array, order: number): Link[] {
  const nearest = new Float64Array(order).fill(Infinity)
  const from = new Int32Array(order)
  const joined = new Uint8Array(order)
  const links: Link[] = []
  let last = 0
  for (let count = 1; count < order; count++) {
    joined[last] = 1
    let next = -1
    for (let asset = 0; asset < order; asset++) {
      if (joined[asset] === 1) continue
      const apart = Math.sqrt(Math.min(1, Math.max(0, (1 - (correlation[last * order + asset] as number)) / 2)))
      if (apart < (nearest[asset] as number)) {
        nearest[asset] = apart
        from[asset] = last
      }
      if (next < 0 || (nearest[asset] as number) < (nearest[next] as number)) next = asset
    }
    links.push({ from: from[next] as number, to: next, distance: nearest[next] as number })
    last = next
  }
  return links
}
