import { invariant } from '../kernel/invariant.ts'

/** Susceptibility of spins with its standard error, and the magnetisation. */
export interface SpinSusceptibility {
  /** Mean pairwise correlation of the spins: 0 independent, 1 in lockstep, down to −1/(N − 1). */
  readonly susceptibility: number
  /** Standard error by leaving out one period at a time. */
  readonly error: number
  /** Mean spin of the last period, and the mean over all periods of its absolute value; from −1 to 1 and from 0. */
  readonly magnetisation: number
  readonly meanMagnetisation: number
}

/**
 * χ = (N·Var m / v − 1) / (N − 1) with the magnetisation m(t), the mean over N series of the signs of their values, and v
 * the mean variance of these signs (SPEC 6). A zero has no sign and counts as 0. At least two series of at least three
 * periods; `undefined` where no sign ever changes.
 */
export function spinSusceptibility(columns: readonly Float64Array[]): SpinSusceptibility | undefined {
  const n = columns.length
  const periods = columns[0]?.length ?? 0
  invariant(n >= 2 && periods >= 3, 'a susceptibility is of at least two series over three periods')
  const spins = columns.map((column) => column.map(Math.sign))
  const magnetisation = Float64Array.from(
    { length: periods },
    (_, t) => spins.reduce((sum, column) => sum + (column[t] as number), 0) / n,
  )
  const sums = spins.map((column) => sumsOf(column))
  const all = sumsOf(magnetisation)
  const whole = susceptibility(n, varianceOf(all, periods), mean(sums.map((sum) => varianceOf(sum, periods))))
  if (whole === undefined) return undefined
  const without: number[] = []
  for (let t = 0; t < periods; t++) {
    const rest = susceptibility(
      n,
      varianceOf(less(all, magnetisation[t] as number), periods - 1),
      mean(sums.map((sum, i) => varianceOf(less(sum, spins[i]?.[t] as number), periods - 1))),
    )
    if (rest !== undefined) without.push(rest)
  }
  const centre = mean(without)
  const squares = without.reduce((sum, value) => sum + (value - centre) ** 2, 0)
  return {
    susceptibility: whole,
    error: Math.sqrt((squares * (without.length - 1)) / without.length),
    magnetisation: magnetisation[periods - 1] as number,
    meanMagnetisation: magnetisation.reduce((sum, value) => sum + Math.abs(value), 0) / periods,
  }
}

interface Sums {
  readonly sum: number
  readonly squares: number
}

/** Below this a mean variance is the rounding of signs that never change. */
const NONE = 1e-12

function susceptibility(n: number, variance: number, meanVariance: number): number | undefined {
  return meanVariance > NONE ? ((n * variance) / meanVariance - 1) / (n - 1) : undefined
}

function sumsOf(values: Float64Array): Sums {
  let sum = 0
  let squares = 0
  for (const value of values) {
    sum += value
    squares += value * value
  }
  return { sum, squares }
}

const less = ({ sum, squares }: Sums, value: number): Sums => ({ sum: sum - value, squares: squares - value * value })
const varianceOf = ({ sum, squares }: Sums, count: number): number => squares / count - (sum / count) ** 2
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
