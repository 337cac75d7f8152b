import * as z from 'zod'
import { Instant } from './primitives.ts'

/** Something a person should look at: told once, without amounts. */
export const LimitAlert = z
  .object({
    /** Goes up by one with every alert of the open book; begins anew with each start of the desk. */
    number: z.number().int(),
    at: Instant,
    level: z.enum(['caution', 'danger', 'breach', 'reset']),
    /** Names the limit; the period of a reset. */
    key: z.string(),
    says: z.string(),
  })
  .strict()
/** Something a person should look at. */
export type LimitAlert = z.infer<typeof LimitAlert>
