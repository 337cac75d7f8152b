import type { DailyCloses } from '../../../src/domain/market/aligned-returns.ts'
import { readSensor } from '../../../src/domain/regime/read-sensor.ts'
import { SENSORS } from '../../../src/domain/regime/registry.ts'
import type { MarketView, RegimeReading, RegimeSensorId } from '../../../src/domain/regime/sensor.ts'
import { pricesOf } from '../../support/random-series.ts'

const DAY = 86_400_000
/** A Saturday, at which the last of the bars is complete. */
export const NOW = Date.UTC(2026, 9, 31)

/** Daily closes that end the day before `NOW` and make these numbers, times 1 %, their log returns. */
export function closes(
  symbol: string,
  returns: ArrayLike<number>,
  calendar: DailyCloses['calendar'] = 'crypto',
): DailyCloses {
  const close = pricesOf(returns)
  return { symbol, calendar, close, at: Float64Array.from(close, (_, t) => NOW - (close.length - t) * DAY) }
}

/** A view of a market of nothing, changed as told. */
export function view(changes: Partial<MarketView> = {}): MarketView {
  return { now: NOW, own: null, market: [], regime: null, closeMaxAge: 4 * DAY, ...changes }
}

/** One sensor read by its id. */
export function sense(id: RegimeSensorId, told: MarketView, settings: Readonly<Record<string, unknown>> = {}) {
  const sensor = SENSORS.find((known) => known.id === id)
  if (sensor === undefined) throw new Error(`no sensor ${id}`)
  return readSensor(sensor, told, settings)
}

/** The same where it must be read. */
export function sensed(...told: Parameters<typeof sense>): RegimeReading {
  const read = sense(...told)
  if (!read.ok) throw new Error(read.error.says)
  return read.value
}

/** The code and sentence of a refusal. */
export function refused(...told: Parameters<typeof sense>): string {
  const read = sense(...told)
  return read.ok ? 'read' : `${read.error.code} ${read.error.says}`
}
