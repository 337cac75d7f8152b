import { checkAge } from '../freshness.ts'
import { invariant } from '../kernel/invariant.ts'
import { readSettings } from '../kernel/read-settings.ts'
import { reason, type Reason } from '../kernel/reason.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { MarketView, RegimeReading, RegimeSensor } from './sensor.ts'

/**
 * Reads one sensor with its defaults, of which `settings` stands in for some. Refused with a reason: a setting out of its
 * range, bars that are missing or broken, and bars older than the view allows: a reading is never made of a stale market.
 */
export function readSensor(
  sensor: RegimeSensor,
  view: MarketView,
  settings: Readonly<Record<string, unknown>> = {},
): Result<RegimeReading, Reason> {
  const values = readSettings(sensor.settings, { ...sensor.defaults, ...settings }, sensor.id)
  if (!values.ok) return err(values.error[0] ?? reason('INTERNAL', `The settings of ${sensor.title} are not read.`))
  const measured = sensor.measure(view, values.value)
  if (!measured.ok) return measured
  const { calendar, ...found } = measured.value
  invariant(found.multiplier >= 0 && found.multiplier <= 1, 'a sensor only shrinks')
  const age = checkAge(found.asOf, sensor.id, `daily bars of ${found.symbols.join(', ')}`, {
    now: view.now,
    maxAge: view.closeMaxAge,
    calendar,
  })
  if (!age.ok) return age
  return ok({ ...found, id: sensor.id, title: sensor.title, unit: sensor.unit, at: view.now })
}
