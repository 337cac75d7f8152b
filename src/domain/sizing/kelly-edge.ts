import { kellyBinary } from '../edge/kelly-binary.ts'
import type { EdgeInput } from '../inputs.ts'
import {
  divide,
  fromFloat,
  readPositive,
  sayPercent,
  smaller,
  text,
  type Dec,
  type RiskFraction,
} from '../kernel/money.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Proposal } from './order.ts'

/** Win rate, payoff and full Kelly of closed trades. */
export interface PointEstimate {
  readonly winRate: number
  readonly payoff: Dec
  readonly kelly: Dec
  readonly meanWin: Dec
  readonly meanLoss: Dec
}

/** Settings that every method from closed trades shares. */
export interface TradesNeeded {
  readonly minimumTrades: number
  readonly fallbackRisk: Dec
}

/** Closed trades that count: wins and losses, not scratches. */
export function decidedTrades(edge: EdgeInput): number {
  return edge.wins + edge.losses
}

/** Reads the closed-trade statistics; refuses counts that are no counts and a payoff that is not defined. */
export function pointEstimate(edge: EdgeInput): Result<PointEstimate, Reason> {
  for (const [name, value] of [
    ['wins', edge.wins],
    ['losses', edge.losses],
    ['scratches', edge.scratches],
  ] as const) {
    if (Number.isSafeInteger(value) && value >= 0) continue
    const code = Number.isFinite(value) ? 'INPUT_OUT_OF_RANGE' : 'INPUT_NOT_FINITE'
    return err(reason(code, `edge.${name} must be a whole number, 0 or more.`, `edge.${name}`))
  }
  if (edge.losses === 0) {
    return err(
      reason('EDGE_UNCERTAIN', 'There is no losing trade yet, so the payoff ratio is not defined.', 'edge.losses'),
    )
  }
  const loss = readPositive(edge.meanLoss, 'edge.meanLoss')
  if (!loss.ok) return loss
  const none = fromFloat(0)
  if (edge.wins === 0)
    return ok({ winRate: 0, payoff: none, kelly: fromFloat(-1), meanWin: none, meanLoss: loss.value })
  const win = readPositive(edge.meanWin, 'edge.meanWin')
  if (!win.ok) return win
  const payoff = divide(win.value, loss.value)
  const winRate = edge.wins / decidedTrades(edge)
  return ok({
    winRate,
    payoff,
    kelly: fromFloat(kellyBinary(winRate, payoff.toNumber())),
    meanWin: win.value,
    meanLoss: loss.value,
  })
}

/**
 * What to do about an edge before a method looks at it: go on, stand in with the fallback, or refuse. `own` gives the
 * method's share of equity at a full Kelly, or its largest where none is known; the fallback is never above it.
 */
export function edgeOrFallback(
  edge: EdgeInput | null,
  needed: TradesNeeded,
  own: (kelly: Dec | null) => Dec,
): { readonly point: PointEstimate; readonly edge: EdgeInput } | { readonly answer: Result<Proposal, Reason> } {
  if (edge === null) {
    return {
      answer: err(
        reason('INPUT_MISSING', 'No closed trades are known for this strategy: the edge is missing.', 'edge'),
      ),
    }
  }
  const point = pointEstimate(edge)
  if (!point.ok && point.error.code !== 'EDGE_UNCERTAIN') return { answer: point }
  const decided = decidedTrades(edge)
  if (point.ok && point.value.kelly.lte(0)) {
    // A losing record sizes to zero even before it is long enough to be trusted.
    const says = `The ${decided} closed trades of ${edge.scope} show no edge (Kelly ${sayPercent(point.value.kelly)}), so the size is zero.`
    return { answer: err(reason('NO_EDGE', says, 'edge')) }
  }
  if (!point.ok || decided < needed.minimumTrades) {
    return { answer: fallback(edge, needed, own(point.ok ? point.value.kelly : null)) }
  }
  return { point: point.value, edge }
}

/** The fallback risk, never above what the method itself would give; `because` is the sentence why, else it tells of the trades. */
export function fallback(edge: EdgeInput, needed: TradesNeeded, most: Dec, because?: string): Result<Proposal, Reason> {
  const decided = decidedTrades(edge)
  const risk = smaller(needed.fallbackRisk, most)
  const why =
    decided < needed.minimumTrades
      ? `${decided} closed trades, ${needed.minimumTrades} are needed`
      : 'no losing trade yet, so the payoff is not defined'
  const standsIn = `the fallback risk of ${sayPercent(risk)} of equity stands in`
  const says =
    because === undefined
      ? `FALLBACK: ${why} (${edge.scope}); ${standsIn}.`
      : `FALLBACK: ${because} For ${edge.scope} ${standsIn}.`
  return ok({
    kind: 'risk',
    fraction: risk as RiskFraction,
    says,
    facts: { trades: String(decided), needed: String(needed.minimumTrades), risk: text(risk) },
    notes: [reason('FALLBACK', says, 'edge')],
  })
}
