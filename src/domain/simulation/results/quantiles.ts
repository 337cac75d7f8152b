import { invariant } from '../../kernel/invariant.ts'

/** Type-7 quantiles of unsorted finite values, in the order of `probabilities`; leaves `values` as it is. At least one value. */
export function quantilesOf(values: Float64Array | Float32Array, probabilities: readonly number[]): number[] {
  invariant(values.length > 0, 'a quantile needs a value')
  const scratch = values.slice()
  const last = scratch.length - 1
  const found = new Map<number, number>()
  let from = 0
  // In rising order, each search has only the values above the one before it.
  for (const probability of [...probabilities].sort((a, b) => a - b)) {
    const position = last * probability
    const below = Math.floor(position)
    select(scratch, below, from, last)
    from = below
    const low = scratch[below] as number
    const weight = position - below
    found.set(probability, weight === 0 ? low : low + weight * (smallestAbove(scratch, below) - low))
  }
  return probabilities.map((probability) => found.get(probability) as number)
}

function smallestAbove(values: Float64Array | Float32Array, at: number): number {
  let smallest = values[at + 1] as number
  for (let index = at + 2; index < values.length; index++) {
    const value = values[index] as number
    if (value < smallest) smallest = value
  }
  return smallest
}

/** Puts the value of rank `rank` in its place, smaller ones before it (Hoare 1961, middle of three as pivot). */
function select(values: Float64Array | Float32Array, rank: number, first: number, last: number): void {
  let left = first
  let right = last
  while (left < right) {
    const pivot = middle(values[left] as number, values[(left + right) >> 1] as number, values[right] as number)
    let up = left
    let down = right
    while (up <= down) {
      while ((values[up] as number) < pivot) up++
      while ((values[down] as number) > pivot) down--
      if (up > down) break
      const swap = values[up] as number
      values[up++] = values[down] as number
      values[down--] = swap
    }
    if (rank <= down) right = down
    else if (rank >= up) left = up
    else return
  }
}

function middle(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : a < c ? c : a
  return a < c ? a : b < c ? c : b
}
