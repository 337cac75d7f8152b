import type { SensorTile, SensorsQuery, SensorsView } from '../../contract/portfolio/sensors.ts'
import { toFloat, type Dec } from '../../domain/kernel/money.ts'
import { SENSORS } from '../../domain/regime/registry.ts'
import type { SensorsRead } from '../../domain/regime/read-sensors.ts'
import type { RegimeReading, RegimeSensor, RegimeSensorId } from '../../domain/regime/sensor.ts'
import type { Profile } from '../../domain/profile.ts'
import { SENSOR_IDS } from '../../domain/studies.ts'
import { standing } from '../standing.ts'
import type { Workspace } from '../workspace.ts'
import type { MarketTasks, SensorMoment } from './ports.ts'
import { knownSymbols, studyInstant } from './read-study-frame.ts'
import { MOST_IN_MARKET, sensorsWanted } from './sensors-wanted.ts'
import { effectOf, LEVELS, stateOf } from './sensor-words.ts'

/** Weeks of history, and how many weeks lie between two readings of the sensor that takes long. */
const WEEKS = 26
const SLOW: readonly RegimeSensorId[] = ['lyapunov']
const EVERY = 4
const WEEK_MS = 7 * 86_400_000

/** What stands in for a missing sensor where the profile says nothing (SPEC 6). */
const USUAL_MISSING = 0.5

/** The regime sensors of the book as tiles, with what the profile in force makes of them and their history. */
export async function sensorsView(workspace: Workspace, { symbol, history }: SensorsQuery): Promise<SensorsView> {
  const { book, profile } = standing(workspace)
  const at = studyInstant(workspace)
  const held = [...book.bySymbol.keys()]
  const chosen = symbol === undefined ? largestOf(workspace, held) : (knownSymbols(workspace, [symbol])[0] ?? null)
  const wanted = sensorsWanted(workspace.book, profile, { symbol: chosen, held, at }, (key, derive) =>
    workspace.remember(key, derive),
  )
  const [read, past] = await Promise.all([
    workspace.markets.work(workspace.book, { kind: 'sensors', wanted }),
    history === 'none'
      ? []
      : workspace.markets.work(workspace.book, {
          kind: 'history',
          wanted: { ...wanted, at: weekEnd(at) },
          instants: instantsTo(weekEnd(at)),
        }),
  ])
  const now = workspace.now()
  const weakest = weakestOf(read, profile)
  return {
    at: now,
    symbol: chosen,
    sensors: SENSORS.map((sensor) => tileOf(sensor, { read, past, profile, now, chosen, binding: weakest.sensor })),
    weakest,
    notes: [
      `The market is ${wanted.market.length} instruments with daily bars: what is held and traded first${wanted.market.length === MOST_IN_MARKET ? `, then by name up to ${MOST_IN_MARKET}` : ''}.`,
      `The history is read anew from the bars complete then, every week of half a year; ${SLOW.join(', ')} every ${EVERY} weeks.`,
    ],
  }
}

/** The largest holding, else the first instrument with bars: what the sensors of one price look at. */
function largestOf(workspace: Workspace, held: readonly string[]): string | null {
  const { book } = standing(workspace)
  const size = (symbol: string): number => {
    const span = book.bySymbol.get(symbol)
    return span === undefined ? 0 : Math.max(Math.abs(toFloat(span.high)), Math.abs(toFloat(span.low)))
  }
  const [largest] = [...held].sort((a, b) => size(b) - size(a))
  if (largest !== undefined) return largest
  const at = workspace.readAt()
  const first = workspace.book
    .instruments()
    .find(({ symbol, enabled }) => enabled && workspace.book.bars(symbol, '1d', at, 1).length > 0)
  return first?.symbol ?? null
}

function weekEnd(at: number): number {
  return Math.floor(at / WEEK_MS) * WEEK_MS
}

