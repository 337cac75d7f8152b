/** Largest relative error of a risk contribution against its budget. */
const TOLERANCE = 1e-11
const MOST_SWEEPS = 10_000

/**
 * Long-only weights, summing to 1, whose shares wᵢ(Σw)ᵢ of the variance equal the budgets: the one minimum of
 * ½x′Σx − Σ bᵢ ln xᵢ (Spinu 2013), found by cyclical coordinate descent (Griveau-Billion, Richard and Roncalli 2013).
 * Every variance and budget is above zero; `undefined` where rounding keeps the shares from settling.
 */
export function riskParity(sigma: Float64Array, budgets: Float64Array): Float64Array | undefined {
  const order = budgets.length
  const x = new Float64Array(order)
  for (let i = 0; i < order; i++) x[i] = 1 / Math.sqrt(sigma[i * order + i] as number)
  let variance = 0
  for (let i = 0; i < order; i++) variance += (x[i] as number) * rowTimes(sigma, i * order, x)
  const scale = 1 / Math.sqrt(variance)
  for (let i = 0; i < order; i++) x[i] = (x[i] as number) * scale
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    if (sweepOnce(sigma, budgets, x) < TOLERANCE) return shares(x)
  }
  return undefined
}

/** Moves every weight in turn to where its own share is right; answers the largest error met on the way. */
function sweepOnce(sigma: Float64Array, budgets: Float64Array, x: Float64Array): number {
  const order = x.length
  let worst = 0
  for (let i = 0; i < order; i++) {
    const row = i * order
    const own = sigma[row + i] as number
    const budget = budgets[i] as number
    const before = x[i] as number
    const slope = rowTimes(sigma, row, x)
    const error = Math.abs((before * slope) / budget - 1)
    if (!(error <= worst)) worst = error
    const rest = slope - own * before
    const root = Math.sqrt(rest * rest + 4 * own * budget)
    // Of the two forms of the root, the one that subtracts nothing from itself.
    x[i] = rest > 0 ? (2 * budget) / (rest + root) : (root - rest) / (2 * own)
  }
  return worst
}

/** One row of Σ times x, in four sums that do not wait for each other. */
function rowTimes(sigma: Float64Array, row: number, x: Float64Array): number {
  const order = x.length
  const whole = order - (order % 4)
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let k = 0; k < whole; k += 4) {
    a += (sigma[row + k] as number) * (x[k] as number)
    b += (sigma[row + k + 1] as number) * (x[k + 1] as number)
    c += (sigma[row + k + 2] as number) * (x[k + 2] as number)
    d += (sigma[row + k + 3] as number) * (x[k + 3] as number)
  }
  for (let k = whole; k < order; k++) a += (sigma[row + k] as number) * (x[k] as number)
  return a + b + (c + d)
}

function shares(x: Float64Array): Float64Array {
  const sum = x.reduce((total, one) => total + one, 0)
  return x.map((one) => one / sum)
}
