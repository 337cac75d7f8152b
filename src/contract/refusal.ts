import { oc } from '@orpc/contract'
import * as z from 'zod'

/** Body of the one typed error every call may answer with. */
export const RefusalBody = z
  .object({
    /** Stable code: a reason code of the governor, or one of the store or the desk. */
    code: z.string(),
    /** One sentence for a person. */
    says: z.string(),
    /** Dotted path of the input at fault. */
    field: z.string().optional(),
  })
  .strict()
/** Body of the typed error `REFUSED`. */
export type RefusalBody = z.infer<typeof RefusalBody>

/** A call that may be refused: every procedure of the contract starts from it. */
export const refusable = oc.errors({ REFUSED: { status: 422, message: 'Refused', data: RefusalBody } })
