import * as z from 'zod'
import { DecimalText, Instant, Side } from '../primitives.ts'

/** Where an order is. `unknown`: it was sent and nobody knows what became of it. */
export const OrderStage = z.enum(['stored', 'sent', 'unknown', 'working', 'filled', 'refused', 'cancelled', 'expired'])
/** Where an order is. */
export type OrderStage = z.infer<typeof OrderStage>

/** One order with what is known of it. Prices in the instrument's currency. */
export const OrderView = z
  .object({
    clientId: z.string(),
    decisionId: z.string(),
    /** `entry` adds risk, `exit` closes, `protect` is the stop or the target of an entry. */
    role: z.enum(['entry', 'exit', 'protect']),
    symbol: z.string(),
    side: Side,
    kind: z.enum(['market', 'limit', 'stop', 'stop-limit']),
    quantity: DecimalText,
    filled: DecimalText,
    /** Units that may still be filled, in the worst case. */
    open: DecimalText,
    limit: DecimalText.nullable(),
    trigger: DecimalText.nullable(),
    stop: DecimalText.nullable(),
    target: DecimalText.nullable(),
    lasts: z.enum(['day', 'until-cancelled']),
    strategy: z.string().nullable(),
    stage: OrderStage,
    /** Quantity-weighted price of what was filled. */
    averagePrice: DecimalText.nullable(),
    fees: DecimalText,
    at: Instant,
    /** What happened last, in a sentence. */
    says: z.string(),
  })
  .strict()
/** One order with what is known of it. */
export type OrderView = z.infer<typeof OrderView>
