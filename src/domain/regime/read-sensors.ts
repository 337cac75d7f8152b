import { fromFloat, text } from '../kernel/money.ts'
import type { Reason } from '../kernel/reason.ts'
import { SENSOR_IDS, type SensorId, type SensorReading } from '../studies.ts'
import { readSensor } from './read-sensor.ts'
import { SENSORS } from './registry.ts'
import type { MarketView, RegimeReading, RegimeSensorId } from './sensor.ts'

/** A sensor that could not be read, and why. */
export interface SensorFault {
  readonly id: RegimeSensorId
  readonly title: string
  readonly reason: Reason
}

/** All sensors at one instant. */
export interface SensorsRead {
  readonly readings: readonly RegimeReading[]
  readonly faults: readonly SensorFault[]
  /** The reading with the smallest multiplier of the three of SPEC 6; `null` where none of them brakes. */
  readonly weakest: RegimeReading | null
}

/** Settings that stand in for a sensor's defaults, by sensor. */
export type SensorSettingsById = Readonly<Partial<Record<RegimeSensorId, Readonly<Record<string, unknown>>>>>

/** Reads the sensors named, all of them unless said otherwise; what cannot be read is a fault beside the others. */
export function readSensors(
  view: MarketView,
  settings: SensorSettingsById = {},
  ids: readonly RegimeSensorId[] = SENSORS.map(({ id }) => id),
): SensorsRead {
  const readings: RegimeReading[] = []
  const faults: SensorFault[] = []
  for (const sensor of SENSORS) {
    if (!ids.includes(sensor.id)) continue
    const read = readSensor(sensor, view, settings[sensor.id])
    if (read.ok) readings.push(read.value)
    else faults.push({ id: sensor.id, title: sensor.title, reason: read.error })
  }
  const links = readings.filter(({ id, multiplier }) => isLink(id) && multiplier < 1)
  const [first] = links
  const weakest =
    first === undefined ? null : links.reduce((low, next) => (next.multiplier < low.multiplier ? next : low), first)
  return { readings, faults, weakest }
}

/**
 * The three sensors as a decision takes them. One that could not be read is there with its reason and without a value, which
 * the governor counts as missing.
 */
export function sensorReadings({ readings, faults }: SensorsRead): readonly SensorReading[] {
  return SENSOR_IDS.flatMap((id): SensorReading[] => {
    const found = readings.find((reading) => reading.id === id)
    if (found !== undefined)
      return [
        {
          id,
          value: text(fromFloat(found.multiplier)),
          at: found.at,
          source: `daily bars to ${new Date(found.asOf - 1).toISOString().slice(0, 10)}`,
          abstains: found.abstains,
          says: found.says,
        },
      ]
    const fault = faults.find((other) => other.id === id)
    return fault === undefined
      ? []
      : [{ id, value: null, at: null, source: fault.reason.code, abstains: false, says: fault.reason.says }]
  })
}

const isLink = (id: RegimeSensorId): id is SensorId => SENSOR_IDS.some((link) => link === id)
