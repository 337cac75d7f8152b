import { invariant } from '../kernel/invariant.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { delayVectors, type Embedding } from './delay-vectors.ts'

/** How neighbours are followed. */
export interface LyapunovOptions extends Embedding {
  /** Neighbours closer in time than this many periods, or as close, do not count. */
  readonly separation: number
  /** Points of the divergence curve: neighbours are followed over `steps` − 1 periods. At least 2. */
  readonly steps: number
}

/** The largest Lyapunov exponent with the curve it was read from. */
export interface LyapunovExponent {
  /** Nats per period. */
  readonly exponent: number
  /** Mean logarithm of the distance of neighbours after 0, 1, … periods, where any is apart. */
  readonly divergence: readonly { readonly step: number; readonly log: number }[]
  /** Vectors that were followed. */
  readonly vectors: number
}

/**
 * Largest Lyapunov exponent of a finite series by the method of Rosenstein, Collins and De Luca (1993): the least-squares
 * slope of the mean log distance to the nearest neighbour over time. Positive on noise too, where it means nothing: test for
 * determinism first. `too_short` where a vector has no neighbour; `constant` where neighbours never come apart.
 */
export function lyapunovExponent(
  series: Float64Array,
  { embedding, delay, separation, steps }: LyapunovOptions,
): Result<LyapunovExponent, 'too_short' | 'constant'> {
  invariant(Number.isInteger(steps) && steps >= 2, 'a divergence is followed over at least two points')
  invariant(Number.isInteger(separation) && separation >= 0, 'a separation is a number of periods')
  invariant(series.every(Number.isFinite), 'a series to unfold is finite')
  const vectors = delayVectors(series, { embedding, delay })
  const followed = vectors.length / embedding - steps + 1
  // The vector in the middle has the fewest others outside of its separation.
  if (followed < 2 * separation + 2) return err('too_short')
  const neighbours = Int32Array.from({ length: followed }, (_, i) =>
    nearest(vectors, embedding, i, followed, separation),
  )
  const divergence = Array.from({ length: steps }, (_, step) => {
    let sum = 0
    let apart = 0
    for (let i = 0; i < followed; i++) {
      const square = squareBetween(vectors, embedding, i + step, (neighbours[i] as number) + step)
      if (square === 0) continue
      sum += 0.5 * Math.log(square)
      apart += 1
    }
    return { step, log: sum / apart, apart }
  }).flatMap(({ step, log, apart }) => (apart === 0 ? [] : [{ step, log }]))
  if (divergence.length < 2) return err('constant')
  return ok({ exponent: slope(divergence), divergence, vectors: followed })
}

function nearest(vectors: Float64Array, embedding: number, i: number, count: number, separation: number): number {
  let best = -1
  let least = Infinity
  for (let j = 0; j < count; j++) {
    if (Math.abs(i - j) <= separation) continue
    const square = squareBetween(vectors, embedding, i, j)
    if (square < least) {
      least = square
      best = j
    }
  }
  return best
}

function squareBetween(vectors: Float64Array, embedding: number, i: number, j: number): number {
  let sum = 0
  for (let k = 0; k < embedding; k++) {
    const apart = (vectors[i * embedding + k] as number) - (vectors[j * embedding + k] as number)
    sum += apart * apart
  }
  return sum
}

function slope(points: readonly { readonly step: number; readonly log: number }[]): number {
  const centre = points.reduce((sum, { step }) => sum + step, 0) / points.length
  const height = points.reduce((sum, { log }) => sum + log, 0) / points.length
  let both = 0
  let square = 0
  for (const { step, log } of points) {
    both += (step - centre) * (log - height)
    square += (step - centre) ** 2
  }
  return both / square
}
