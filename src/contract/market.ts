import * as z from 'zod'
import { DecimalText, Instant, Name, Reading } from './primitives.ts'
import { refusable } from './refusal.ts'

/** Contract specification of an instrument; money in its own currency, decimals as text. */
export const Instrument = z
  .object({
    symbol: Name,
    name: z.string().max(200),
    assetClass: z.enum(['equity', 'etf', 'crypto', 'fx', 'future', 'option', 'cfd']),
    currency: z.string().regex(/^[A-Z0-9]{2,8}$/),
    tickSize: z.string().max(60),
    lotStep: z.string().max(60),
    minQuantity: z.string().max(60),
    maxQuantity: z.string().max(60).nullable(),
    minNotional: z.string().max(60).nullable(),
    pointValue: z.string().max(60),
    contractSize: z.string().max(60).nullable(),
    tickValue: z.string().max(60).nullable(),
    clusters: z.array(Name).max(20),
    shortable: z.boolean(),
    enabled: z.boolean(),
    restricted: z.boolean(),
    calendar: z.enum(['equity', 'crypto', 'fx', 'futures']),
    marginRate: z.string().max(60).nullable(),
    marginPerUnit: z.string().max(60).nullable(),
    maxLeverageIntraday: z.string().max(60).nullable(),
    maxLeverageOvernight: z.string().max(60).nullable(),
    commissionPerUnit: z.string().max(60),
    commissionRate: z.string().max(60),
    commissionMinimum: z.string().max(60),
    spread: z.string().max(60),
    slippageTicks: z.string().max(60),
    optionDelta: z.string().max(60).nullable(),
    optionStrike: z.string().max(60).nullable(),
    optionUnderlying: z.string().max(60).nullable(),
    optionRight: z.enum(['call', 'put']).nullable(),
    expires: z.iso.date().nullable(),
    source: z.string().max(500),
  })
  .strict()
/** Contract specification of an instrument. */
export type Instrument = z.infer<typeof Instrument>

const Interval = z.enum(['1m', '5m', '15m', '1h', '4h', '1d', '1w', '1mo'])

/** Bars for a chart as parallel arrays (float64, for drawing only), with the average true range per bar. */
export const BarSeries = z
  .object({
    symbol: z.string(),
    interval: Interval,
    at: z.array(Instant),
    open: z.array(z.number()),
    high: z.array(z.number()),
    low: z.array(z.number()),
    close: z.array(z.number()),
    volume: z.array(z.number().nullable()),
    atr: z.array(z.number().nullable()),
    atrPeriod: z.number().int(),
    source: z.string(),
    /** Lengths of bars this symbol has. */
    intervals: z.array(Interval),
  })
  .strict()
/** Bars for a chart. */
export type BarSeries = z.infer<typeof BarSeries>

/** What the ticket shows beside the symbol: specification, last price, range, holding. */
export const InstrumentFacts = z
  .object({
    instrument: Instrument,
    last: Reading,
    atr: Reading,
    /** Account currency per unit of the instrument's currency; `null` where no path is known. */
    fxRate: DecimalText.nullable(),
    /** Money per tick and unit, account currency. */
    tickValue: DecimalText.nullable(),
    /** Signed units held. */
    held: DecimalText,
    heldAveragePrice: DecimalText.nullable(),
  })
  .strict()
/** What the ticket shows beside the symbol. */
export type InstrumentFacts = z.infer<typeof InstrumentFacts>

/** A strategy and its budget. */
export const Strategy = z
  .object({
    code: Name,
    budget: z.string().max(60).nullable(),
    fixedQuantity: z.string().max(60).nullable(),
    method: z.string().max(60).nullable(),
    enabled: z.boolean(),
  })
  .strict()
/** A strategy and its budget. */
export type Strategy = z.infer<typeof Strategy>

export const market = {
  instruments: refusable.output(z.array(Instrument)),
  facts: refusable.input(z.object({ symbol: Name, asOf: Instant.optional() }).strict()).output(InstrumentFacts),
  saveInstrument: refusable.input(Instrument).output(Instrument),
  bars: refusable
    .input(
      z
        .object({
          symbol: Name,
          interval: Interval.optional(),
          until: Instant.optional(),
          limit: z.number().int().min(1).max(5000).default(250),
        })
        .strict(),
    )
    .output(BarSeries),
  /** Types a price: it marks positions and prices orders until a newer one is known. */
  typePrice: refusable.input(z.object({ symbol: Name, price: z.string().max(60) }).strict()).output(InstrumentFacts),
  strategies: refusable.output(z.array(Strategy)),
  saveStrategy: refusable.input(Strategy).output(Strategy),
}
