import * as z from 'zod'
import { DecimalText, Side } from '../primitives.ts'
import { OrderView } from './order.ts'

/** What flattening would do: orders that are cancelled first, then one exit for each position. */
export const FlattenPlanView = z
  .object({
    /** Names what is listed: changes with it. */
    planId: z.string(),
    cancel: z.array(OrderView),
    exits: z.array(
      z.object({ symbol: z.string(), strategy: z.string().nullable(), side: Side, quantity: DecimalText }).strict(),
    ),
    says: z.string(),
  })
  .strict()
/** What flattening would do. */
export type FlattenPlanView = z.infer<typeof FlattenPlanView>

/** How far a flatten has come, position by position. Signed units. */
export const FlattenView = z
  .object({
    flattenId: z.string(),
    /** Whether every position is flat. */
    done: z.boolean(),
    lines: z.array(
      z
        .object({
          symbol: z.string(),
          before: DecimalText,
          now: DecimalText,
          stage: z.enum(['open', 'partly', 'flat', 'unknown']),
          says: z.string(),
        })
        .strict(),
    ),
    /** Exits that could not be sent, one sentence each. */
    refused: z.array(z.string()),
    says: z.string(),
  })
  .strict()
/** How far a flatten has come. */
export type FlattenView = z.infer<typeof FlattenView>