function instantsTo(end: number): MarketTasks['history']['task']['instants'] {
  const all = SENSORS.map(({ id }) => id)
  return Array.from({ length: WEEKS }, (_, i) => {
    const weeksAgo = WEEKS - 1 - i
    return {
      at: end - weeksAgo * WEEK_MS,
      ids: weeksAgo % EVERY === 0 ? all : all.filter((id) => !SLOW.includes(id)),
    }
  })
}

interface Around {
  readonly read: SensorsRead
  readonly past: readonly SensorMoment[]
  readonly profile: Profile
  readonly now: number
  readonly chosen: string | null
  readonly binding: string | null
}

function tileOf(sensor: RegimeSensor, { read, past, profile, now, chosen, binding }: Around): SensorTile {
  const found = read.readings.find(({ id }) => id === sensor.id)
  const fault = read.faults.find(({ id }) => id === sensor.id)
  const history = past.flatMap(({ at, readings }) => {
    const then = readings.find(({ id }) => id === sensor.id)
    return then === undefined
      ? []
      : [{ at, reading: then.reading, multiplier: then.multiplier, abstains: then.abstains }]
  })
  return {
    id: sensor.id,
    title: sensor.title,
    subject: subjectOf(found, chosen),
    reading: found?.value ?? null,
    error: found?.error ?? null,
    units: sensor.unit,
    level: found?.level ?? 'unknown',
    state: stateOf(found),
    thresholds: thresholdsOf(sensor.id, found),
    at: found === undefined ? null : now,
    dataTo: found?.asOf ?? null,
    age: found === undefined ? null : now - found.asOf,
    pValue: found?.pValue ?? null,
    confidence:
      found?.error == null
        ? found === undefined
          ? null
          : `${found.periods} periods`
        : `± ${found.error.toPrecision(2)} over ${found.periods} periods`,
    abstains: found?.abstains ?? false,
    multiplier: found?.multiplier ?? null,
    binds: sensor.id === binding,
    effect: effectOf(sensor.id, profile, found),
    says: found?.says ?? fault?.reason.says ?? 'It was not read.',
    method: `${sensor.says} ${Object.entries(sensor.defaults)
      .map(([name, value]) => `${sensor.settings[name]?.title.toLowerCase() ?? name} ${value}`)
      .join(', ')}.`,
    history,
  }
}

function subjectOf(found: RegimeReading | undefined, chosen: string | null): string {
  if (found === undefined || found.symbols.length === 0) return chosen ?? 'the book'
  return found.symbols.length === 1 ? (found.symbols[0] ?? '') : `${found.symbols.length} instruments`
}

function thresholdsOf(id: RegimeSensorId, found: RegimeReading | undefined): SensorTile['thresholds'] {
  if (id !== 'volatility_regime') return LEVELS[id].map((level) => ({ ...level }))
  const { low, high } = (found?.facts ?? {}) as { readonly low?: number; readonly high?: number }
  if (low === undefined || high === undefined) return []
  return [
    { from: 0, level: 'low' },
    { from: low, level: 'normal' },
    { from: high, level: 'high' },
  ]
}

function weakestOf({ readings, faults }: SensorsRead, profile: Profile): SensorsView['weakest'] {
  const settings = (profile.brakes.get('physics') ?? profile.methods.get('physics_kelly')) as
    { readonly missing: Dec } | undefined
  const missing = settings === undefined ? USUAL_MISSING : toFloat(settings.missing)
  let weakest: SensorsView['weakest'] = { sensor: null, multiplier: 1, says: 'No sensor brakes: × 1.' }
  for (const id of SENSOR_IDS) {
    const found = readings.find((reading) => reading.id === id)
    const fault = faults.find((other) => other.id === id)
    const multiplier = found?.multiplier ?? missing
    if (multiplier < weakest.multiplier)
      weakest = {
        sensor: id,
        multiplier,
        says:
          found === undefined
            ? `${fault?.title ?? id} is missing, and × ${missing} stands in: ${fault?.reason.says ?? 'it was not read.'}`
            : `Weakest link × ${Number(multiplier.toPrecision(3))}: ${found.says}`,
      }
  }
  return weakest
}
