import * as z from 'zod'
import { TradeFilter } from '../edge.ts'
import { DecimalText, Instant } from '../primitives.ts'

/** A number as typed or computed; the desk refuses what is none, such as NaN, with its field. */
export const Figure = z.union([z.number(), z.nan(), z.string().max(60), z.null()])
/** A number as typed or computed. */
export type Figure = z.infer<typeof Figure>

const Figures = z.array(Figure).max(1_000_000)
const Method = z.string().min(1).max(60)

/** Which closed trades of the open book are drawn from: those of a filter, of the last days, or the last so many. */
export const TradesWanted = z
  .object({
    filter: TradeFilter.extend({ from: Instant.optional(), to: Instant.optional() }).optional(),
    /** Days back from now. */
    days: Figure.optional(),
    last: Figure.optional(),
  })
  .strict()
/** Which closed trades of the open book are drawn from. */
export type TradesWanted = z.infer<typeof TradesWanted>

const portfolio = {
  /** Mean return per step of each asset. */
  mu: z.array(Figure).max(500),
  /** Covariance per step, row by row; or the standard deviation of each asset, with `correlation`. */
  sigma: z.union([z.array(z.array(Figure).max(500)).max(500), z.array(Figure).max(500)]),
  /** With standard deviations alone; the assets are independent where left out. */
  correlation: z.array(z.array(Figure).max(500)).max(500).optional(),
  weights: z.array(Figure).max(500),
  /** Draws every asset instead of the one normal their sum follows: the same law, slower. */
  everyAsset: z.boolean().optional(),
}

/** What draws the outcome of a trade (in R) or of a step of a portfolio (simple return). */
export const ModelInput = z.discriminatedUnion('kind', [
  /** Wins `b` R with chance `p`, else loses 1 R; with `wins` and `losses` in R every path draws its own p and b from them. */
  z
    .object({
      kind: z.literal('winloss'),
      p: Figure,
      b: Figure,
      wins: Figures.optional(),
      losses: Figures.optional(),
    })
    .strict(),
  /** Draws from a list of R-multiples, oldest first, in runs of mean length `block`: 1 trade by trade, `auto` by Politis and White. */
  z
    .object({
      kind: z.literal('bootstrap'),
      returns: Figures,
      block: Figure.optional(),
      /** Every path first resamples the list: it is evidence of an edge, not the edge. */
      uncertain: z.boolean().optional(),
    })
    .strict(),
  z.object({ kind: z.literal('gaussian'), ...portfolio }).strict(),
  z.object({ kind: z.literal('student-t'), ...portfolio, degreesOfFreedom: Figure }).strict(),
  /** The closed trades of the open book. */
  z
    .object({
      kind: z.literal('book'),
      trades: TradesWanted.optional(),
      as: z.enum(['bootstrap', 'winloss']).optional(),
      block: Figure.optional(),
      uncertain: z.boolean().optional(),
    })
    .strict(),
])
/** What draws the outcome of a trade or a step. */
export type ModelInput = z.infer<typeof ModelInput>

/**
 * What is staked. `fixed_fraction`, `kelly` (a share of full Kelly), `fixed_amount`, `anti_martingale` and
 * `drawdown_throttle` take `fraction` and their own figures; any sizing method of the profile is turned into a fraction,
 * which the answer says.
 */
export const StakingInput = z
  .object({
    method: Method,
    fraction: Figure.optional(),
    /** Of `anti_martingale`: the factor after a win, and the most staked. */
    step: Figure.optional(),
    cap: Figure.optional(),
    /** Of `drawdown_throttle`: no stake beyond this drawdown, and the divisor of the stake there. */
    drawdownLimit: Figure.optional(),
    factor: Figure.optional(),
    /** Distance of the stop as a share of the price, for methods that propose a weight where outcomes are in R. */
    stop: Figure.optional(),
  })
  .strict()
/** What is staked. */
export type StakingInput = z.infer<typeof StakingInput>

/** What a run may take; 60,000 ms and 1,024 MB where left out. */
export const Budget = z.object({ milliseconds: Figure.optional(), megabytes: Figure.optional() }).strict()
/** What a run may take. */
export type Budget = z.infer<typeof Budget>

/** What every simulation of trades has in common. Floors, target and limit are shares of the starting equity. */
export const simulated = {
  model: ModelInput,
  paths: Figure,
  trades: Figure,
  seed: Figure,
  /** Equity at the start, for amounts on screen; 1 where left out. */
  startingEquity: DecimalText.optional(),
  /** Fee and slippage of a trade in R, or of a step as a share of what is held. */
  fee: Figure.optional(),
  slippage: Figure.optional(),
  /** Ever at or below it is ruin. */
  floor: Figure.optional(),
  /** Share of the path's own peak that is ruin as well. */
  trailingFloor: Figure.optional(),
  stopAtFloor: z.boolean().optional(),
  target: Figure.optional(),
  limit: Figure.optional(),
  budget: Budget.optional(),
}

/** One simulation. */
export const RunInput = z
  .object({
    ...simulated,
    staking: StakingInput,
    /** `core` leaves out time under water, streaks, target and fan, and runs on the fastest kernels. */
    detail: z.enum(['core', 'full']).optional(),
    /** Keeps a record of the finished run in the open book. */
    record: z.boolean().optional(),
  })
  .strict()
/** One simulation. */
export type RunInput = z.infer<typeof RunInput>

/** Two policies on the same random numbers. */
export const CompareInput = z
  .object({
    ...simulated,
    a: StakingInput,
    b: StakingInput,
    /** Keeps a record of the finished run of policy A in the open book. */
    record: z.boolean().optional(),
  })
  .strict()
/** Two policies on the same random numbers. */
export type CompareInput = z.infer<typeof CompareInput>

/** A curve over the staked fraction. */
export const CurveInput = z
  .object({
    ...simulated,
    /** Fractions of equity, rising; from a twentieth of full Kelly to twice it where left out. */
    fractions: z.array(Figure).min(1).max(200).optional(),
    /** How many fractions, where they are left out; 24 by default. */
    points: Figure.optional(),
    /** Other edges the evidence allows, for the bands; 40 by default, none where the model carries no evidence. */
    resamples: Figure.optional(),
    /** Paths of each; 500 by default. */
    resamplePaths: Figure.optional(),
    /** What the trader will bear: most chance of ruin, deepest median drawdown. */
    tolerance: z.object({ ruin: Figure.optional(), drawdown: Figure.optional() }).strict().optional(),
  })
  .strict()
/** A curve over the staked fraction. */
export type CurveInput = z.infer<typeof CurveInput>
