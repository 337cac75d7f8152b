import { invariant } from '../../kernel/invariant.ts'
import { toFloat } from '../../kernel/money.ts'
import { ok } from '../../kernel/result.ts'
import { choice, count, number } from '../../kernel/setting.ts'
import { absorptionRatio } from '../../stats/absorption-ratio.ts'
import { correlationPairs, matrixOfPairs } from '../../stats/correlation-pairs.ts'
import { noiseBand } from '../../stats/noise-band.ts'
import { symmetricEigen } from '../../stats/symmetric-eigen.ts'
import { completeReturns } from '../complete-returns.ts'
import { defineSensor } from '../sensor.ts'
import { singleInstrument } from '../single-instrument.ts'

/** From this excess on the risk is high. */
const HIGH = 2

/**
 * PE = 1 up to an excess e = λmax/λ₊ of 1.5, then 1.5/e: how far the largest eigenvalue of the correlations stands above
 * the noise edge of Marchenko and Pastur. `raw` takes λmax itself, which grows with the number of instruments.
 */
export const eigen = defineSensor({
  id: 'eigen',
  title: 'Eigenvalue excess',
  says: 'Whether one mode carries the market: the largest eigenvalue against what noise would give.',
  unit: 'times the noise edge',
  settings: {
    eigen: choice(['excess', 'raw'], 'Measure', 'Against the noise edge, or the eigenvalue itself as S2 has it.'),
    lookBack: count({
      title: 'Look-back',
      help: 'Periods that are looked at.',
      least: 20,
      most: 2_000,
      stricter: 'neither',
    }),
    calm: number({ title: 'Calm', help: 'Up to this value nothing is cut.', least: '0.1', most: '100' }),
  },
  defaults: { eigen: 'excess', lookBack: '250', calm: '1.5' },
  measure(view, values) {
    if (view.market.length < 2) return singleInstrument(view, 'Eigen')
    const complete = completeReturns(view, values.lookBack)
    if (!complete.ok) return complete
    const { symbols, columns, periods, asOf, calendar, says } = complete.value
    const n = symbols.length
    const pairs = correlationPairs(columns, new Float64Array(periods).fill(1))
    const eigenvalues = symmetricEigen(matrixOfPairs(pairs, n), n).values
    const largest = eigenvalues[0] ?? Number.NaN
    const { high: edge } = noiseBand(n, periods)
    const excess = largest / edge
    const isRaw = values.eigen === 'raw'
    const value = isRaw ? largest : excess
    invariant(value > 0 && value < Infinity, 'the largest eigenvalue of a correlation matrix is positive')
    const calm = toFloat(values.calm)
    const { ratio, vectors } = absorptionRatio(eigenvalues)
    const level = value < calm ? 'low' : value < Math.max(calm, HIGH) ? 'moderate' : 'high'
    return ok({
      value,
      multiplier: value <= calm ? 1 : calm / value,
      level,
      abstains: false,
      pValue: null,
      error: null,
      periods,
      symbols,
      asOf,
      calendar,
      facts: { largest, edge, excess, absorption: ratio, absorbedBy: vectors, instruments: n },
      says: `Largest eigenvalue of ${n} instruments over ${periods} periods ${largest.toFixed(2)}, ${excess.toFixed(2)} times the noise edge of ${edge.toFixed(2)}: ${level} risk${isRaw ? ' by the raw eigenvalue' : ''}. The first ${vectors} of ${n} modes absorb ${(ratio * 100).toFixed(0)} %.${says}`,
    })
  },
})
