import type { CalendarId } from '../inputs.ts'
import type { Reason } from '../kernel/reason.ts'
import type { Result } from '../kernel/result.ts'
import type { Settings, Values } from '../kernel/setting.ts'
import type { DailyCloses } from '../market/aligned-returns.ts'
import type { RegimeStudy } from '../studies.ts'

/** Names of the sensors: the three that make the weakest link (SPEC 6) and the two regimes. */
export const REGIME_SENSOR_IDS = ['lyapunov', 'ising', 'eigen', 'volatility_regime', 'market_regime'] as const
/** Name of one sensor. */
export type RegimeSensorId = (typeof REGIME_SENSOR_IDS)[number]

/** What sensors look at: daily closes complete at `now`, and what the trader set by hand. */
export interface MarketView {
  /** UTC milliseconds. */
  readonly now: number
  /** The instrument that is traded; `null` where none is chosen. */
  readonly own: DailyCloses | null
  /** All instruments that count as the market: what is held, traded and watched. */
  readonly market: readonly DailyCloses[]
  /** The market regime set by hand. */
  readonly regime: RegimeStudy | null
  /** Oldest close that counts, milliseconds of market time. */
  readonly closeMaxAge: number
}

/** What a sensor measured. */
export interface Measured {
  /** In the sensor's unit; `null` where the sensor has none. */
  readonly value: number | null
  /** What it does to size, from 0 to 1. */
  readonly multiplier: number
  /** One word: `stable`, `high`, `crisis`, … */
  readonly level: string
  /** Whether it says nothing because there is nothing to measure; the multiplier is 1 then. */
  readonly abstains: boolean
  /** Chance of such a value where there is nothing to it; `null` where it has none. */
  readonly pValue: number | null
  /** Standard error in the unit of the value; `null` where it has none. */
  readonly error: number | null
  /** Periods and instruments it was measured on. */
  readonly periods: number
  readonly symbols: readonly string[]
  /** When the last bar in it was complete, UTC milliseconds, and the calendar its age counts by. */
  readonly asOf: number
  readonly calendar: CalendarId
  /** The numbers behind it, by name. */
  readonly facts: Readonly<Record<string, number>>
  /** One sentence for a person, without the instrument left out. */
  readonly says: string
}

/** A measurement with its sensor; `at` is when it was taken, UTC milliseconds. */
export interface RegimeReading extends Omit<Measured, 'calendar'> {
  readonly id: RegimeSensorId
  readonly title: string
  /** Of the value, in words: `nats per bar`; empty where it has none. */
  readonly unit: string
  readonly at: number
}

/** A sensor: one file in `sensors/` and one line in the registry. */
export interface RegimeSensor {
  readonly id: RegimeSensorId
  readonly title: string
  readonly says: string
  readonly unit: string
  readonly settings: Settings
  /** The setting values of SPEC 6, as a profile would write them. */
  readonly defaults: Readonly<Record<string, string>>
  measure(view: MarketView, values: unknown): Result<Measured, Reason>
}

/** Declares a sensor. Pure; what is missing is refused with a reason, never read as calm. */
export function defineSensor<const S extends Settings>(sensor: {
  readonly id: RegimeSensorId
  readonly title: string
  readonly says: string
  readonly unit: string
  readonly settings: S
  readonly defaults: { readonly [K in keyof S]: string }
  measure(view: MarketView, values: Values<S>): Result<Measured, Reason>
}): RegimeSensor {
  // Safe cast: only `readSensor` makes the values, and it reads them with the sensor's own settings.
  return { ...sensor, measure: (view, values) => sensor.measure(view, values as Values<S>) }
}
