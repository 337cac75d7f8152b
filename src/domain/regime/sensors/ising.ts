import { toFloat } from '../../kernel/money.ts'
import { reason } from '../../kernel/reason.ts'
import { err, ok } from '../../kernel/result.ts'
import { count, fraction } from '../../kernel/setting.ts'
import { completeReturns } from '../complete-returns.ts'
import { defineSensor } from '../sensor.ts'
import { singleInstrument } from '../single-instrument.ts'
import { spinSusceptibility } from '../spin-susceptibility.ts'

/** Pχ = 0.5 where the susceptibility χ of the signs of returns, their mean pairwise correlation, is above 0.8; one instrument abstains. */
export const ising = defineSensor({
  id: 'ising',
  title: 'Ising susceptibility',
  says: 'Whether everything rises and falls together: 0 independent, 1 in lockstep.',
  unit: 'mean correlation of signs',
  settings: {
    lookBack: count({
      title: 'Look-back',
      help: 'Periods that are looked at.',
      least: 20,
      most: 2_000,
      stricter: 'neither',
    }),
    threshold: fraction({ title: 'Lockstep', help: 'Susceptibility above which size is cut.', least: '0', most: '1' }),
    reduced: fraction({ title: 'Multiplier', help: 'What it is cut to.', least: '0', most: '1' }),
  },
  defaults: { lookBack: '60', threshold: '0.8', reduced: '0.5' },
  measure(view, values) {
    if (view.market.length < 2) return singleInstrument(view, 'Ising')
    const complete = completeReturns(view, values.lookBack)
    if (!complete.ok) return complete
    const { symbols, columns, periods, asOf, calendar, says } = complete.value
    const found = spinSusceptibility(columns)
    if (found === undefined)
      return err(
        reason('INPUT_MISSING', `No sign of ${symbols.length} instruments changed in ${periods} periods.`, 'bars'),
      )
    const { susceptibility, error, magnetisation, meanMagnetisation } = found
    const threshold = toFloat(values.threshold)
    const isLockstep = susceptibility > threshold
    return ok({
      value: susceptibility,
      multiplier: isLockstep ? toFloat(values.reduced) : 1,
      level: isLockstep ? 'lockstep' : 'loose',
      abstains: false,
      pValue: null,
      error,
      periods,
      symbols,
      asOf,
      calendar,
      facts: { magnetisation, meanMagnetisation, threshold, instruments: symbols.length },
      says: `Ising susceptibility of ${symbols.length} instruments over ${periods} periods ${susceptibility.toFixed(2)} ± ${error.toFixed(2)}: ${isLockstep ? `above ${threshold}, they move in lockstep` : `not above ${threshold}`}.${says}`,
    })
  },
})
