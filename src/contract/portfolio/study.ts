import * as z from 'zod'
import { PackedMatrix } from '../packed-matrix.ts'
import { Instant, Name, Typed } from '../primitives.ts'

/** Which instruments are studied together, and how far back. */
export const StudyFrameInput = {
  /** All with daily bars where left out. */
  symbols: z.array(Name).min(1).max(1_000).optional(),
  /** Common periods looked back on, from 20 to 2,000; 60 where left out. */
  lookback: Typed,
  /** Instant to study for; the book's clock where left out. */
  asOf: Instant.optional(),
}

/** What a study of markets is asked. */
export const StudyQuery = z
  .object({
    ...StudyFrameInput,
    /** Length of bars: days alone, on which calendars can be compared. */
    interval: z.literal('1d').optional(),
    /** How clusters are joined; `average` where left out. */
    linkage: z.enum(['average', 'single']).optional(),
  })
  .strict()
/** What a study of markets is asked. */
export type StudyQuery = z.infer<typeof StudyQuery>

/** How old a study is, and on what it stands. */
export const StudyAge = z
  .object({
    /** End of the last bar in it. */
    at: Instant,
    /** Milliseconds from the end of the last bar to the instant asked for. */
    age: z.number(),
    lookback: z.number().int(),
    periods: z.number().int(),
    /** First and last day, `YYYY-MM-DD`. */
    from: z.string(),
    to: z.string(),
  })
  .strict()
/** How old a study is, and on what it stands. */
export type StudyAge = z.infer<typeof StudyAge>

/** What one instrument has of the periods looked at. */
export const AssetCoverage = z
  .object({
    symbol: z.string(),
    calendar: z.string(),
    /** Whether it is in the matrices. */
    studied: z.boolean(),
    /** Periods with a return; without: before its first bar, after its last, and between them. */
    known: z.number().int(),
    before: z.number().int(),
    after: z.number().int(),
    gaps: z.number().int(),
    /** A year, a fraction; `null` where it is not known. */
    volatility: z.number().nullable(),
    volatilityMethod: z.string(),
    /** What is missing, or that nothing is. */
    says: z.string(),
  })
  .strict()
/** What one instrument has of the periods looked at. */
export type AssetCoverage = z.infer<typeof AssetCoverage>

/** Instruments studied together. Matrices and lists are in the order of `symbols`. */
export const StudyView = z
  .object({
    ...StudyAge.shape,
    interval: z.literal('1d'),
    /** Periods after which a weight halves; effective periods on average. */
    halfLife: z.number(),
    effective: z.number(),
    leastCommon: z.number().int(),
    /** Those of which every pair was measured. */
    symbols: z.array(z.string()),
    /** Could not be studied with the others, and why. */
    leftOut: z.array(z.object({ symbol: z.string(), says: z.string() }).strict()),
    /** Every instrument asked for, in the order asked, or by name. */
    assets: z.array(AssetCoverage),
    /** Pairs that could not be measured or lack periods, the poorest first, at most 500 of `missingPairs`. */
    missing: z.array(z.object({ a: z.string(), b: z.string(), periods: z.number().int(), says: z.string() }).strict()),
    missingPairs: z.number().int(),
    /** Correlations: measured (repaired to a correlation matrix), shrunk, denoised; 1 on the diagonal. */
    raw: PackedMatrix,
    shrunk: PackedMatrix,
    denoised: PackedMatrix,
    /** 95 % interval of each measured correlation; 1 on the diagonal. */
    low: PackedMatrix,
    high: PackedMatrix,
    /** Periods each pair was measured on; `periods` on the diagonal. */
    counts: PackedMatrix,
    /** Frobenius distance of the repair; 0 where none was needed. */
    repair: z.number(),
    shrinkage: z.object({ intensity: z.number(), meanCorrelation: z.number() }).strict(),
    /** Places in `symbols`, so that those that move together stand together. */
    order: z.array(z.number().int()),
    /** The hierarchy: numbers below n are places in `symbols`, n + k is what merge k made. */
    merges: z.array(z.object({ left: z.number().int(), right: z.number().int(), distance: z.number() }).strict()),
    /** From largest to smallest. */
    eigenvalues: z.array(z.number()),
    /** The band of pure noise (Marchenko and Pastur). */
    noise: z.object({ low: z.number(), high: z.number() }).strict(),
    /** Eigenvalues above the noise edge. */
    signals: z.number().int(),
    /** Share of variance that the first `components` components carry. */
    absorption: z.object({ ratio: z.number(), components: z.number().int() }).strict(),
    /** What was done, a sentence each. */
    notes: z.array(z.string()),
    says: z.string(),
  })
  .strict()
/** Instruments studied together. */
export type StudyView = z.infer<typeof StudyView>
