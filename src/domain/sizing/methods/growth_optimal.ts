import { growthOptimalLeverage } from '../../edge/kelly-continuous.ts'
import { fromFloat, sayPercent, text, toFloat, type NotionalWeight } from '../../kernel/money.ts'
import { ok } from '../../kernel/result.ts'
import { fraction } from '../../kernel/setting.ts'
import { expectedReturnOf, volatilityOf } from '../forecast.ts'
import { KELLY_SETTINGS } from '../kelly-settings.ts'
import { defineMethod } from '../method.ts'

/**
 * Growth-optimal leverage with its cost: maximises f·μ − max(|f| − 1, 0)·c − ½f²σ², times the Kelly fraction; a notional
 * weight with its sign. Between free and paid leverage the optimum is exactly 1.
 */
export const growthOptimal = defineMethod({
  id: 'growth_optimal',
  title: 'Growth-optimal leverage',
  proposes: 'weight',
  needsStop: false,
  says: 'The leverage that grows fastest once borrowing costs are counted. It takes the forecasts at their word: bound it with the ceilings.',
  settings: {
    fraction: KELLY_SETTINGS.fraction,
    cost: fraction({
      title: 'Cost of leverage',
      help: 'Interest a year on what is above equity: 0.065 is 6.5 %.',
      least: '0',
      most: '1',
    }),
  },
  propose(sizing, values) {
    const mu = expectedReturnOf(sizing)
    if (!mu.ok) return mu
    const sigma = volatilityOf(sizing)
    if (!sigma.ok) return sigma
    const best = fromFloat(growthOptimalLeverage(toFloat(mu.value), toFloat(sigma.value), toFloat(values.cost)))
    const weight = best.times(values.fraction)
    return ok({
      kind: 'weight',
      weight: weight as NotionalWeight,
      says: `Growth is greatest at ${sayPercent(best)} of equity with leverage at ${sayPercent(values.cost)} a year; × ${text(values.fraction)} = ${sayPercent(weight)}.`,
      facts: {
        expectedReturn: text(mu.value),
        volatility: text(sigma.value),
        cost: text(values.cost),
        optimum: text(best),
      },
    })
  },
})
