import * as z from 'zod'
import { DecimalText, Name } from '../primitives.ts'
import { Budget, Figure, TradesWanted } from './input.ts'
import { Chance } from './result.ts'

const Count = z.number().int().min(0)

/** Trades of one day in order: their results in R, or with the lowest and highest open result on the way. */
const Day = z
  .array(z.union([Figure, z.object({ r: Figure, worst: Figure.optional(), best: Figure.optional() }).strict()]))
  .max(1_000)

/** A challenge or funded account from where it stands today. */
export const OddsInput = z
  .object({
    /** The account's own program where left out. */
    programId: Name.optional(),
    /** Where a fresh account begins, account currency; the open book's account as it stands where left out. */
    initial: DecimalText.optional(),
    /** The trader's trades that days are drawn from: of the book, or given day by day. */
    trades: TradesWanted.optional(),
    days: z.array(Day).max(100_000).optional(),
    /** Mean number of neighbouring days drawn together; 1 by default. */
    dayBlock: Figure.optional(),
    /** Risk of each later trade as a share of the initial balance; the profile's where left out. */
    riskPerTrade: Figure.optional(),
    /** The order on the ticket: its risk as a share of the initial balance, and its chances; drawn from the trades without them. */
    order: z.object({ risk: Figure, p: Figure.optional(), b: Figure.optional() }).strict().optional(),
    /** Order risks of the curve; 0 to twice the risk of a trade or of the order where left out. */
    orderRisks: z.array(Figure).min(1).max(60).optional(),
    /** Risks per trade of the curve without the order; 0.1 % to 3 % where left out. */
    tradeRisks: z.array(Figure).min(1).max(60).optional(),
    fee: Figure.optional(),
    slippage: Figure.optional(),
    /** Trading days after today; 60 by default. */
    horizon: Figure.optional(),
    /** 5,000 by default. */
    paths: Figure.optional(),
    seed: Figure.optional(),
    budget: Budget.optional(),
  })
  .strict()
/** A challenge or funded account from where it stands today. */
export type OddsInput = z.infer<typeof OddsInput>

/** The odds at one size: shares of the accounts. */
export const Odds = z
  .object({
    riskPerTrade: z.number(),
    orderRisk: z.number(),
    pass: Chance,
    /** Failing by any rule. */
    breach: Chance,
    /** Neither at the horizon. */
    open: Chance,
    failBy: z.array(z.object({ rule: z.string(), chance: Chance }).strict()),
    /** Days to pass of those that do: 10 %, 50 %, 90 %. */
    daysToPass: z.tuple([z.number(), z.number(), z.number()]).nullable(),
  })
  .strict()
/** The odds at one size. */
export type Odds = z.infer<typeof Odds>

/** The odds of an account, what the order on the ticket does to them, and the sizes that serve it best. */
export const OddsResult = z
  .object({
    programId: z.string(),
    program: z.string(),
    /** The phase whose target is counted; `null` for a funded account, which can only last. */
    phase: z.string().nullable(),
    from: z
      .object({
        currency: z.string(),
        initial: DecimalText,
        balance: DecimalText,
        equity: DecimalText,
        daysTraded: Count,
        /** Whether it is the account of the book as it stands, or a fresh one. */
        fresh: z.boolean(),
        says: z.string(),
      })
      .strict(),
    rules: z.array(z.object({ rule: z.string(), title: z.string(), floor: z.number() }).strict()),
    tradesUsed: Count,
    daysUsed: Count,
    without: Odds,
    withOrder: Odds.nullable(),
    /** What the order changes: with it less without it, on the same days. */
    effect: z.object({ pass: z.number(), breach: z.number() }).strict().nullable(),
    orderCurve: z.array(Odds),
    /** The order risk with the best chance of passing, or of lasting. */
    bestOrder: Odds.nullable(),
    tradeCurve: z.array(Odds),
    bestTrade: Odds,
    horizon: Count,
    paths: Count,
    seed: Count,
    milliseconds: z.number(),
    says: z.string(),
  })
  .strict()
/** The odds of an account. */
export type OddsResult = z.infer<typeof OddsResult>
