import type { RefusalBody } from '../../contract/refusal.ts'
import { refusalOf } from '../rpc.ts'

/** A message of a simulation under way. */
export type RunMessage<Result> =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'result'; readonly result: Result }

/** How a simulation ended: whole, refused with a sentence, or left by the person who asked. */
export type RunEnd<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'refused'; readonly refusal: RefusalBody }
  | { readonly kind: 'left' }

const WITHOUT_RESULT: RefusalBody = {
  code: 'NO_RESULT',
  says: 'The simulation ended without a result, so nothing of it is shown; run it again.',
}

/** Follows a simulation to its end and tells its progress; what was not finished is never a result. */
export async function followStream<Result>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<RunMessage<Result>>>,
  signal: AbortSignal,
  onprogress: (done: number, of: number) => void = () => undefined,
): Promise<RunEnd<Result>> {
  try {
    for await (const message of await open(signal)) {
      if (signal.aborted) return { kind: 'left' }
      if (message.kind === 'result') return { kind: 'done', result: message.result }
      onprogress(message.done, message.of)
    }
    return signal.aborted ? { kind: 'left' } : { kind: 'refused', refusal: WITHOUT_RESULT }
  } catch (error) {
    return signal.aborted ? { kind: 'left' } : { kind: 'refused', refusal: refusalOf(error) }
  }
}
