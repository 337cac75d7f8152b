import * as z from 'zod'
import { Instant, Name } from '../primitives.ts'

/** Oldest quote that may be used, milliseconds. */
const Ttl = z.number().int().min(250).max(3_600_000)

/** A program of the user's own on this machine, which connects at a port. */
export const LocalFeedSettings = z
  .object({
    feed: z.literal('local-socket'),
    /** 0 takes any free port. */
    port: z.number().int().min(0).max(65_535),
    ttl: Ttl,
  })
  .strict()

/** Public prices of an exchange; what is called what there is said line by line. */
export const ExchangeFeedSettings = z
  .object({
    feed: z.literal('exchange'),
    /** The exchange as the library names it, such as `binanceusdm`. */
    venue: z.string().regex(/^[a-z0-9]{2,40}$/),
    markets: z
      .array(z.object({ symbol: Name, market: Name }).strict())
      .min(1)
      .max(200),
    ttl: Ttl,
  })
  .strict()

/** What a live feed is started with. */
export const FeedSettings = z.discriminatedUnion('feed', [LocalFeedSettings, ExchangeFeedSettings])
/** What a live feed is started with. */
export type FeedSettings = z.infer<typeof FeedSettings>

/** A source of live quotes that can be started. */
export const FeedSource = z
  .object({ feed: z.enum(['local-socket', 'exchange']), title: z.string(), says: z.string() })
  .strict()
/** A source of live quotes that can be started. */
export type FeedSource = z.infer<typeof FeedSource>

/** What one thing that went wrong said last, and how often it did. */
export const FeedFault = z.object({ at: Instant, says: z.string(), times: z.number().int() }).strict()
/** What one thing that went wrong said last, and how often it did. */
export type FeedFault = z.infer<typeof FeedFault>

/** The live feed of the open book, as it stands now. */
export const LiveFeedView = z
  .object({
    /** `off`: none runs. `lost`: it runs, and its source is gone. `failing`: it cannot begin, and tries again. */
    state: z.enum(['off', 'starting', 'waiting', 'open', 'lost', 'failing']),
    title: z.string(),
    says: z.string(),
    /** Where a bridge connects, or the venue; `null` where there is none. */
    address: z.string().nullable(),
    /** What it runs with, or ran with last; `null` where none ever did. */
    settings: FeedSettings.nullable(),
    /** Quotes a second, the mean of the last ten. */
    rate: z.number(),
    /** Quotes since it was started, and those that were not used. */
    quotes: z.number().int(),
    unused: z.number().int(),
    /** Stamp of the newest quote, and its age by the clock of the desk. */
    lastAt: Instant.nullable(),
    age: z.number().int().nullable(),
    /** What went wrong, newest last. */
    faults: z.array(FeedFault),
  })
  .strict()
/** The live feed of the open book. */
export type LiveFeedView = z.infer<typeof LiveFeedView>

/** The token a bridge shows. It is told in the answer that makes it, and lies in a file only its owner reads. */
export const FeedToken = z.object({ token: z.string(), file: z.string() }).strict()
/** The token a bridge shows. */
export type FeedToken = z.infer<typeof FeedToken>
