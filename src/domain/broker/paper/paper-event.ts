import type { OrderReport } from '../order-report.ts'

/** What the paper broker says of the account itself. Money in its currency. */
export type AccountNote =
  | { readonly kind: 'interest'; readonly at: number; readonly amount: string; readonly says: string }
  | {
      readonly kind: 'margin-call'
      readonly at: number
      readonly equity: string
      readonly used: string
      readonly says: string
    }

/** Anything the paper broker says. */
export type PaperEvent = OrderReport | AccountNote
