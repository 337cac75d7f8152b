import * as z from 'zod'
import { DecimalText, Instant, Name } from './primitives.ts'
import { refusable } from './refusal.ts'
import { approval } from './trading/approval.ts'
import { FlattenPlanView, FlattenView } from './trading/flatten.ts'
import { handWork } from './trading/hand-work.ts'
import { OrderView } from './trading/order.ts'

/** A position as it stands: what is held of a symbol for a strategy. Signed units. */
export const PositionView = z
  .object({
    symbol: z.string(),
    strategy: z.string().nullable(),
    quantity: DecimalText,
    averagePrice: DecimalText,
    currency: z.string().nullable(),
    /** Newest known price, with its source and time; `null` where none is known. */
    mark: DecimalText.nullable(),
    markSource: z.string(),
    markAt: Instant.nullable(),
    /** Profit that floats, account currency; `null` where no price or rate is known. */
    profit: DecimalText.nullable(),
    /** Stop it was sized with. */
    stop: DecimalText.nullable(),
    /** Exits at the broker that protect it. */
    protectedBy: z.array(
      z.object({ clientId: z.string(), kind: z.string(), price: DecimalText, open: DecimalText }).strict(),
    ),
    /** Units that no stop at the broker protects. */
    unprotected: DecimalText,
    /** Units that orders on their way would close. */
    closing: DecimalText,
  })
  .strict()
/** A position as it stands. */
export type PositionView = z.infer<typeof PositionView>

/** Where orders of the open book go, and what the broker's account says of itself. */
export const BrokerView = z
  .object({
    id: z.enum(['paper', 'manual', 'exchange']),
    title: z.string(),
    says: z.string(),
    /** Whether an order reaches a market without a person carrying it there. */
    forwards: z.boolean(),
    currency: z.string(),
    /** Of the paper account; `null` where nothing was traded on paper yet, and at other brokers. */
    equity: DecimalText.nullable(),
    marginUsed: DecimalText.nullable(),
    gross: DecimalText.nullable(),
    working: z.number().int(),
    unknown: z.number().int(),
    /** What is wrong between book and broker, one sentence each. */
    alarms: z.array(z.string()),
  })
  .strict()
/** Where orders of the open book go. */
export type BrokerView = z.infer<typeof BrokerView>

/** An id the caller chose: the same one again is the same act. */
const ActId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)

export const trading = {
  broker: refusable
    .route({ method: 'GET', path: '/broker', summary: 'Where orders go, and its alarms' })
    .output(BrokerView),
  ...approval,
  /** Orders, newest first; with `open` those alone that may still be filled. */
  orders: refusable
    .route({ method: 'GET', path: '/orders', summary: 'Orders with what became of them, newest first' })
    .input(
      z
        .object({
          open: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
          limit: z.coerce.number<number>().int().min(1).max(5_000).optional(),
        })
        .strict(),
    )
    .output(z.array(OrderView)),
  cancel: refusable.input(z.object({ clientId: Name }).strict()).output(OrderView),
  /** Moves a protective stop, named by itself or by its entry, nearer to the market; a wider one adds risk and is refused. */
  replaceStop: refusable.input(z.object({ clientId: Name, stop: z.string().max(60) }).strict()).output(OrderView),
  /** Protects what is held and has no stop yet with a stop order of its own. The same id again is the same stop. */
  setStop: refusable
    .input(z.object({ stopId: ActId, symbol: Name, strategy: Name.nullable(), stop: z.string().max(60) }).strict())
    .output(OrderView),
  /** Closes a position at the market, wholly with `quantity` null. No limit is asked, and it never goes past flat. */
  exit: refusable
    .input(
      z
        .object({
          exitId: ActId,
          symbol: Name,
          strategy: Name.nullable(),
          quantity: z.string().max(60).nullable(),
        })
        .strict(),
    )
    .output(OrderView),
  positions: refusable
    .route({ method: 'GET', path: '/positions', summary: 'Open positions with their protection' })
    .output(z.array(PositionView)),
  /** What flattening would cancel and close, to be looked at and confirmed. */
  flattenPlan: refusable.output(FlattenPlanView),
  /** Cancels, then closes everything on a plan that was looked at; refused where the plan has changed since. */
  flatten: refusable.input(z.object({ flattenId: ActId, planId: Name }).strict()).output(FlattenView),
  /** How far a flatten has come: only fills make a position flat. */
  flattenStatus: refusable.input(z.object({ flattenId: ActId }).strict()).output(FlattenView),
  ...handWork,
}
