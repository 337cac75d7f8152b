import { invariant } from '../kernel/invariant.ts'

/** Share of all variance that the first few eigenvectors carry, and how many those are. */
export interface AbsorptionRatio {
  readonly ratio: number
  readonly vectors: number
}

/**
 * Sum of the largest fifth of the eigenvalues over the sum of all (Kritzman, Li, Page and Rigobon 2010), at least one of
 * them: near 1 where everything moves together. Values from largest to smallest with a positive sum.
 */
export function absorptionRatio(values: ArrayLike<number>): AbsorptionRatio {
  const vectors = Math.max(1, Math.round(values.length / 5))
  let first = 0
  let all = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN
    if (i < vectors) first += value
    all += value
  }
  invariant(all > 0, 'the eigenvalues of a correlation matrix have a positive sum')
  return { ratio: first / all, vectors }
}
