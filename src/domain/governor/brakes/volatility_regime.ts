import { divide, ONE, sayPercent, smaller, text } from '../../kernel/money.ts'
import { choice, fraction, number } from '../../kernel/setting.ts'
import { defineFactor } from '../rule.ts'
import { volatilityRegime } from '../volatility-regime.ts'

/** High volatility: 1 − reduction·min(1, (σ − hi)/hi); normal 1; low 1, or a boost where allowed. Unknown counts as the most reduction. */
export const volatilityRegimeBrake = defineFactor({
  id: 'volatility_regime',
  title: 'Volatility regime',
  code: 'BRAKED',
  says: 'Trades smaller while the instrument moves more than it usually does.',
  settings: {
    thresholds: choice(
      ['relative', 'absolute'],
      'Thresholds',
      'The instrument’s own year (33rd and 80th percentile), or the fixed levels below.',
    ),
    low: fraction({ title: 'Low', help: 'Fixed level below which volatility is low, a year.', least: '0', most: '5' }),
    high: fraction({
      title: 'High',
      help: 'Fixed level above which volatility is high, a year.',
      least: '0',
      most: '5',
      above: true,
    }),
    reduction: fraction({
      title: 'Most reduction',
      help: 'At twice the high level the size is cut by this share.',
      least: '0',
      most: '1',
      stricter: 'higher',
    }),
    lowBoost: number({ title: 'Boost in low volatility', help: '1 switches it off.', least: '1', most: '2' }),
  },
  evaluate(sizing, settings) {
    const regime = volatilityRegime(sizing, settings)
    if (!regime.ok) {
      return {
        value: ONE.minus(settings.reduction),
        says: `${regime.error.says} Unknown volatility counts as high.`,
        facts: {},
      }
    }
    const { word, sigma, high } = regime.value
    const facts = { volatility: text(sigma), high: text(high), regime: word }
    if (word === 'high') {
      const over = smaller(divide(sigma.minus(high), high), ONE)
      return {
        value: ONE.minus(settings.reduction.times(over)),
        says: `Volatility of ${sayPercent(sigma)} is high (above ${sayPercent(high)}).`,
        facts,
      }
    }
    return {
      value: word === 'low' ? settings.lowBoost : ONE,
      says: `Volatility of ${sayPercent(sigma)} is ${word}.`,
      facts,
    }
  },
})
