import * as z from 'zod'
import { Figure, StakingInput, TradesWanted } from './input.ts'

/** What the methods are compared on, and under which terms. */
export const LabInput = z
  .object({
    on: z.discriminatedUnion('from', [
      /** The book's closed trades in R, in their order. */
      z
        .object({
          from: z.literal('trades'),
          trades: TradesWanted.optional(),
          /** Policies compared; all sizing methods that can be turned into a stake where left out. */
          policies: z.array(StakingInput).min(1).max(30).optional(),
        })
        .strict(),
      /** A CSV: `date,symbol,forecast,return` and optionally `volatility` and `kind` (equity or crypto), one row per day and symbol. */
      z.object({ from: z.literal('csv'), text: z.string().max(900_000) }).strict(),
      /** The famous set-up on synthetic prices: forecasts that contain `skill` of the next day's return. */
      z
        .object({ from: z.literal('example'), skill: Figure, days: Figure.optional(), seed: Figure.optional() })
        .strict(),
    ]),
    /** Of forecasts alone: 60 % an asset, 4 times in the day, twice overnight, 6.5 % a year above equity, no cost where left out. */
    terms: z
      .object({
        assetCap: Figure.optional(),
        intradayLeverage: Figure.optional(),
        overnightLeverage: Figure.optional(),
        interest: Figure.optional(),
        cost: Figure.optional(),
      })
      .strict()
      .optional(),
    /** Variants that were tried in all, for the deflated Sharpe ratio; those shown where left out. */
    variants: Figure.optional(),
  })
  .strict()
/** What the methods are compared on. */
export type LabInput = z.infer<typeof LabInput>

const Statistic = z.number().nullable()

/** One method on the same history. Losses are positive; `null` is a measure it does not have. */
export const LabRow = z
  .object({
    id: z.string(),
    title: z.string(),
    /** What it stakes, in a sentence. */
    says: z.string(),
    totalReturn: z.number(),
    cagr: z.number(),
    volatility: z.number(),
    sharpe: Statistic,
    sortino: Statistic,
    maxDrawdown: z.number(),
    calmar: Statistic,
    /** 0.8 × Sharpe + 0.2 × CAGR. */
    squantified: Statistic,
    valueAtRisk95: z.number(),
    expectedShortfall95: z.number(),
    valueAtRisk99: z.number(),
    expectedShortfall99: z.number(),
    probabilisticSharpe: Statistic,
    /** Probability that the Sharpe ratio is real after as many variants as were tried. */
    deflatedSharpe: Statistic,
    skewness: z.number(),
    kurtosis: z.number(),
    /** Shares of equity summed over the history; `null` for trades, which hold no weights. */
    interestPaid: Statistic,
    costsPaid: Statistic,
    averageLeverage: Statistic,
    overnightLeverage: Statistic,
    /** Weight traded a day. */
    turnover: Statistic,
    /** Equity over starting equity after each period, thinned to at most 600 points at `steps`. */
    equity: z.array(z.number()),
  })
  .strict()
/** One method on the same history. */
export type LabRow = z.infer<typeof LabRow>

/** Methods compared on one history, and what the lab thinks of the forecasts. */
export const LabResult = z
  .object({
    says: z.string(),
    periods: z.number().int(),
    periodsPerYear: z.number(),
    assets: z.array(z.string()),
    /** Periods at which `equity` is given; 1 is after the first. */
    steps: z.array(z.number().int()),
    rows: z.array(LabRow),
    /** Variants the Sharpe ratios are deflated for. */
    variants: z.number().int(),
    /** `null` for trades, which were not forecast. */
    lookAhead: z
      .object({
        suspected: z.boolean(),
        /** Correlation of forecasts with the returns they are for, and with those of the day after. */
        skill: z.number(),
        skillOneDayLater: z.number(),
        /** Chance of such a skill from forecasts that know nothing. */
        chance: z.number(),
        /** One sentence for each reason to suspect. */
        says: z.array(z.string()),
      })
      .strict()
      .nullable(),
    /** How often to set the weights anew; `null` for trades, which hold none. */
    rebalancing: z
      .object({
        /** Days between two settings. */
        every: z.array(z.number().int()),
        /** Share of what is traded. */
        cost: z.number(),
        rows: z.array(
          z
            .object({
              id: z.string(),
              /** Logarithmic, a year, after costs and interest, per frequency; `null` where equity is lost whole. */
              growth: z.array(z.number().nullable()),
              /** Weight traded a day, per frequency. */
              turnover: z.array(z.number()),
            })
            .strict(),
        ),
      })
      .strict()
      .nullable(),
    /** Policies left out, with why. */
    leftOut: z.array(z.object({ method: z.string(), says: z.string() }).strict()),
    milliseconds: z.number(),
  })
  .strict()
/** Methods compared on one history. */
export type LabResult = z.infer<typeof LabResult>
