import { sensorReadings } from '../domain/regime/read-sensors.ts'
import { SENSOR_IDS, type SensorReading } from '../domain/studies.ts'
import type { MarketTasks } from './portfolio/ports.ts'
import { hourOf } from './portfolio/read-study-frame.ts'
import { sensorsWanted } from './portfolio/sensors-wanted.ts'
import type { StudyFrame } from './studies.ts'

/** What the sensors are asked for an order, as of the last full hour: daily bars end at one. */
export function sensorsTask(frame: StudyFrame): MarketTasks['sensors']['task'] {
  const { book, profile, symbol, held, at, isNow, remember } = frame
  const known = book.instrument(symbol) === undefined ? null : symbol
  const asked = { symbol: known, held, at: isNow ? hourOf(at) : at }
  return { kind: 'sensors', wanted: sensorsWanted(book, profile, asked, remember) }
}

/**
 * The three regime sensors as they stand at the instant of a decision. They are made beside the desk; one that is not ready
 * or could not be read has no value, which counts as the profile says for a missing sensor.
 */
export function studySensors(frame: StudyFrame): readonly SensorReading[] {
  const read = frame.markets.soon(frame.book, sensorsTask(frame))
  if (read === undefined)
    return SENSOR_IDS.map((id) => ({
      id,
      value: null,
      at: null,
      source: 'not ready',
      abstains: false,
      says: 'It is being worked out: ask again in a moment.',
    }))
  // No bar ends within an hour, so that what held at its beginning holds now.
  return sensorReadings(read).map((reading) => (reading.at === null ? reading : { ...reading, at: frame.at }))
}
