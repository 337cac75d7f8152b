import { mean } from '../../stats/moments.ts'
import { normalBelow } from './normal-law.ts'
import type { LabMarket } from './lab-market.ts'
import type { Performance } from './performance.ts'

/** What the lab found of forecasts that know too much. */
export interface LookAhead {
  /** Correlation of forecasts with the returns they are for, each in units of its volatility, over all days and assets. */
  readonly skill: number
  /** The same against the day after: forecasts that see one day ahead lose all skill there. */
  readonly skillOneDayLater: number
  /** Chance of such a skill, or more, from forecasts that know nothing. */
  readonly chance: number
  readonly suspected: boolean
  /** One sentence for each reason to suspect; none when there is none. */
  readonly says: readonly string[]
}

/** The best daily forecasts known have correlations of a few hundredths with what comes. */
const PLAUSIBLE_SKILL = 0.15
const PLAUSIBLE_SHARPE = 5
const UNLIKELY = 0.001

/** Tests forecasts of a market for look-ahead, and the results they led to for being too good. */
export function lookAhead(market: LabMarket, results: readonly Performance[]): LookAhead {
  const aligned = pairs(market, 0)
  const skill = correlation(aligned)
  const count = aligned.length
  // Fisher's transform: how far even the low end of the skill is above what forecasts have.
  const score = Math.atanh(Math.min(Math.max(skill, -0.999999), 0.999999)) * Math.sqrt(Math.max(count - 3, 0))
  const chance = 1 - normalBelow(score)
  const low = Math.tanh(Math.atanh(Math.min(skill, 0.999999)) - 1.96 / Math.sqrt(Math.max(count - 3, 1)))
  const knows = chance < UNLIKELY && low > PLAUSIBLE_SKILL
  const bestSharpe = Math.max(0, ...results.map(({ sharpe }) => sharpe ?? 0))
  const flawless = results.some(({ maxDrawdown, totalReturn }) => maxDrawdown < 0.0005 && totalReturn > 0.05)
  const says = [
    ...(knows
      ? [
          `The forecasts have a correlation of ${skill.toFixed(2)} with the returns they are for: they contain part of the answer.`,
        ]
      : []),
    ...(bestSharpe > PLAUSIBLE_SHARPE
      ? [`A Sharpe ratio of ${bestSharpe.toFixed(1)} is beyond anything that trades: look for data from the future.`]
      : []),
    ...(flawless ? ['A profit without any drawdown does not exist: look for data from the future.'] : []),
  ]
  return { skill, skillOneDayLater: correlation(pairs(market, 1)), chance, suspected: says.length > 0, says }
}

/** Forecast and return `later` days on, both over the volatility expected. */
function pairs({ forecasts, returns, volatilities }: LabMarket, later: number): [number, number][] {
  return forecasts.slice(0, forecasts.length - later).flatMap((row, day) =>
    row.flatMap((forecast, asset): [number, number][] => {
      const volatility = volatilities[day]?.[asset] ?? Number.NaN
      const came = returns[day + later]?.[asset] ?? Number.NaN
      return [[forecast / volatility, came / volatility]]
    }),
  )
}

function correlation(list: readonly (readonly [number, number])[]): number {
  const [a, b] = [mean(list.map(([first]) => first)), mean(list.map(([, second]) => second))]
  let product = 0
  let left = 0
  let right = 0
  for (const [first, second] of list) {
    product += (first - a) * (second - b)
    left += (first - a) ** 2
    right += (second - b) ** 2
  }
  return left > 0 && right > 0 ? product / Math.sqrt(left * right) : 0
}
