import { seededIntervals } from '../../domain/edge/seeded-intervals.ts'
import type { EdgeInput } from '../../domain/inputs.ts'
import { fromFloat, text } from '../../domain/kernel/money.ts'
import type { Model } from '../../domain/simulation/model.ts'
import { mean } from '../../domain/stats/moments.ts'
import { wilsonInterval } from '../../domain/stats/wilson.ts'

/** Trades that stand for a win rate and a payoff which are stated, not estimated. */
const STATED_TRADES = 10_000
const known = new WeakMap<Model, EdgeInput | null>()

/**
 * What closed trades would say of the model's edge; `null` for returns, which are no trades. A model is judged once, however
 * many methods ask: its intervals take a thousand resamples.
 */
export function edgeOfModel(model: Model): EdgeInput | null {
  const judged = known.get(model)
  if (judged !== undefined) return judged
  const edge = edgeOf(model)
  known.set(model, edge)
  return edge
}

function edgeOf(model: Model): EdgeInput | null {
  if (model.kind === 'gaussian' || model.kind === 'student-t') return null
  const multiples = model.kind === 'bootstrap' ? model.returns : statedTrades(model.winProbability, model.payoff)
  const wins = multiples.filter((r) => r > 0)
  const losses = multiples.filter((r) => r < 0).map((r) => -r)
  const decided = wins.length + losses.length
  const stated = model.kind === 'winloss'
  const intervals = stated ? undefined : seededIntervals(multiples.map((r) => ({ profit: r, r })))
  const payoff = wins.length === 0 || losses.length === 0 ? null : mean(wins) / mean(losses)
  const low = decided === 0 ? null : stated ? wins.length / decided : wilsonInterval(wins.length, decided)[0]
  return {
    scope: 'the model',
    window: 'all of it',
    from: 0,
    to: 0,
    wins: wins.length,
    losses: losses.length,
    scratches: multiples.length - decided,
    meanWin: wins.length === 0 ? null : decimal(mean(wins)),
    meanLoss: losses.length === 0 ? null : decimal(mean(losses)),
    meanFee: '0',
    winRateLow: decimal(low),
    payoffLow: decimal(stated ? payoff : intervals?.payoff?.[0]),
    kellyLow: decimal(intervals?.kelly?.[0]),
    rMultiples: multiples,
    source: 'the model',
  }
}

function statedTrades(winProbability: number, payoff: number): number[] {
  const wins = Math.round(winProbability * STATED_TRADES)
  return Array.from({ length: STATED_TRADES }, (_, trade) => (trade < wins ? payoff : -1))
}

function decimal(value: number | null | undefined): string | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : text(fromFloat(value))
}
