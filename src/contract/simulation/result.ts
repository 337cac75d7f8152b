import * as z from 'zod'
import { DecimalText } from '../primitives.ts'

const Count = z.number().int().min(0)

/** A share of the paths with its 95 % Wilson interval. */
export const Chance = z.object({ probability: z.number(), low: z.number(), high: z.number() }).strict()
/** A share of the paths with its 95 % Wilson interval. */
export type Chance = z.infer<typeof Chance>

/** Mean with its standard error, and quantiles in the order of the result's `shares`. */
export const Spread = z.object({ mean: z.number(), standardError: z.number(), quantiles: z.array(z.number()) }).strict()
/** Mean with its standard error, and quantiles. */
export type Spread = z.infer<typeof Spread>

const Interval = z.object({ value: z.number(), low: z.number(), high: z.number() }).strict()

/** Bins of equal width; bin i begins at `from` + i·`width`. Values beyond the ends are counted apart. */
export const Bins = z
  .object({ from: z.number(), width: z.number(), counts: z.array(Count), below: Count, above: Count })
  .strict()
/** Bins of equal width. */
export type Bins = z.infer<typeof Bins>

/** The stake a policy came to: which fraction of what, in one sentence. */
export const StakingView = z
  .object({
    method: z.string(),
    title: z.string(),
    /** Of equity; for `kelly` what it came to. */
    fraction: z.number(),
    /** `risk`: lost at −1 R. `weight`: value of the position. */
    notion: z.enum(['risk', 'weight']),
    says: z.string(),
  })
  .strict()
/** The stake a policy came to. */
export type StakingView = z.infer<typeof StakingView>

/** The model a run drew from. */
export const ModelView = z
  .object({
    kind: z.enum(['winloss', 'bootstrap', 'gaussian', 'student-t']),
    /** Outcomes in R or simple returns of a portfolio. */
    outcomes: z.enum(['r', 'return']),
    /** How many outcomes or assets. */
    count: Count,
    winProbability: z.number().nullable(),
    payoff: z.number().nullable(),
    /** Mean outcome before costs. */
    mean: z.number(),
    /** Mean block length of a bootstrap. */
    block: z.number().nullable(),
    /** Full Kelly after costs; `null` where it is unbounded. */
    kelly: z.number().nullable(),
    says: z.string(),
  })
  .strict()
/** The model a run drew from. */
export type ModelView = z.infer<typeof ModelView>

const Checkpoint = z
  .object({
    paths: Count,
    growthPerTrade: z.number(),
    medianDrawdown: z.number(),
    ruin: z.number().nullable(),
  })
  .strict()

/** Whether more paths would change the answer, and the line that shows it. */
export const Convergence = z
  .object({ enough: z.boolean(), pathsNeeded: z.number(), says: z.string(), line: z.array(Checkpoint) })
  .strict()
/** Whether more paths would change the answer. */
export type Convergence = z.infer<typeof Convergence>

/** Equity over starting equity by step: one row of `bands` per share, and a few of the paths themselves. */
export const Fan = z
  .object({
    /** 1 is after the first trade; every path is at 1 at step 0. */
    steps: z.array(Count),
    shares: z.array(z.number()),
    bands: z.array(z.array(z.number())),
    samples: z.array(z.array(z.number())),
    /** Paths the bands are made of. */
    paths: Count,
  })
  .strict()
/** Equity over starting equity by step. */
export type Fan = z.infer<typeof Fan>

/** What a finished run found, but for its pictures. Equity is over starting equity; drawdowns and growth are fractions. */
export const findings = {
  /** Shares of the quantiles. */
  shares: z.array(z.number()),
  finalEquity: Spread,
  /** exp(mean log wealth / trades) − 1 with its 95 % interval; −1 where a path lost everything. */
  growthPerTrade: Interval,
  maxDrawdown: Spread,
  timeUnderWater: Spread.nullable(),
  losingStreak: Spread.nullable(),
  /** Ever at or below a floor; `null` without one. */
  ruin: Chance.nullable(),
  floorTouched: Chance.nullable(),
  trailingFloorTouched: Chance.nullable(),
  targetFirst: Chance.nullable(),
  limitFirst: Chance.nullable(),
  endsBelowStart: Chance,
  /** Of the final result at 5 %: losses as shares of starting equity. */
  valueAtRisk: z.number(),
  expectedShortfall: z.number(),
  /** Largest relative error of an equity quantile: 0 where every path was kept. */
  quantileError: z.number(),
  convergence: Convergence,
}

/** What names a run: the same parameters and seed give the same digest on any machine and any number of workers. */
export const identity = {
  /** SHA-256 over everything measured of every path. */
  digest: z.string(),
  engine: z.string(),
  seed: Count,
  paths: Count,
  trades: Count,
  startingEquity: DecimalText,
  milliseconds: z.number(),
  model: ModelView,
  staking: StakingView,
}

/** A finished run, whole. */
export const RunResult = z
  .object({
    ...identity,
    ...findings,
    histograms: z.object({ finalEquity: Bins, maxDrawdown: Bins }).strict(),
    fan: Fan.nullable(),
    /** Record kept in the book; `null` where none was asked for. */
    recordId: z.string().nullable(),
  })
  .strict()
/** A finished run, whole. */
export type RunResult = z.infer<typeof RunResult>

const Difference = z.object({ value: z.number(), standardError: z.number() }).strict()

/** Policy A against policy B, path against path. */
export const CompareResult = z
  .object({
    a: RunResult,
    b: RunResult,
    /** Growth per trade of A less that of B, with its 95 % interval. */
    growthDifference: Interval,
    /** Share of the paths on which A ends higher. */
    aEndsHigher: Chance,
    /** Mean maximum drawdown of A less that of B. */
    drawdownDifference: Difference,
    milliseconds: z.number(),
    says: z.string(),
  })
  .strict()
/** Policy A against policy B. */
export type CompareResult = z.infer<typeof CompareResult>

const Band = z.tuple([z.number(), z.number()])

/** Growth, ruin and median maximum drawdown against the staked fraction, with bands for the middle 80 % of edges. */
export const CurveResult = z
  .object({
    points: z.array(
      z
        .object({
          fraction: z.number(),
          /** Median growth per trade. */
          growth: z.number(),
          growthBand: Band.nullable(),
          ruin: Chance.nullable(),
          ruinBand: Band.nullable(),
          medianDrawdown: z.number(),
          drawdownBand: Band.nullable(),
        })
        .strict(),
    ),
    recommended: z
      .object({
        /** 0 where no point is within the tolerance, or none grows. */
        fraction: z.number(),
        bound: z.enum(['growth', 'ruin', 'drawdown', 'no edge']),
        says: z.string(),
      })
      .strict(),
    model: ModelView,
    notion: z.enum(['risk', 'weight']),
    /** Why there are no bands; `null` where there are. */
    noBands: z.string().nullable(),
    engine: z.string(),
    seed: Count,
    paths: Count,
    trades: Count,
    milliseconds: z.number(),
  })
  .strict()
/** A curve over the staked fraction. */
export type CurveResult = z.infer<typeof CurveResult>

/** How far a simulation is. */
export const Progress = z.object({ kind: z.literal('progress'), done: Count, of: Count }).strict()
/** How far a simulation is. */
export type Progress = z.infer<typeof Progress>

/** A message of a simulation under way: progress, then exactly one result. A stream that ends without one was refused. */
export const messageOf = <Result extends z.ZodType>(result: Result) =>
  z.discriminatedUnion('kind', [Progress, z.object({ kind: z.literal('result'), result }).strict()])
