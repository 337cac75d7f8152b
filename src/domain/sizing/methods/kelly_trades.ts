import { kellyBinary } from '../../edge/kelly-binary.ts'
import {
  divide,
  fromFloat,
  readPositive,
  sayPercent,
  smaller,
  text,
  type Dec,
  type RiskFraction,
} from '../../kernel/money.ts'
import { reason, type Reason } from '../../kernel/reason.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import { count, fraction } from '../../kernel/setting.ts'
import type { EdgeInput } from '../../inputs.ts'
import { defineMethod } from '../method.ts'
import type { Proposal } from '../order.ts'

/**
 * Kelly from closed trades: f* = (p·b − q)/b with b = mean win / mean loss, capped, times the Kelly fraction; a risk
 * fraction (Kelly 1956; Thorp 2006). Too few trades fall back to a fixed risk, never above what the method itself gives.
 */
export const kellyTrades = defineMethod({
  id: 'kelly_trades',
  title: 'Kelly from closed trades',
  proposes: 'risk',
  needsStop: true,
  says: 'Risks a fraction of what would have grown fastest over past trades. Only for strategies with many like trades; the estimate is noisy, so keep the fraction low.',
  settings: {
    fraction: fraction({
      title: 'Kelly fraction',
      help: 'Share of full Kelly that is staked: 0.25 is quarter Kelly.',
      least: '0',
      most: '1',
      above: true,
    }),
    cap: fraction({
      title: 'Cap on full Kelly',
      help: 'Full Kelly is cut to this before the fraction is applied.',
      least: '0',
      most: '1',
      above: true,
    }),
    minimumTrades: count({
      title: 'Least closed trades',
      help: 'With fewer wins and losses than this the fallback risk stands in.',
      least: 1,
      most: 10_000,
    }),
    windowDays: count({ title: 'Window', help: 'Days of closed trades that count.', least: 1, most: 36_500 }),
    fallbackRisk: fraction({
      title: 'Fallback risk',
      help: 'Share of equity at the stop while there are too few trades.',
      least: '0',
      most: '0.05',
    }),
  },
  propose({ inputs, order }, values) {
    const { edge } = inputs
    if (edge === null)
      return err(reason('INPUT_MISSING', 'No closed trades are known for this strategy: the edge is missing.', 'edge'))
    const decided = edge.wins + edge.losses
    const point = pointEstimate(edge)
    const named = order.strategy === null ? 'all trades' : `strategy ${order.strategy}`
    if (decided < values.minimumTrades || !point.ok) {
      if (!point.ok && decided >= values.minimumTrades && point.error.code !== 'EDGE_UNCERTAIN') return point
      return fallback(edge, decided, point, values)
    }
    const staked = point.value.kelly
    if (staked.lte(0)) {
      return err(
        reason(
          'NO_EDGE',
          `${named}: the closed trades show no edge (Kelly ${sayPercent(staked)} over ${decided} trades), so the size is zero.`,
          'edge',
        ),
      )
    }
    const capped = smaller(staked, values.cap)
    const share = capped.times(values.fraction)
    return ok({
      kind: 'risk',
      fraction: share as RiskFraction,
      says: `Kelly ${sayPercent(staked)} from ${decided} trades of ${named}${capped.eq(staked) ? '' : `, capped at ${sayPercent(values.cap)}`}, × ${text(values.fraction)} = ${sayPercent(share)} of equity at the stop.`,
      facts: {
        p: text(point.value.p),
        b: text(point.value.b),
        kelly: text(staked),
        capped: text(capped),
        fraction: text(values.fraction),
        trades: String(decided),
      },
    })
  },
})

interface Estimate {
  readonly p: Dec
  readonly b: Dec
  readonly kelly: Dec
}

function pointEstimate(edge: EdgeInput): Result<Estimate, Reason> {
  for (const [name, value] of [
    ['wins', edge.wins],
    ['losses', edge.losses],
    ['scratches', edge.scratches],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < 0) {
      return err(
        reason(
          Number.isFinite(value) ? 'INPUT_OUT_OF_RANGE' : 'INPUT_NOT_FINITE',
          `edge.${name} must be a whole number, 0 or more.`,
          `edge.${name}`,
        ),
      )
    }
  }
  if (edge.losses === 0)
    return err(
      reason('EDGE_UNCERTAIN', 'There is no losing trade yet, so the payoff ratio is not defined.', 'edge.losses'),
    )
  const loss = readPositive(edge.meanLoss, 'edge.meanLoss')
  if (!loss.ok) return loss
  const p = edge.wins / (edge.wins + edge.losses)
  if (edge.wins === 0) return ok({ p: fromFloat(0), b: fromFloat(0), kelly: fromFloat(-1) })
  const win = readPositive(edge.meanWin, 'edge.meanWin')
  if (!win.ok) return win
  const b = divide(win.value, loss.value)
  return ok({ p: fromFloat(p), b, kelly: fromFloat(kellyBinary(p, b.toNumber())) })
}

function fallback(
  edge: EdgeInput,
  decided: number,
  point: Result<Estimate, Reason>,
  values: { readonly fraction: Dec; readonly cap: Dec; readonly minimumTrades: number; readonly fallbackRisk: Dec },
): Result<Proposal, Reason> {
  const cap = values.cap.times(values.fraction)
  const own = point.ok && point.value.kelly.gt(0) ? smaller(point.value.kelly.times(values.fraction), cap) : cap
  // A losing record sizes to zero even before it is long enough to be trusted.
  if (point.ok && point.value.kelly.lte(0) && decided > 0) {
    return err(reason('NO_EDGE', `The ${decided} closed trades so far show no edge, so the size is zero.`, 'edge'))
  }
  const risk = smaller(values.fallbackRisk, own)
  const why =
    decided < values.minimumTrades
      ? `${decided} closed trades, ${values.minimumTrades} are needed`
      : 'no losing trade yet, so the payoff is not defined'
  const says = `FALLBACK: ${why} (${edge.scope}); the fallback risk of ${sayPercent(risk)} of equity stands in.`
  return ok({
    kind: 'risk',
    fraction: risk as RiskFraction,
    says,
    facts: { trades: String(decided), needed: String(values.minimumTrades), risk: text(risk) },
    notes: [reason('FALLBACK', says, 'edge')],
  })
}
