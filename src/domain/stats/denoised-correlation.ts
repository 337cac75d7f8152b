import { recompose } from './recompose.ts'
import type { EigenPairs } from './symmetric-eigen.ts'
import { unitDiagonal } from './unit-diagonal.ts'

/**
 * A correlation matrix without its noise, n × n row by row: the eigenvalues below `edge` are replaced by their mean, which
 * keeps the trace, and rows and columns are then scaled to a unit diagonal (Laloux, Cizeau, Potters and Bouchaud 2000).
 * Eigenvalues from largest to smallest; the answer is positive semi-definite where their mean is not negative.
 */
export function denoisedCorrelation({ values, vectors }: EigenPairs, edge: number): Float64Array {
  const n = values.length
  const signal = values.findIndex((value) => value < edge)
  const noise = signal < 0 ? values.subarray(n) : values.subarray(signal)
  const mean = noise.length === 0 ? 0 : Math.max(0, noise.reduce((sum, value) => sum + value, 0) / noise.length)
  return unitDiagonal(
    recompose(
      values.map((value) => (value < edge ? mean : value)),
      vectors,
    ),
    n,
  )
}
