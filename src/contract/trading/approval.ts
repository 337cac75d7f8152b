import * as z from 'zod'
import { Name, Side } from '../primitives.ts'
import { refusable } from '../refusal.ts'
import { OrderView } from './order.ts'

/** One thing that is unusual about an order, so that its size has to be typed once more. */
export const Unusual = z.object({ kind: z.enum(['first', 'few', 'size', 'price', 'side']), says: z.string() }).strict()
/** One thing that is unusual about an order. */
export type Unusual = z.infer<typeof Unusual>

const Quantity = z.string().max(60)

/** How an order is approved. A live one needs a deliberate act, whatever the settings: the desk times it. */
export const approval = {
  /** What is unusual about an order that would add risk; empty where nothing is, and in a book that is not live. */
  unusual: refusable
    .input(
      z
        .object({
          symbol: Name,
          side: Side,
          quantity: Quantity,
          /** Price the order names; `null` for one at the market. */
          price: Quantity.nullable(),
          strategy: Name.nullable(),
        })
        .strict(),
    )
    .output(z.array(Unusual)),
  /**
   * The key went down on a live order, in the window that holds the arm. What it answers approves that order once, from
   * `holdFor` milliseconds later on; a newer press takes its place.
   */
  beginApproval: refusable
    .input(z.object({ windowId: Name, symbol: Name, side: Side, quantity: Quantity }).strict())
    .output(z.object({ confirmation: z.string(), holdFor: z.number().int() }).strict()),
  /**
   * Sends the order of a recorded decision. It is decided again on what is known now, other orders counted: where limits
   * allow less than was decided it is refused, or sent for less with `orLess`. Approved twice it is one order.
   */
  approve: refusable
    .input(
      z
        .object({
          decisionId: Name,
          /** A typed entry is a limit unless it is named a stop; without a typed entry it is a market order. */
          as: z.enum(['market', 'limit', 'stop', 'stop-limit']).optional(),
          lasts: z.enum(['day', 'until-cancelled']).optional(),
          orLess: z.boolean().optional(),
          /** What `beginApproval` answered: without it a live order that adds risk is refused as `NOT_CONFIRMED`. */
          confirmation: Name.optional(),
          /** The decided size, typed once more: without it an unusual live order is refused as `UNUSUAL_ORDER`. */
          typedQuantity: Quantity.optional(),
        })
        .strict(),
    )
    .output(OrderView),
}
