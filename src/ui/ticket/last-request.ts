import type { OrderRequest } from '../../contract/sizing.ts'

const last = new Map<string, OrderRequest>()

/** Keeps the order a ticket of a book asked about last, so that other screens can say what they would do to it. */
export function keepRequest(bookId: string | undefined, request: OrderRequest): void {
  if (bookId !== undefined) last.set(bookId, request)
}

/** The order a ticket of this book asked about last in this window. */
export const lastRequest = (bookId: string | undefined): OrderRequest | undefined =>
  bookId === undefined ? undefined : last.get(bookId)
