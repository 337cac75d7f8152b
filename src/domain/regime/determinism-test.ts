import { ok, type Result } from '../kernel/result.ts'
import { RandomStream, STREAMS } from '../simulation/random/random-stream.ts'
import { runSeed } from '../simulation/random/run-seed.ts'
import type { Embedding } from '../stats/delay-vectors.ts'
import { forecastSkill } from '../stats/forecast-skill.ts'

/** Shuffled series a series is compared with (SPEC 6). */
export const SURROGATES = 99
/** Below this p-value a series is believed to be no noise. */
export const SIGNIFICANT = 0.05

/** Whether the next value follows from the last ones better than in shuffled series of the same values. */
export interface Determinism {
  /** Forecast skill of the series: 1 perfect, 0 no better than its mean. */
  readonly skill: number
  /** (1 + shuffled series that do as well) / (1 + all of them). */
  readonly pValue: number
  /** p < 0.05 and better than the mean: a skill below zero forecasts nothing, however rare it is. */
  readonly isDeterministic: boolean
}

/**
 * Compares the nearest-neighbour forecast skill of a finite series with that of 99 of its shuffles (Theiler, Eubank, Longtin,
 * Galdrikian and Farmer 1992, with Fisher and Yates' shuffle). The same series and seed give the same answer.
 */
export function determinismTest(
  series: Float64Array,
  options: Embedding & { readonly separation: number },
  seed: number,
): Result<Determinism, 'too_short' | 'constant'> {
  const own = forecastSkill(series, options)
  if (!own.ok) return own
  const random = new RandomStream()
  const key = runSeed(seed)
  let asGood = 0
  for (let surrogate = 0; surrogate < SURROGATES; surrogate++) {
    const shuffled = shuffle(series, random.start(key, STREAMS.resample, surrogate))
    const skill = forecastSkill(shuffled, options)
    if (!skill.ok) return skill
    if (skill.value >= own.value) asGood += 1
  }
  const pValue = (1 + asGood) / (1 + SURROGATES)
  return ok({ skill: own.value, pValue, isDeterministic: pValue < SIGNIFICANT && own.value > 0 })
}

function shuffle(series: Float64Array, random: RandomStream): Float64Array {
  const shuffled = series.slice()
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.index(i + 1)
    const kept = shuffled[i] as number
    shuffled[i] = shuffled[j] as number
    shuffled[j] = kept
  }
  return shuffled
}
