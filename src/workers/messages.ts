import type { ThreadJob, ThreadResult } from './thread-job.ts'

/** What the pool tells a worker. */
export type ToWorker =
  | { readonly kind: 'begin'; readonly run: number; readonly job: ThreadJob }
  | { readonly kind: 'range'; readonly run: number; readonly first: number; readonly count: number }
  | { readonly kind: 'end'; readonly run: number }

/** What a worker answers: one result per range, or what went wrong with it. */
export type FromWorker =
  | {
      readonly kind: 'result'
      readonly run: number
      readonly count: number
      readonly result: ThreadResult
    }
  | { readonly kind: 'fault'; readonly run: number; readonly says: string }
