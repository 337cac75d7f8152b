import { ONE, readDecimal, smaller, text, type Dec } from './kernel/money.ts'
import type { DecisionInputs } from './inputs.ts'
import { CLOCK_TOLERANCE_MS, sayAge } from './freshness.ts'
import { SENSOR_IDS, type SensorId } from './studies.ts'

/** The weakest link of the regime sensors: the smallest multiplier, which sensor set it, and what was missing. */
export interface WeakestLink {
  readonly multiplier: Dec
  readonly says: string
  /** The sensor that set it, `null` where none brakes; and whether it did so because it was missing, stale or broken. */
  readonly link: SensorId | null
  readonly linkIsMissing: boolean
  /** Whether a sensor was missing, stale or broken, so that `missing` stood in. */
  readonly incomplete: boolean
  readonly facts: Readonly<Record<string, string>>
}

/** How the sensors are read. */
export interface SensorSettings {
  /** Multiplier that stands in for a missing, stale or broken sensor. */
  readonly missing: Dec
  /** Oldest reading that counts, in milliseconds. */
  readonly maxAge: number
}

/** M = min(Pλ, Pχ, PE) (SPEC 6). A missing, stale or broken sensor is a brake, never ignored; an abstention counts as 1. */
export function weakestLink(inputs: DecisionInputs, { missing, maxAge }: SensorSettings): WeakestLink {
  let multiplier = ONE
  let bound = 'no sensor brakes'
  let link: SensorId | null = null
  let linkIsMissing = false
  const absent: string[] = []
  const facts: Record<string, string> = {}
  for (const id of SENSOR_IDS) {
    const found = inputs.studies?.sensors.find((sensor) => sensor.id === id)
    const read = found === undefined ? undefined : readDecimal(found.value, `sensors.${id}`)
    const age = found?.at == null ? null : inputs.at - found.at
    const usable =
      read?.ok === true &&
      read.value.gte(0) &&
      read.value.lte(1) &&
      age !== null &&
      age <= maxAge &&
      age >= -CLOCK_TOLERANCE_MS
    const value = usable ? read.value : missing
    facts[id] = text(value)
    if (!usable) absent.push(age !== null && age > maxAge ? `${id} (${sayAge(age)} old)` : id)
    if (value.lt(multiplier)) {
      bound = usable ? `${id}: ${found?.says ?? ''}` : `${id} is missing`
      link = id
      linkIsMissing = !usable
    }
    multiplier = smaller(multiplier, value)
  }
  const gap = absent.length === 0 ? '' : ` Missing or stale: ${absent.join(', ')}; × ${text(missing)} stands in.`
  return {
    multiplier,
    says: `Weakest link × ${text(multiplier)} (${bound}).${gap}`,
    link,
    linkIsMissing,
    incomplete: absent.length > 0,
    facts,
  }
}
