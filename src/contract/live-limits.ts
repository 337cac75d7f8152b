import * as z from 'zod'
import { ExposureLine, LimitReading } from './limits.ts'
import { DecimalText, Instant } from './primitives.ts'
import { refusable } from './refusal.ts'

/** One ceiling as it is used now, with what is left of it. */
export const LiveLimit = LimitReading.extend({
  /** Names the limit in breaches and in its history: rule and subject. */
  key: z.string(),
  /** Below 70 % safe, below 90 % caution, else danger. */
  band: z.enum(['safe', 'caution', 'danger', 'unknown']),
  /** What is left, never below 0; each `null` where it cannot be said. */
  headroom: z
    .object({
      money: DecimalText.nullable(),
      /** Of the symbol the limit is about. */
      units: DecimalText.nullable(),
      /** How many losses of the usual size fit in. */
      typicalLosses: DecimalText.nullable(),
    })
    .strict(),
  /** Whether it limits a loss: then a confirmed breach stops new risk. */
  isLoss: z.boolean(),
  /** Newest fresh readings of a loss limit, oldest first: `x` broken, `o` kept; empty for others. */
  readings: z.string(),
}).strict()
/** One ceiling as it is used now. */
export type LiveLimit = z.infer<typeof LiveLimit>

/** A loss limit that was seen broken and confirmed. */
export const LimitBreach = z
  .object({
    breachId: z.string(),
    key: z.string(),
    title: z.string(),
    code: z.string(),
    at: Instant,
    used: DecimalText.nullable(),
    limit: DecimalText.nullable(),
    says: z.string(),
    acknowledgedAt: Instant.nullable(),
    note: z.string().nullable(),
  })
  .strict()
/** A loss limit that was seen broken. */
export type LimitBreach = z.infer<typeof LimitBreach>

/** The risk of what is held by its correlations, from the studies the desk keeps. */
export const LiveRisk = z
  .object({
    /** Annualised, a fraction of equity; `null` where it is not known. */
    volatility: DecimalText.nullable(),
    /** Loss at the stops by their correlations, unknown ones at the worst. */
    correlated: DecimalText.nullable(),
    /** The same as if all stops were hit. */
    added: DecimalText.nullable(),
    /** With all correlations of one direction at 1. */
    stressed: DecimalText.nullable(),
    /** What each symbol adds; largest first. */
    contributions: z.array(
      z
        .object({
          symbol: z.string(),
          /** Signed exposure over equity. */
          weight: DecimalText,
          /** Annualised, of the instrument. */
          volatility: DecimalText.nullable(),
          /** Of the portfolio's volatility: shares add up to 1, one that hedges is negative. */
          ofVolatility: DecimalText.nullable(),
          /** Loss at its stops in account currency. */
          risk: DecimalText,
          /** Of the correlated risk. */
          ofRisk: DecimalText.nullable(),
        })
        .strict(),
    ),
    /** What it rests on; `null` where nothing is held. */
    study: z
      .object({
        /** End of the last bars that all have. */
        at: Instant,
        age: z.number().int(),
        /** When it was worked out. */
        madeAt: Instant,
        periods: z.number().int(),
        source: z.string(),
      })
      .strict()
      .nullable(),
    /** What is not known of it, one sentence each. */
    unknown: z.array(z.string()),
  })
  .strict()
/** The risk of what is held by its correlations. */
export type LiveRisk = z.infer<typeof LiveRisk>

/** The limits of the open book, live. */
export const LiveLimits = z
  .object({
    at: Instant,
    accountId: z.string(),
    currency: z.string(),
    equity: DecimalText.nullable(),
    equityAt: Instant.nullable(),
    dayProfit: DecimalText.nullable(),
    /** Of the day's opening equity. */
    dayReturn: DecimalText.nullable(),
    openRisk: DecimalText.nullable(),
    gross: DecimalText.nullable(),
    net: DecimalText.nullable(),
    /** Gross exposure over equity. */
    leverage: DecimalText.nullable(),
    bySymbol: z.array(ExposureLine),
    byCluster: z.array(ExposureLine),
    byStrategy: z.array(ExposureLine),
    byClass: z.array(ExposureLine),
    risk: LiveRisk,
    /** Nearest to breach first. */
    limits: z.array(LiveLimit),
    /** What one trade usually loses: the mean loss of the last closed trades. */
    typicalLoss: z.object({ amount: DecimalText, trades: z.number().int() }).strict().nullable(),
    /** When day, week and month begin anew, in the account's zone and in a firm's. */
    resets: z.array(
      z
        .object({
          period: z.enum(['day', 'week', 'month', 'firm day']),
          at: Instant,
          left: z.number().int(),
          timeZone: z.string(),
          dayRoll: z.string(),
        })
        .strict(),
    ),
    /** Open breaches first, then those of today, newest first. */
    breaches: z.array(LimitBreach),
    /** What has to go before the cut-off to keep the overnight limit; `null` without such a limit. */
    shed: z
      .object({
        cutOff: Instant,
        left: z.number().int(),
        /** Largest leverage overnight. */
        limit: DecimalText,
        leverage: DecimalText.nullable(),
        /** Exposure in account currency that is too much; 0 where none is. */
        amount: DecimalText.nullable(),
        /** Symbols above an overnight limit of their own; units in whole lots. */
        symbols: z.array(z.object({ symbol: z.string(), amount: DecimalText, units: DecimalText }).strict()),
        says: z.string(),
      })
      .strict()
      .nullable(),
    /** What is missing or stale, one sentence each. */
    unknown: z.array(z.string()),
    /** So many of so many fresh readings confirm a breach. */
    confirmation: z.object({ needed: z.number().int(), among: z.number().int() }).strict(),
  })
  .strict()
/** The limits of the open book, live. */
export type LiveLimits = z.infer<typeof LiveLimits>

/** How one limit was used over time. */
export const LimitHistory = z
  .object({
    key: z.string(),
    points: z.array(
      z.object({ at: Instant, used: DecimalText, limit: DecimalText, utilisation: DecimalText.nullable() }).strict(),
    ),
  })
  .strict()
/** How one limit was used over time. */
export type LimitHistory = z.infer<typeof LimitHistory>

export const liveLimits = {
  live: refusable
    .route({ method: 'GET', path: '/limits/live', summary: 'Every limit as it is used now, with headroom' })
    .output(LiveLimits),
  /** Points of one limit, oldest first: at most one a minute, the newest `limit` of them (500). */
  history: refusable
    .route({ method: 'GET', path: '/limits/history', summary: 'How one limit was used over time' })
    .input(
      z
        .object({
          key: z.string().min(1).max(260),
          from: z.coerce.number<number>().int().min(1).optional(),
          limit: z.coerce.number<number>().int().min(1).max(5_000).optional(),
        })
        .strict(),
    )
    .output(LimitHistory),
}
