import * as z from 'zod'
import { DecimalText } from './primitives.ts'
import { refusable } from './refusal.ts'

/** How the paper broker of the open book treats its account. Fractions: 0.5 is 50 %. */
export const PaperTermsView = z
  .object({
    /** Equity below this share of the margin in use closes positions; `null` where the account has no such term. */
    liquidation: DecimalText.nullable(),
    /** A year, on what is held beyond equity; charged for each night. */
    interest: DecimalText,
    slippage: z.enum(['none', 'fixed', 'drawn']),
    /** Share of the shown size that one quote fills; `null` fills whatever is asked. */
    participation: DecimalText.nullable(),
    /** Whether an entry needs free margin. */
    margin: z.boolean(),
    says: z.string(),
  })
  .strict()
/** How the paper broker of the open book treats its account. */
export type PaperTermsView = z.infer<typeof PaperTermsView>

export const paper = {
  terms: refusable
    .route({ method: 'GET', path: '/paper', summary: 'How the paper account is treated' })
    .output(PaperTermsView),
  /** Sets the share of the margin below which positions are closed, above 0 and below 1; `null` never closes them. */
  setLiquidation: refusable.input(z.object({ below: z.string().max(40).nullable() }).strict()).output(PaperTermsView),
}
