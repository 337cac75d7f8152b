import { invariant } from '../kernel/invariant.ts'

/**
 * Weights of `count` periods, oldest first, that halve every `halfLife` periods and end at 1 for the newest; a half-life of
 * Infinity weighs all alike. `halfLife` > 0.
 */
export function periodWeights(count: number, halfLife: number): Float64Array {
  invariant(halfLife > 0, 'a half-life is a positive number of periods')
  return Float64Array.from({ length: count }, (_, i) => 0.5 ** ((count - 1 - i) / halfLife))
}
