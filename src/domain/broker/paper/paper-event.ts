import type { OrderReport } from '../order-report.ts'

/** What the paper broker says of the account itself. Money in its currency. */
export type AccountNote =
  | { readonly kind: 'interest'; readonly at: number; readonly amount: string; readonly says: string }
  | {
      /** Equity is below the margin in use; or so far below that positions are being closed. */
      readonly kind: 'margin-call' | 'liquidation'
      readonly at: number
      readonly equity: string
      readonly used: string
      readonly says: string
    }

/** Anything the paper broker says. */
export type PaperEvent = OrderReport | AccountNote

const NOTES: readonly string[] = ['interest', 'margin-call', 'liquidation'] satisfies readonly AccountNote['kind'][]

/** Whether something a broker says is about the account, not about an order. */
export function isAccountNote<T extends { readonly kind: string }>(event: T): event is T & AccountNote {
  return NOTES.includes(event.kind)
}
