import * as z from 'zod'
import { Instant } from './primitives.ts'
import { refusable } from './refusal.ts'

/** The backups of the open book. */
export const BackUpView = z
  .object({
    /** When the last verified backup was made; `null` where none is known. */
    lastAt: Instant.nullable(),
    /** Its file, where it is known. */
    file: z.string().nullable(),
    /** Whether it is older than a day, or there is none. */
    due: z.boolean(),
    /** Whether one is being made now. */
    making: z.boolean(),
    /** Why the last one was not made; `null` where it was. */
    fault: z.string().nullable(),
    says: z.string(),
  })
  .strict()
/** The backups of the open book. */
export type BackUpView = z.infer<typeof BackUpView>

export const backup = {
  status: refusable
    .route({ method: 'GET', path: '/backup', summary: 'The last verified backup of the open book' })
    .output(BackUpView),
  /** Copies the open book into the backup folder and verifies the copy; refused where the copy does not verify. */
  make: refusable
    .route({ method: 'POST', path: '/backup', summary: 'Back the open book up and verify the copy' })
    .output(BackUpView),
}
