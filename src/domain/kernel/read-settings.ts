import { reason, type Reason } from './reason.ts'
import { err, ok, type Result } from './result.ts'
import type { Setting, Settings, Values } from './setting.ts'

/** Reads all settings of one thing; unknown and missing keys are faults too, all answered at once. */
export function readSettings<S extends Settings>(
  settings: S,
  raw: unknown,
  field: string,
): Result<Values<S>, readonly Reason[]> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return err([
      reason(
        'INPUT_MALFORMED',
        `${field} must hold its settings: ${Object.keys(settings).join(', ') || 'none'}.`,
        field,
      ),
    ])
  }
  const given = raw as Readonly<Record<string, unknown>>
  const faults: Reason[] = []
  const values: Record<string, unknown> = {}
  for (const [key, setting] of Object.entries(settings)) {
    const read = setting.read(given[key], `${field}.${key}`)
    if (read.ok) values[key] = read.value
    else faults.push(...entryFaults(setting, given[key], `${field}.${key}`, read.error))
  }
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(settings, key)) {
      faults.push(
        reason(
          'INPUT_OUT_OF_RANGE',
          `${field}.${key} is not a setting; known are ${Object.keys(settings).join(', ') || 'none'}.`,
          `${field}.${key}`,
        ),
      )
    }
  }
  return faults.length > 0 ? err(faults) : ok(values as Values<S>)
}

/** The faults of every entry of a table, so that all of them are answered; of anything else its own. */
function entryFaults(setting: Setting<unknown>, raw: unknown, field: string, fault: Reason): readonly Reason[] {
  if (setting.kind !== 'table' || typeof raw !== 'object' || raw === null || Array.isArray(raw)) return [fault]
  return Object.entries(raw as Readonly<Record<string, unknown>>).flatMap(([name, value]) => {
    const entry = setting.read({ [name]: value }, field)
    return entry.ok ? [] : [entry.error]
  })
}
