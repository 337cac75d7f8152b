import { invariant } from '../kernel/invariant.ts'

/** How a series is unfolded: coordinates of a vector, and periods from one to the next. */
export interface Embedding {
  readonly embedding: number
  readonly delay: number
}

/** Vectors [xᵢ, xᵢ₊delay, …] of a series (Takens 1981), one below the other with `embedding` values each; none where it is too short. */
export function delayVectors(series: Float64Array, { embedding, delay }: Embedding): Float64Array {
  invariant(Number.isInteger(embedding) && embedding >= 1, 'a vector has at least one coordinate')
  invariant(Number.isInteger(delay) && delay >= 1, 'a delay is at least one period')
  const count = Math.max(0, series.length - (embedding - 1) * delay)
  const vectors = new Float64Array(count * embedding)
  for (let i = 0; i < count; i++)
    for (let k = 0; k < embedding; k++) vectors[i * embedding + k] = series[i + k * delay] as number
  return vectors
}
