import * as z from 'zod'
import { DecimalText, Instant, Name } from '../primitives.ts'
import { refusable } from '../refusal.ts'
import { OrderView } from './order.ts'

/** A ticket to be carried to a terminal by hand. */
export const HandTicket = z
  .object({
    order: OrderView,
    /** `open`: enter it; `changed`: change it there; `cancel`: take it out there. */
    task: z.enum(['open', 'changed', 'cancel']),
    /** One line to copy. */
    says: z.string(),
  })
  .strict()
/** A ticket to be carried to a terminal by hand. */
export type HandTicket = z.infer<typeof HandTicket>

/** Where book and broker differ. Nothing is corrected. Signed units. */
export const Reconciliation = z
  .object({
    agrees: z.boolean(),
    differences: z.array(
      z.object({ symbol: z.string(), ours: DecimalText, theirs: DecimalText, says: z.string() }).strict(),
    ),
    says: z.string(),
  })
  .strict()
/** Where book and broker differ. */
export type Reconciliation = z.infer<typeof Reconciliation>

/** A reconciliation as it is kept. */
export const PastReconciliation = Reconciliation.extend({ at: Instant })
/** A reconciliation as it is kept. */
export type PastReconciliation = z.infer<typeof PastReconciliation>

const order = z.object({ clientId: Name }).strict()

/** Calls of a book whose orders a person carries to his own terminal. */
export const handWork = {
  tickets: refusable.output(z.array(HandTicket)),
  /** The terminal took the order, under its own number. */
  typeTaken: refusable.input(z.object({ clientId: Name, brokerId: Name }).strict()).output(OrderView),
  /** An execution as the terminal shows it; the same number again is the same execution. */
  typeFill: refusable
    .input(
      z
        .object({
          clientId: Name,
          executionId: Name,
          quantity: z.string().max(60),
          price: z.string().max(60),
          fee: z.string().max(60),
          feeCurrency: z.string().regex(/^[A-Z0-9]{2,8}$/),
          at: Instant,
        })
        .strict(),
    )
    .output(OrderView),
  typeChanged: refusable.input(order).output(OrderView),
  typeCancelled: refusable.input(order).output(OrderView),
  /** Compares the book with the positions the terminal shows. */
  reconcile: refusable
    .input(
      z
        .object({
          /** Whether this is all there is: a list that is not complete is no answer. */
          complete: z.boolean(),
          positions: z.array(z.object({ symbol: Name, quantity: z.string().max(60) }).strict()).max(5_000),
        })
        .strict(),
    )
    .output(Reconciliation),
  /** Reconciliations of the open book, newest first. */
  reconciliations: refusable.output(z.array(PastReconciliation)),
}
