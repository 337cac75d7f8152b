import * as z from 'zod'

/** A decimal as text: digits with an optional sign and point. */
export const DecimalText = z.string().regex(/^-?\d+(\.\d+)?$/)
/** UTC epoch milliseconds. */
export const Instant = z.number().int()
/** An id or symbol: short, printable, no surrounding spaces. */
export const Name = z
  .string()
  .min(1)
  .max(120)
  .regex(/^\S(?:.*\S)?$/u)
/** A value as typed by a person or sent by a program; the governor checks what it means. */
export const Typed = z.union([z.string().max(200), z.number(), z.null()]).optional()
/** Side of an order. */
export const Side = z.enum(['buy', 'sell'])

/** A value with its source and time; `null` where it is not known. */
export const Reading = z.object({ value: z.string().nullable(), source: z.string(), at: Instant.nullable() }).strict()
/** Colour-free state of a limit. */
export const LimitState = z.enum(['ok', 'near', 'over', 'unknown'])
