import { invariant } from '../../kernel/invariant.ts'
import { reason } from '../../kernel/reason.ts'
import { err, ok } from '../../kernel/result.ts'
import { count } from '../../kernel/setting.ts'
import { lyapunovExponent } from '../../stats/lyapunov-exponent.ts'
import { determinismTest, SURROGATES } from '../determinism-test.ts'
import { ownReturns } from '../own-returns.ts'
import { defineSensor } from '../sensor.ts'

/** Pλ = clamp(1 − 2λ, 0, 1) of the largest Lyapunov exponent; abstains unless the returns can be forecast from their past (p < 0.05). */
export const lyapunov = defineSensor({
  id: 'lyapunov',
  title: 'Lyapunov exponent',
  says: 'How fast nearby courses of the market come apart; it abstains where returns are no more than noise.',
  unit: 'nats per bar',
  settings: {
    embedding: count({ title: 'Embedding', help: 'Coordinates of a vector.', least: 1, most: 10, stricter: 'neither' }),
    delay: count({
      title: 'Delay',
      help: 'Bars from one coordinate to the next.',
      least: 1,
      most: 100,
      stricter: 'neither',
    }),
    lookBack: count({
      title: 'Look-back',
      help: 'Returns that are looked at.',
      least: 50,
      most: 2_000,
      stricter: 'neither',
    }),
    steps: count({ title: 'Steps', help: 'Points of the divergence curve.', least: 2, most: 100, stricter: 'neither' }),
    seed: count({ title: 'Seed', help: 'Of the shuffled series.', least: 0, most: 1_000_000, stricter: 'neither' }),
  },
  defaults: { embedding: '3', delay: '12', lookBack: '300', steps: '10', seed: '1' },
  measure(view, { embedding, delay, lookBack, steps, seed }) {
    const own = ownReturns(view, lookBack)
    if (!own.ok) return own
    const { instrument, returns, asOf } = own.value
    // Vectors that overlap in time are near each other for that reason alone (Theiler 1986).
    const options = { embedding, delay, separation: (embedding - 1) * delay }
    const determinism = determinismTest(returns, options, seed)
    const exponent = lyapunovExponent(returns, { ...options, steps })
    if (!determinism.ok || !exponent.ok) {
      const isShort = [determinism, exponent].some((found) => !found.ok && found.error === 'too_short')
      return err(
        reason(
          isShort ? 'INPUT_OUT_OF_RANGE' : 'INPUT_MISSING',
          isShort
            ? `A look-back of ${lookBack} returns is too short for an embedding of ${embedding}, a delay of ${delay} and ${steps} steps: make it longer.`
            : `${instrument.symbol} did not move over ${lookBack} returns, so nothing comes apart: check its bars.`,
          isShort ? 'lyapunov.lookBack' : `bars.${instrument.symbol}`,
        ),
      )
    }
    const { skill, pValue, isDeterministic } = determinism.value
    const { exponent: value, vectors } = exponent.value
    invariant(Number.isFinite(value) && Number.isFinite(skill), 'an exponent and a skill that were found are finite')
    const chance = `p = ${pValue.toFixed(2)} against ${SURROGATES} shuffles, forecast skill ${skill.toFixed(2)}`
    const measured = {
      value,
      pValue,
      error: null,
      periods: returns.length,
      symbols: [instrument.symbol],
      asOf,
      calendar: instrument.calendar,
      facts: { skill, vectors, embedding, delay, steps },
    }
    const words = `${value.toFixed(3)} nats a bar`
    if (!isDeterministic)
      return ok({
        ...measured,
        multiplier: 1,
        level: 'abstains',
        abstains: true,
        says: `Lyapunov abstains: the returns of ${instrument.symbol} are not told from noise (${chance}), so the estimate of ${words} means nothing.`,
      })
    const level = value < 0.2 ? 'stable' : value < 0.5 ? 'moderate' : 'chaotic'
    return ok({
      ...measured,
      multiplier: Math.max(0, Math.min(1, 1 - 2 * value)),
      level,
      abstains: false,
      says: `Lyapunov exponent of ${instrument.symbol} ${words}: ${level} (${chance}).`,
    })
  },
})
