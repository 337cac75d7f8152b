import * as z from 'zod'

/**
 * The cells above the diagonal of a symmetric n × n matrix, row by row: (0,1), (0,2) … (0,n−1), (1,2) … as little-endian
 * float64 in base64, so that 500 instruments cross as one string. NaN is: not known. What is on the diagonal is said with it.
 */
export const PackedMatrix = z
  .string()
  .max(4_000_000)
  .regex(/^[A-Za-z0-9+/]*={0,2}$/)
/** The cells above the diagonal of a symmetric matrix, packed. */
export type PackedMatrix = z.infer<typeof PackedMatrix>
