import * as z from 'zod'
import { Instant, Name } from '../primitives.ts'

/** For which instrument the sensors of one price are read; the book's largest holding where left out. */
export const SensorsQuery = z
  .object({
    symbol: Name.optional(),
    /** The history takes some seconds the first time; `none` leaves it out. */
    history: z.enum(['weeks', 'none']).optional(),
  })
  .strict()
/** For which instrument the sensors of one price are read. */
export type SensorsQuery = z.infer<typeof SensorsQuery>

/** One reading of the past, worked out from the bars known then. */
export const SensorPoint = z
  .object({
    at: Instant,
    reading: z.number().nullable(),
    multiplier: z.number().nullable(),
    abstains: z.boolean(),
  })
  .strict()
/** One reading of the past. */
export type SensorPoint = z.infer<typeof SensorPoint>

/** A regime sensor as a tile. */
export const SensorTile = z
  .object({
    id: z.enum(['lyapunov', 'ising', 'eigen', 'volatility_regime', 'market_regime']),
    title: z.string(),
    /** What it was read from: a symbol, or how many instruments. */
    subject: z.string(),
    /** `null` where it could not be read. */
    reading: z.number().nullable(),
    /** Standard error of the reading, where it has one. */
    error: z.number().nullable(),
    units: z.string(),
    /** The level in one word, such as calm, moderate or chaotic; `unknown` where it could not be read. */
    level: z.string(),
    /** How worrying the level is. */
    state: z.enum(['ok', 'near', 'over', 'unknown']),
    /** Readings from which the next level begins. */
    thresholds: z.array(z.object({ from: z.number(), level: z.string() }).strict()),
    /** When it was worked out, and the end of the last bar it saw. */
    at: Instant.nullable(),
    dataTo: Instant.nullable(),
    /** Milliseconds from the end of the last bar to now. */
    age: z.number().nullable(),
    pValue: z.number().nullable(),
    /** In words, where it has no p-value. */
    confidence: z.string().nullable(),
    abstains: z.boolean(),
    /** What it does to size, from 0 to 1; `null` for a sensor that does nothing by itself. */
    multiplier: z.number().nullable(),
    /** Whether it is the weakest link. */
    binds: z.boolean(),
    /** What it does to size under the profile in force, in a sentence. */
    effect: z.string(),
    says: z.string(),
    /** How it was worked out: its settings in words. */
    method: z.string(),
    history: z.array(SensorPoint),
  })
  .strict()
/** A regime sensor as a tile. */
export type SensorTile = z.infer<typeof SensorTile>

/** The regime sensors of the book. */
export const SensorsView = z
  .object({
    at: Instant,
    /** The instrument that the sensors of one price read; `null` where there is none with bars. */
    symbol: z.string().nullable(),
    sensors: z.array(SensorTile),
    /** M = min(Pλ, Pχ, PE) with what stands in for a missing one, and which sensor set it. */
    weakest: z.object({ sensor: z.string().nullable(), multiplier: z.number(), says: z.string() }).strict(),
    notes: z.array(z.string()),
  })
  .strict()
/** The regime sensors of the book. */
export type SensorsView = z.infer<typeof SensorsView>
