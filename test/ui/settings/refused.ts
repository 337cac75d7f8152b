import { ORPCError } from '@orpc/client'

/** A refusal as it comes over the line. */
export const refused = (says: string, field?: string): Error =>
  new ORPCError('REFUSED', { defined: true, data: { code: 'INPUT_OUT_OF_RANGE', says, field } })
