import { invariant } from '../kernel/invariant.ts'
import { mean } from './moments.ts'

/** Pearson's correlation of two equally long series, from −1 to 1; `undefined` where one of them does not vary. */
export function pearsonCorrelation(a: readonly number[], b: readonly number[]): number | undefined {
  invariant(a.length === b.length, 'two series that are correlated are equally long')
  const [centreA, centreB] = [mean(a), mean(b)]
  let both = 0
  let squareA = 0
  let squareB = 0
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [(a[i] ?? Number.NaN) - centreA, (b[i] ?? Number.NaN) - centreB]
    both += x * y
    squareA += x * x
    squareB += y * y
  }
  if (!(squareA > 0 && squareB > 0)) return undefined
  return Math.max(-1, Math.min(1, both / Math.sqrt(squareA * squareB)))
}
