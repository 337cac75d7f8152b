/** Share of a standard normal below `x`, to 1e-15 of its value. */
export function normalBelow(x: number): number {
  return x < 0 ? tail(-x) : 1 - tail(x)
}

/** The standard normal quantile of a share strictly between 0 and 1 (a rational start, two Halley steps). */
export function normalQuantile(share: number): number {
  let x = start(share)
  for (let step = 0; step < 2; step++) {
    // Both tails are measured from their own end, so that small shares keep their digits.
    const error = share < 0.5 ? normalBelow(x) - share : 1 - share - tail(x)
    const slope = error * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2)
    x -= slope / (1 + (x * slope) / 2)
  }
  return x
}

/** Share above `x`, which is not far below 0: a series near the middle, a continued fraction beyond (Abramowitz and Stegun 26.2.10 and 26.2.14). */
function tail(x: number): number {
  const density = Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI)
  if (x < 2.5) {
    let term = x
    let sum = x
    for (let odd = 3; Math.abs(term) > 1e-18 * Math.abs(sum); odd += 2) {
      term *= (x * x) / odd
      sum += term
    }
    return 0.5 - density * sum
  }
  let fraction = 0
  for (let depth = 120; depth >= 1; depth--) fraction = depth / (x + fraction)
  return density / (x + fraction)
}

function start(share: number): number {
  const side = Math.min(share, 1 - share)
  const q = Math.sqrt(-2 * Math.log(side))
  const x =
    q - (2.515517 + 0.802853 * q + 0.010328 * q * q) / (1 + 1.432788 * q + 0.189269 * q * q + 0.001308 * q * q * q)
  return share < 0.5 ? -x : x
}
