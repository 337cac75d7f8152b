import * as z from 'zod'
import { Instant } from '../primitives.ts'
import { refusable } from '../refusal.ts'
import { Reconciliation } from './hand-work.ts'

/** Which exchange, and where: `live`, `testnet`, or the address of a stand-in on this machine. */
const account = { exchange: z.string().min(1).max(40), network: z.string().min(1).max(80) }

/** Where orders of the open book go, and how the exchange account it may be connected to stands. */
export const ExchangeView = z
  .object({
    broker: z.enum(['paper', 'manual', 'exchange']),
    /** Exchanges that can be chosen. */
    exchanges: z.array(z.object({ id: z.string(), title: z.string() }).strict()),
    /** The account; `null` where the book is not connected. */
    account: z
      .object({ ...account, since: Instant })
      .strict()
      .nullable(),
    /** Of the keys no more is told than this. */
    keys: z
      .object({
        from: z.enum(['environment', 'system', 'none']),
        lastFour: z.string().max(4).nullable(),
        canKeep: z.boolean(),
        says: z.string(),
      })
      .strict(),
    /** `null` where the book is not connected. */
    standing: z
      .object({
        link: z.enum(['opening', 'reached', 'silent', 'refused']),
        says: z.string(),
        heardAt: Instant.nullable(),
        alarms: z.array(z.string()),
      })
      .strict()
      .nullable(),
    /** Why the broker cannot be changed now; `null` where it can. */
    fixed: z.string().nullable(),
  })
  .strict()
/** Where orders of the open book go, and how its exchange account stands. */
export type ExchangeView = z.infer<typeof ExchangeView>

/** What a connection that was tried found. */
export const ExchangeTest = z
  .object({
    reached: z.boolean(),
    says: z.string(),
    /** Where specifications here differ from the exchange's. */
    differences: z.array(z.string()),
  })
  .strict()
/** What a connection that was tried found. */
export type ExchangeTest = z.infer<typeof ExchangeTest>

export const exchange = {
  get: refusable.output(ExchangeView),
  /** Says where orders of a live book go: only while it is disarmed and no order is open. */
  choose: refusable
    .input(
      z.discriminatedUnion('broker', [
        z.object({ broker: z.literal('manual') }).strict(),
        z.object({ broker: z.literal('exchange'), ...account }).strict(),
      ]),
    )
    .output(ExchangeView),
  /** Keeps the keys where the system guards them; they are never told again. */
  keepKeys: refusable
    .input(z.object({ key: z.string().min(8).max(200), secret: z.string().min(8).max(4_000) }).strict())
    .output(ExchangeView),
  forgetKeys: refusable.output(ExchangeView),
  /** Reaches an account and looks at it; sends no order. */
  test: refusable.input(z.object(account).strict()).output(ExchangeTest),
  /** Compares the book with the account now. */
  reconcile: refusable.output(Reconciliation),
}
