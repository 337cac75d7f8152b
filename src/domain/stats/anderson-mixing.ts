/** Steps of a fixed-point iteration that learn from the steps before. */
export interface AndersonMixing {
  /**
   * The next place to ask the map at, after it gave `answer` at `asked`; both of one length. Without a past it is the answer.
   */
  next(asked: Float64Array, answer: Float64Array): Float64Array
}

interface Step {
  /** What the place asked, and what the answer was from there, changed by since the step before. */
  readonly place: Float64Array
  readonly residual: Float64Array
}

/**
 * Mixes a fixed-point iteration with what its last `depth` steps showed (Anderson 1965; Higham and Strabić 2016): the
 * combination of past residuals nearest to zero. A residual that grew makes it forget the past, so that it is never worse
 * than the iteration by itself for long.
 */
export function andersonMixing(depth = 5): AndersonMixing {
  let steps: Step[] = []
  let last: { readonly asked: Float64Array; readonly residual: Float64Array; readonly norm: number } | undefined
  return {
    next(asked, answer) {
      const residual = difference(answer, asked)
      const norm = dot(residual, residual)
      if (last !== undefined) {
        const step = { place: difference(asked, last.asked), residual: difference(residual, last.residual) }
        steps = norm > last.norm * 4 ? [] : [...steps.slice(1 - depth), step]
      }
      last = { asked, residual, norm }
      const shares = leastSquares(steps, residual)
      const mixed = answer.slice()
      for (const [i, share] of shares.entries()) {
        const { place, residual: moved } = steps[i] as Step
        for (let k = 0; k < mixed.length; k++)
          mixed[k] = (mixed[k] as number) - share * ((place[k] as number) + (moved[k] as number))
      }
      return mixed
    },
  }
}

/** Shares γ with Σ γᵢ·residualᵢ nearest to the residual, by the normal equations; none of a step that adds nothing new. */
function leastSquares(steps: readonly Step[], residual: Float64Array): number[] {
  const n = steps.length
  const gram = steps.map((a) => steps.map((b) => dot(a.residual, b.residual)))
  const right = steps.map((a) => dot(a.residual, residual))
  const factor: number[][] = []
  const used: number[] = []
  // Newest first: what older steps only repeat is left out.
  for (let i = n - 1; i >= 0; i--) {
    const row = used.map((j) => gram[i]?.[j] ?? 0)
    for (let a = 0; a < used.length; a++) {
      let sum = row[a] ?? 0
      for (let b = 0; b < a; b++) sum -= (row[b] ?? 0) * (factor[a]?.[b] ?? 0)
      row[a] = sum / (factor[a]?.[a] ?? 1)
    }
    const own = gram[i]?.[i] ?? 0
    const left = own - row.reduce((sum, value) => sum + value * value, 0)
    if (left <= 1e-10 * own) continue
    factor.push([...row, Math.sqrt(left)])
    used.push(i)
  }
  const forward: number[] = []
  for (const [a, i] of used.entries()) {
    const row = factor[a] ?? []
    const sum = forward.reduce((rest, value, b) => rest - value * (row[b] ?? 0), right[i] ?? 0)
    forward.push(sum / (row[a] ?? 1))
  }
  const shares = Array.from({ length: n }, () => 0)
  for (let a = used.length - 1; a >= 0; a--) {
    let sum = forward[a] ?? 0
    for (let b = a + 1; b < used.length; b++) sum -= (factor[b]?.[a] ?? 0) * (shares[used[b] ?? 0] ?? 0)
    shares[used[a] ?? 0] = sum / (factor[a]?.[a] ?? 1)
  }
  return shares
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, k) => value - (b[k] as number))
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number)
  return sum
}
