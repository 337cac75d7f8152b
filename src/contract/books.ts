import * as z from 'zod'
import { DecimalText, Instant, Name } from './primitives.ts'
import { refusable } from './refusal.ts'

const BookKind = z.enum(['paper', 'live', 'sample'])

/** A book file. */
export const BookView = z
  .object({
    bookId: z.string(),
    name: z.string(),
    kind: BookKind,
    file: z.string(),
    clock: Instant.nullable(),
    open: z.boolean(),
    fault: z.string().nullable(),
  })
  .strict()
/** A book file. */
export type BookView = z.infer<typeof BookView>

/** The account of the open book with what is known of it now. */
export const AccountView = z
  .object({
    accountId: z.string(),
    name: z.string(),
    currency: z.string(),
    timeZone: z.string(),
    dayRoll: z.string(),
    enabled: z.boolean(),
    equity: DecimalText.nullable(),
    equityAt: Instant.nullable(),
    /** Why equity is not known, where it is not. */
    equitySays: z.string().nullable(),
    dayProfit: DecimalText.nullable(),
    /** Next start of its trading day. */
    resetsAt: Instant,
    state: z.enum(['NORMAL', 'REDUCE_ONLY', 'HALTED', 'LOCKED', 'FAULT']),
    stateSays: z.string(),
  })
  .strict()
/** The account of the open book. */
export type AccountView = z.infer<typeof AccountView>

export const books = {
  list: refusable.output(z.object({ books: z.array(BookView), dataDir: z.string() }).strict()),
  /** Opens a book of the data folder and makes it the active one. */
  open: refusable.input(z.object({ bookId: Name }).strict()).output(BookView),
  /** Creates a book and opens it: the sample book, or an empty paper or live one. */
  create: refusable
    .input(
      z.discriminatedUnion('from', [
        z.object({ from: z.literal('sample') }).strict(),
        z
          .object({
            from: z.literal('empty'),
            name: Name,
            kind: z.enum(['paper', 'live']),
            currency: z.string().regex(/^[A-Z]{3,5}$/),
            timeZone: z.string().min(1).max(60),
            dayRoll: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
            /** Opening equity; may be set later. */
            equity: z.string().max(60).nullable(),
          })
          .strict(),
      ]),
    )
    .output(BookView),
}

export const account = {
  get: refusable.output(AccountView),
  save: refusable
    .input(
      z
        .object({
          name: Name,
          timeZone: z.string().min(1).max(60),
          dayRoll: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
          enabled: z.boolean(),
        })
        .strict(),
    )
    .output(AccountView),
  /** States the equity of this instant: books the difference as an adjustment. */
  setEquity: refusable
    .input(z.object({ equity: z.string().max(60), note: z.string().max(500).nullable() }).strict())
    .output(AccountView),
  addCashFlow: refusable
    .input(
      z
        .object({
          kind: z.enum(['opening', 'deposit', 'withdrawal', 'dividend', 'interest', 'fee', 'tax', 'adjustment']),
          amount: z.string().max(60),
          at: Instant.optional(),
          note: z.string().max(500).nullable(),
        })
        .strict(),
    )
    .output(AccountView),
}
