import type { TradesWanted } from '../../contract/simulation/input.ts'
import type { SourceView } from '../../contract/simulation/kept.ts'
import { growthOptimalFraction } from '../../domain/edge/log-growth.ts'
import { blockLength } from '../../domain/simulation/block-length.ts'
import { normalBelow } from '../../domain/simulation/lab/normal-law.ts'
import { histogram } from '../../domain/stats/histogram.ts'
import { mean, standardDeviation } from '../../domain/stats/moments.ts'
import { Z_95 } from '../../domain/stats/wilson.ts'
import { tradesUnder } from '../edge-trades.ts'
import type { Workspace } from '../workspace.ts'
import { winsAndPayoff } from './model-of.ts'
import { missingTrades, tradedR } from './traded-r.ts'

/** What the book's closed trades offer a simulation, and what they lack. */
export function tradeSource(workspace: Workspace, wanted: TradesWanted = {}): SourceView {
  const traded = tradedR(workspace, wanted)
  const { scope, trades, inR } = traded
  const multiples = inR.map(({ r }) => r)
  const missing = missingTrades(traded) ?? null
  const { winProbability: p, payoff: b } = winsAndPayoff(multiples)
  const bins = histogram(multiples)
  const known = multiples.length
  const meanR = known === 0 ? null : mean(multiples)
  const error = known < 2 ? null : standardDeviation(multiples) / Math.sqrt(known)
  const from = trades[0]?.exitAt ?? null
  const to = trades.at(-1)?.exitAt ?? null
  return {
    scope,
    from,
    to,
    trades: trades.length,
    withR: known,
    withoutStop: trades.length - known,
    wins: multiples.filter((r) => r > 0).length,
    losses: multiples.filter((r) => r < 0).length,
    p,
    b,
    meanR,
    meanRLow: meanR === null || error === null ? null : meanR - Z_95 * error,
    meanRHigh: meanR === null || error === null ? null : meanR + Z_95 * error,
    noEdge: meanR === null || error === null || error === 0 ? null : normalBelow(-meanR / error),
    kelly: known === 0 ? null : (growthOptimalFraction(multiples) ?? null),
    block: known < 2 ? null : blockLength(multiples),
    histogram: bins === undefined ? null : { ...bins, counts: [...bins.counts], below: 0, above: 0 },
    choices: choicesOf(workspace),
    missing,
    says: missing ?? `${known} of ${trades.length} closed trades (${scope}) are drawn from.`,
  }
}

function choicesOf(workspace: Workspace): SourceView['choices'] {
  const all = tradesUnder(workspace, {})
  const sorted = (values: readonly (string | null)[]): string[] =>
    [...new Set(values.flatMap((value) => value ?? []))].sort()
  return {
    strategies: sorted(all.map(({ strategy }) => strategy)),
    symbols: sorted(all.map(({ symbol }) => symbol)),
    tags: sorted(all.map(({ tag }) => tag)),
  }
}
