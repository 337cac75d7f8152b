import { BLOCK_TRADES, blockTable } from '../kernels/block-table.ts'
import { RandomStream, STREAMS } from '../random/random-stream.ts'
import type { RunSeed } from '../random/run-seed.ts'
import type { OutcomeSource } from './outcome-source.ts'

/** Wins worth `win` with probability `chance`, else `loss`: the draws of the block kernel, spelled out trade by trade. */
export function winLossSource(seed: RunSeed, chance: number, win: number, loss: number): OutcomeSource {
  const stream = new RandomStream()
  const tables = Array.from({ length: BLOCK_TRADES + 1 }, (_, trades) => blockTable(trades, chance, 0, 0).cells)
  return {
    fill(path, out) {
      stream.start(seed, STREAMS.outcomes, path)
      for (let done = 0; done < out.length; done += BLOCK_TRADES) {
        const trades = Math.min(BLOCK_TRADES, out.length - done)
        const cells = tables[trades] as Int32Array
        const word = stream.word()
        const index = word & (cells.length - 1)
        const cell = cells[index] as number
        const outcomes = word >>> 10 < cell >>> 10 ? index : cell & 1023
        for (let trade = 0; trade < trades; trade++) out[done + trade] = (outcomes >> trade) & 1 ? win : loss
      }
    },
  }
}

/** The evidence of an edge: sizes in R of its wins and losses. */
export interface EdgeEvidence {
  readonly wins: readonly number[]
  readonly losses: readonly number[]
}

/** One edge that the evidence allows: p from its Beta posterior (Jeffreys' prior), payoff from resampled wins and losses. */
export function drawEdge(stream: RandomStream, { wins, losses }: EdgeEvidence): { chance: number; payoff: number } {
  const chance = stream.beta(wins.length + 0.5, losses.length + 0.5)
  return { chance, payoff: resampledMean(stream, wins) / resampledMean(stream, losses) }
}

function resampledMean(stream: RandomStream, sizes: readonly number[]): number {
  let sum = 0
  for (let draw = 0; draw < sizes.length; draw++) sum += sizes[stream.index(sizes.length)] as number
  return sum / sizes.length
}

/** Win or lose 1 R where every path has its own edge drawn from the evidence; `cost` in R comes off every trade. */
export function uncertainWinLossSource(seed: RunSeed, evidence: EdgeEvidence, cost: number): OutcomeSource {
  const stream = new RandomStream()
  return {
    fill(path, out) {
      const { chance, payoff } = drawEdge(stream.start(seed, STREAMS.edge, path), evidence)
      stream.start(seed, STREAMS.outcomes, path)
      for (let trade = 0; trade < out.length; trade++) out[trade] = (stream.uniform() < chance ? payoff : -1) - cost
    },
  }
}
