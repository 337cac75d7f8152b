import { invariant } from '../../kernel/invariant.ts'

/**
 * Walker's alias table (Vose 1991) of up to 1,024 chances that sum to 1 and whose number is a power of two. Each cell
 * holds a 22-bit threshold above a 10-bit alias: index = low bits of a word, kept when its high 22 bits are below the
 * threshold, else the alias. A chance is met to within 2^-22 of its cell.
 */
export function aliasTable(chances: Float64Array): Int32Array {
  const count = chances.length
  invariant(count > 0 && count <= 1024 && (count & (count - 1)) === 0, 'an alias table has 2^k cells, at most 1,024')
  const shares = chances.map((chance) => chance * count)
  const cells = new Int32Array(count)
  const small: number[] = []
  const large: number[] = []
  shares.forEach((share, index) => (share < 1 ? small : large).push(index))
  for (let from = small.pop(), to = large.pop(); ;) {
    if (from === undefined || to === undefined) {
      for (const index of [from, to, ...small, ...large]) if (index !== undefined) cells[index] = index
      return cells
    }
    const share = shares[from] ?? 0
    cells[from] = (Math.min(4194303, Math.round(share * 4194304)) << 10) | to
    const left = (shares[to] ?? 0) - (1 - share)
    shares[to] = left
    if (left < 1) {
      from = to
      to = large.pop()
    } else from = small.pop()
  }
}
