import { text } from '../../kernel/money.ts'
import { fraction } from '../../kernel/setting.ts'
import { defineFactor } from '../rule.ts'
import { volatilityRegime } from '../volatility-regime.ts'

const share = (title: string): ReturnType<typeof fraction> =>
  fraction({ title, help: 'Multiplier while this regime holds.', least: '0', most: '1' })

/** × by the market regime set by hand, else high volatility by the instrument's own year; unknown has a multiplier of its own. */
export const regimeThrottle = defineFactor({
  id: 'regime_throttle',
  title: 'Market regime',
  code: 'BRAKED',
  says: 'Trades smaller in markets that do not suit, as set by hand or seen from volatility.',
  settings: {
    trend: share('Trend'),
    mean_reversion: share('Mean reversion'),
    chop: share('Chop'),
    high_volatility: share('High volatility'),
    crisis: share('Crisis'),
    unknown: share('Not known'),
  },
  evaluate(sizing, settings) {
    const set = sizing.inputs.studies?.regime
    if (set?.regime != null) {
      return {
        value: settings[set.regime],
        says: `The regime is ${set.regime.replace('_', ' ')} (${set.source}): × ${text(settings[set.regime])}.`,
        facts: { regime: set.regime },
      }
    }
    const seen = volatilityRegime(sizing, { thresholds: 'relative', low: settings.trend, high: settings.trend })
    if (!seen.ok)
      return {
        value: settings.unknown,
        says: `No regime is set and volatility is not known: × ${text(settings.unknown)}.`,
        facts: { regime: 'unknown' },
      }
    const regime = seen.value.word === 'high' ? 'high_volatility' : 'trend'
    return {
      value: settings[regime],
      says: `No regime is set; volatility is ${seen.value.word}: × ${text(settings[regime])}.`,
      facts: { regime },
    }
  },
})
