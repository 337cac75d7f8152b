import { invariant } from '../../kernel/invariant.ts'

/** A run's seed as the two 32-bit words that key its generators. */
export interface RunSeed {
  readonly low: number
  readonly high: number
}

/** Splits an integer seed in [0, 2^53) into its words; anything else is a bug of the caller. */
export function runSeed(seed: number): RunSeed {
  invariant(Number.isSafeInteger(seed) && seed >= 0, 'a seed is an integer from 0 to 2^53 - 1')
  return { low: seed | 0, high: Math.floor(seed / 4294967296) | 0 }
}
