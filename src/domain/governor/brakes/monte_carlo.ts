import { lossOf } from '../../costs.ts'
import {
  divide,
  divideDown,
  fromFloat,
  ONE,
  rounded,
  sayPercent,
  smaller,
  text,
  toFloat,
  ZERO,
  type Dec,
} from '../../kernel/money.ts'
import { count, fraction } from '../../kernel/setting.ts'
import { pointEstimate } from '../../sizing/kelly-edge.ts'
import { rememberedRuinBrake } from '../../simulation/remembered-ruin-brake.ts'
import { RUIN_BRAKE } from '../../simulation/ruin-brake.ts'
import type { BootstrapModel, WinLossModel } from '../../simulation/model.ts'
import type { EdgeInput } from '../../inputs.ts'
import { defineFactor } from '../rule.ts'

/** With fewer R-multiples than this the win rate and payoff stand for the distribution. */
const ENOUGH_MULTIPLES = 20

/**
 * Above a quiet risk, the chance that equity ever falls to a floor within the next trades must stay below a limit; else
 * × the largest multiplier that passes, by bisection on common random numbers (SPEC 7). A risk above the whole account
 * is looked at as the whole account and cut to what that leaves, so that asking for more never ends at less.
 */
export const monteCarlo = defineFactor({
  id: 'monte_carlo',
  title: 'Monte Carlo ruin',
  code: 'BRAKED',
  says: 'Trades smaller where the own record, simulated on, would ruin the account too often.',
  settings: {
    quietRisk: fraction({
      title: 'Quiet risk',
      help: 'Up to this share of equity at the stop nothing is simulated.',
      least: '0',
      most: '0.1',
    }),
    floor: fraction({
      title: 'Ruin',
      help: 'Share of equity at or below which counts as ruin: 0.5 is half.',
      least: '0.01',
      most: '0.99',
      stricter: 'higher',
    }),
    trades: count({
      title: 'Trades ahead',
      help: 'Trades that are simulated.',
      least: 10,
      most: 1_000,
      stricter: 'higher',
    }),
    mostRuin: fraction({
      title: 'Most ruin',
      help: 'The chance of ruin must stay below this.',
      least: '0.0001',
      most: '0.5',
    }),
    unknown: fraction({
      title: 'Not known',
      help: 'Multiplier where no record can be simulated.',
      least: '0',
      most: '1',
    }),
  },
  evaluate({ inputs, loss, standing }, settings, proposed) {
    if (proposed.lte(0)) return { value: ONE, says: 'Nothing is proposed.', facts: {} }
    const risk = divide(lossOf(loss, proposed), standing.equity)
    if (risk.lte(settings.quietRisk))
      return { value: ONE, says: 'The risk is too small to be simulated.', facts: { risk: rounded(risk) } }
    const tried = smaller(risk, ONE)
    const cut = (multiplier: Dec): Dec => (risk.lt(1) ? multiplier : divideDown(multiplier, risk))
    const model = modelOf(inputs.edge)
    if (model === null)
      return {
        value: cut(settings.unknown),
        says: `No record of wins and losses can be simulated: × ${text(settings.unknown)}${risk.lt(1) ? '' : ' of the whole account, which one loss would take'}.`,
        facts: { risk: rounded(risk) },
      }
    const found = rememberedRuinBrake(toFloat(tried), model, {
      ...RUIN_BRAKE,
      quietRisk: toFloat(settings.quietRisk),
      floor: toFloat(settings.floor),
      trades: settings.trades,
      mostRuin: toFloat(settings.mostRuin),
    })
    if (!found.ok)
      return {
        value: ZERO,
        says: found.error[0]?.says ?? 'The record cannot be simulated.',
        facts: { risk: rounded(risk) },
      }
    const { multiplier, ruin, says } = found.value
    const left = fromFloat(multiplier)
    return {
      value: cut(left),
      says: risk.lt(1)
        ? says
        : `One loss would take the whole account: the risk is cut to ${sayPercent(left)} of equity, where the chance of ruin stays below the limit.`,
      facts: { risk: rounded(risk), ruin: ruin === null ? 'not simulated' : String(ruin.probability) },
    }
  },
})

function modelOf(edge: EdgeInput | null): WinLossModel | BootstrapModel | null {
  if (edge === null) return null
  const multiples = edge.rMultiples ?? []
  if (multiples.length >= ENOUGH_MULTIPLES && allFinite(multiples)) return { kind: 'bootstrap', returns: multiples }
  const point = pointEstimate(edge)
  if (!point.ok || point.value.payoff.lte(0)) return null
  return { kind: 'winloss', winProbability: point.value.winRate, payoff: toFloat(point.value.payoff) }
}

// A loop: a callback for each of a thousand numbers would cost more than all other rules.
function allFinite(values: readonly number[]): boolean {
  for (const value of values) if (!Number.isFinite(value)) return false
  return true
}
