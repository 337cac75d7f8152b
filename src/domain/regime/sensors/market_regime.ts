import { toFloat } from '../../kernel/money.ts'
import { ok } from '../../kernel/result.ts'
import { fraction } from '../../kernel/setting.ts'
import { defineSensor } from '../sensor.ts'
import { volatilityLevel } from '../volatility-level.ts'

const share = (title: string): ReturnType<typeof fraction> =>
  fraction({ title, help: 'Multiplier while this regime holds.', least: '0', most: '1' })

/** The multiplier of the market regime: set by hand, else high volatility or trend by the instrument's own year. */
export const marketRegime = defineSensor({
  id: 'market_regime',
  title: 'Market regime',
  says: 'What kind of market it is, as set by hand or seen from volatility.',
  unit: '',
  settings: {
    trend: share('Trend'),
    mean_reversion: share('Mean reversion'),
    chop: share('Chop'),
    high_volatility: share('High volatility'),
    crisis: share('Crisis'),
  },
  defaults: { trend: '1', mean_reversion: '0.8', chop: '0.5', high_volatility: '0.3', crisis: '0.1' },
  measure(view, values) {
    const none = { value: null, abstains: false, pValue: null, error: null }
    const set = view.regime
    if (set?.regime != null) {
      const multiplier = toFloat(values[set.regime])
      return ok({
        ...none,
        multiplier,
        level: set.regime.replace('_', ' '),
        periods: 0,
        symbols: [],
        // Set by hand it holds until it is changed: its age is shown, and is no reason to doubt it.
        asOf: view.now,
        calendar: 'crypto',
        facts: set.at === null ? {} : { setAt: set.at },
        says: `The market regime is ${set.regime.replace('_', ' ')} (${set.source}): × ${multiplier}.`,
      })
    }
    const seen = volatilityLevel(view, null)
    if (!seen.ok) return seen
    const { word, symbol, returns, asOf, calendar, sigma } = seen.value
    const regime = word === 'high' ? 'high_volatility' : 'trend'
    const multiplier = toFloat(values[regime])
    return ok({
      ...none,
      multiplier,
      level: regime.replace('_', ' '),
      periods: returns,
      symbols: [symbol],
      asOf,
      calendar,
      facts: { volatility: sigma },
      says: `No market regime is set; the volatility of ${symbol} is ${word}: × ${multiplier}.`,
    })
  },
})
