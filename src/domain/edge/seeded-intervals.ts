import { RandomStream, STREAMS } from '../simulation/random/random-stream.ts'
import { runSeed } from '../simulation/random/run-seed.ts'
import { edgeIntervals, type EdgeIntervals } from './edge-intervals.ts'
import type { TradeOutcome } from './trade-statistics.ts'

/** The bootstrap of an edge with a seed that follows from the trades: equal trades give equal intervals, on any machine. */
export function seededIntervals(outcomes: readonly TradeOutcome[]): EdgeIntervals {
  const stream = new RandomStream().start(runSeed(tradeSeed(outcomes)), STREAMS.resample, 0)
  return edgeIntervals(outcomes, () => stream.uniform())
}

/** An integer in [0, 2^53) that follows from the profits in their order (two FNV-1a passes over their bits). */
export function tradeSeed(outcomes: readonly TradeOutcome[]): number {
  const bytes = new Uint8Array(new Float64Array(outcomes.map(({ profit }) => profit + 0)).buffer)
  return (hashed(bytes, 0x811c9dc5) & 0x1fffff) * 4_294_967_296 + hashed(bytes, 0x9747b28c)
}

function hashed(bytes: Uint8Array, start: number): number {
  let hash = start
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
