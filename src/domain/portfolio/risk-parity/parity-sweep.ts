/**
 * One sweep of coordinate descent on ½x′Σx − Σ bᵢ ln xᵢ: moves every xᵢ in turn to where xᵢ(Σx)ᵢ is its budget and answers
 * the largest relative error met on the way. Four rows meet x together, and what the moves among the four change is added
 * afterwards. `slopes` is room for four numbers.
 */
export function paritySweep(sigma: Float64Array, budgets: Float64Array, x: Float64Array, slopes: Float64Array): number {
  const order = x.length
  let worst = 0
  for (let first = 0; first < order; first += 4) {
    const end = Math.min(first + 4, order)
    rowsTimes(sigma, first, end, x, slopes)
    for (let i = first; i < end; i++) {
      const row = i * order
      const own = sigma[row + i] as number
      const budget = budgets[i] as number
      const before = x[i] as number
      const slope = slopes[i - first] as number
      const error = Math.abs((before * slope) / budget - 1)
      if (!(error <= worst)) worst = error
      const rest = slope - own * before
      const root = Math.sqrt(rest * rest + 4 * own * budget)
      // Of the two forms of the root, the one that subtracts nothing from itself.
      const after = rest > 0 ? (2 * budget) / (rest + root) : (root - rest) / (2 * own)
      x[i] = after
      for (let later = i + 1; later < end; later++)
        slopes[later - first] = (slopes[later - first] as number) + (after - before) * (sigma[row + later] as number)
    }
  }
  return worst
}

/** Rows of Σ times x: four at a time, or the few that are left. */
function rowsTimes(sigma: Float64Array, first: number, end: number, x: Float64Array, into: Float64Array): void {
  const order = x.length
  const row = first * order
  if (end - first < 4) {
    for (let i = first; i < end; i++) into[i - first] = rowTimes(sigma, i * order, x)
    return
  }
  const [second, third, fourth] = [row + order, row + 2 * order, row + 3 * order]
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let k = 0; k < order; k++) {
    const weight = x[k] as number
    a += (sigma[row + k] as number) * weight
    b += (sigma[second + k] as number) * weight
    c += (sigma[third + k] as number) * weight
    d += (sigma[fourth + k] as number) * weight
  }
  into[0] = a
  into[1] = b
  into[2] = c
  into[3] = d
}

function rowTimes(sigma: Float64Array, row: number, x: Float64Array): number {
  let sum = 0
  for (let k = 0; k < x.length; k++) sum += (sigma[row + k] as number) * (x[k] as number)
  return sum
}
