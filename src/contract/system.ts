import * as z from 'zod'
import { Instant } from './primitives.ts'
import { refusable } from './refusal.ts'

/** Versions and clock of the host. */
export const SystemInfo = z
  .object({
    version: z.string(),
    engine: z.string(),
    host: z.enum(['electron', 'desk']),
    node: z.string(),
    sqlite: z.string(),
    now: Instant,
    pid: z.number().int(),
  })
  .strict()

/** What changed since: a screen asks again for what it shows. */
export const Change = z
  .object({
    at: Instant,
    what: z.enum(['hello', 'book', 'ledger', 'decision', 'profile', 'state', 'beat']),
    version: z.number().int(),
  })
  .strict()
/** What changed since. */
export type Change = z.infer<typeof Change>

export const system = {
  info: refusable.route({ method: 'GET', path: '/system', summary: 'Versions and clock' }).output(SystemInfo),
}
