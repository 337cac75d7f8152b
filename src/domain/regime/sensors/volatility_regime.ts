import { toFloat } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { err, ok } from '../../kernel/result.ts'
import { choice, fraction } from '../../kernel/setting.ts'
import { defineSensor } from '../sensor.ts'
import { volatilityLevel } from '../volatility-level.ts'

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`

/** High volatility: 1 − reduction·min(1, (σ − hi)/hi); else 1. Against the instrument's own year, or fixed levels. */
export const volatilityRegimeSensor = defineSensor({
  id: 'volatility_regime',
  title: 'Volatility regime',
  says: 'Whether the instrument moves more than it usually does.',
  unit: 'a year',
  settings: {
    thresholds: choice(['relative', 'absolute'], 'Thresholds', 'The instrument’s own year, or the fixed levels below.'),
    low: fraction({ title: 'Low', help: 'Fixed level below which volatility is low, a year.', least: '0', most: '5' }),
    high: fraction({ title: 'High', help: 'Fixed level above which it is high.', least: '0', most: '5', above: true }),
    reduction: fraction({
      title: 'Most reduction',
      help: 'At twice the high level size is cut by this share.',
      least: '0',
      most: '1',
      stricter: 'higher',
    }),
  },
  defaults: { thresholds: 'relative', low: '0.15', high: '0.3', reduction: '0.5' },
  measure(view, values) {
    const fixed = { low: toFloat(values.low), high: toFloat(values.high) }
    if (fixed.low > fixed.high)
      return err(
        reason(
          'INPUT_OUT_OF_RANGE',
          `The low level of ${fixed.low} is above the high one of ${fixed.high}: swap them.`,
          'volatility_regime.low',
        ),
      )
    const found = volatilityLevel(view, values.thresholds === 'absolute' ? fixed : null)
    if (!found.ok) return found
    const { word, sigma, error, low, high, symbol, returns, asOf, calendar } = found.value
    const over = Math.min(1, Math.max(0, (sigma - high) / high))
    return ok({
      value: sigma,
      multiplier: 1 - toFloat(values.reduction) * over,
      level: word,
      abstains: false,
      pValue: null,
      error,
      periods: returns,
      symbols: [symbol],
      asOf,
      calendar,
      facts: { low, high },
      says: `Volatility of ${symbol} ${percent(sigma)} ± ${percent(error)} a year is ${word}: normal lies between ${percent(low)} and ${percent(high)}${values.thresholds === 'absolute' ? '' : ' by its own year'}.`,
    })
  },
})
