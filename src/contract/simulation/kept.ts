import * as z from 'zod'
import { Instant, Name } from '../primitives.ts'
import { CurveInput, RunInput, StakingInput } from './input.ts'
import { Bins, findings, identity } from './result.ts'

/** A run as listed. */
export const RunRecordRow = z
  .object({
    recordId: z.string(),
    at: Instant,
    digest: z.string(),
    engine: z.string(),
    seed: z.number().int(),
    paths: z.number().int(),
    trades: z.number().int(),
    milliseconds: z.number(),
    /** Model and stake in a sentence. */
    says: z.string(),
  })
  .strict()
/** A run as listed. */
export type RunRecordRow = z.infer<typeof RunRecordRow>

/** A run kept in the book: what it was asked, and all it found but its fan. */
export const RunRecord = z
  .object({
    recordId: z.string(),
    at: Instant,
    input: RunInput,
    found: z.object({ ...identity, ...findings }).strict(),
    says: z.string(),
  })
  .strict()
/** A run kept in the book. */
export type RunRecord = z.infer<typeof RunRecord>

/** What is kept under a name: a run, the policy it is compared with, and the tolerance of its curve. */
export const ScenarioInput = z
  .object({
    name: Name,
    run: RunInput,
    against: StakingInput.optional(),
    tolerance: CurveInput.shape.tolerance,
  })
  .strict()
/** What is kept under a name. */
export type ScenarioInput = z.infer<typeof ScenarioInput>

/** A named scenario of the book. */
export const Scenario = z.object({ ...ScenarioInput.shape, at: Instant }).strict()
/** A named scenario of the book. */
export type Scenario = z.infer<typeof Scenario>

const Statistic = z.number().nullable()

/** The closed trades that a simulation can draw from. */
export const SourceView = z
  .object({
    /** Which trades, in words. */
    scope: z.string(),
    from: Instant.nullable(),
    to: Instant.nullable(),
    trades: z.number().int(),
    /** Trades whose R is known: only these are drawn. */
    withR: z.number().int(),
    withoutStop: z.number().int(),
    wins: z.number().int(),
    losses: z.number().int(),
    /** Win rate and mean win over mean loss of the R-multiples. */
    p: Statistic,
    b: Statistic,
    /** Mean R with its 95 % interval. */
    meanR: Statistic,
    meanRLow: Statistic,
    meanRHigh: Statistic,
    /** Chance that the mean is not above zero, by the normal law. */
    noEdge: Statistic,
    /** Growth-optimal risk fraction of the R-multiples; `null` where it is unbounded or unknown. */
    kelly: Statistic,
    /** Mean block length that keeps streaks (Politis and White). */
    block: Statistic,
    /** R-multiples in bins; `null` without any. */
    histogram: Bins.nullable(),
    choices: z
      .object({ strategies: z.array(z.string()), symbols: z.array(z.string()), tags: z.array(z.string()) })
      .strict(),
    /** Why a simulation cannot draw from them; `null` when it can. */
    missing: z.string().nullable(),
    says: z.string(),
  })
  .strict()
/** The closed trades that a simulation can draw from. */
export type SourceView = z.infer<typeof SourceView>
