import { isContractProcedure, type AnyContractProcedure, type AnyContractRouter } from '@orpc/contract'
import { implement, ORPCError, type AnyRouter } from '@orpc/server'
import type { RefusalBody } from '../contract/refusal.ts'
import { StoreFault } from '../desk/ports.ts'
import { DeskRefusal } from '../desk/refusal.ts'
import type { Log } from './log.ts'

/** One call of the desk: takes the validated input and the caller's signal; a stream answers with an async iterable. */
type DeskCall = (input: unknown, signal: AbortSignal) => unknown

/**
 * The desk put behind a contract: every procedure of the contract is answered by the call of the same path. Refusals of the desk
 * become the typed error `REFUSED`; anything else is logged and leaves as a bare INTERNAL_SERVER_ERROR. Throws at once when the
 * desk lacks a call.
 */
export function buildRouter(calls: AnyContractRouter, desk: object, log: Log): AnyRouter {
  return branch(calls, desk, [], log)
}

function branch(calls: AnyContractRouter, desk: unknown, path: readonly string[], log: Log): AnyRouter {
  if (isContractProcedure(calls)) return leaf(calls, deskCall(desk, path), path, log)
  const entries = Object.entries(calls as Record<string, AnyContractRouter>)
  return Object.fromEntries(
    entries.map(([name, below]) => [name, branch(below, own(desk, name), [...path, name], log)]),
  ) as AnyRouter
}

function leaf(procedure: AnyContractProcedure, call: DeskCall, path: readonly string[], log: Log): AnyRouter {
  return implement(procedure).handler(async ({ input, signal }) => {
    try {
      const answer: unknown = await call(input, signal ?? new AbortController().signal)
      return isIterable(answer) ? guarded(answer, path, log) : answer
    } catch (error) {
      throw asWireError(error, path, log)
    }
  })
}

async function* guarded(stream: AsyncIterable<unknown>, path: readonly string[], log: Log): AsyncGenerator {
  try {
    yield* stream
  } catch (error) {
    throw asWireError(error, path, log)
  }
}

function asWireError(error: unknown, path: readonly string[], log: Log): unknown {
  if (error instanceof ORPCError) return error
  if (error instanceof DeskRefusal || error instanceof StoreFault) return refused(error)
  log.error({ err: error, call: path.join('.') }, 'a call failed unexpectedly')
  return new ORPCError('INTERNAL_SERVER_ERROR', {
    message: 'The desk failed inside; nothing was recorded. Its log says why.',
  })
}

function refused(error: DeskRefusal | StoreFault): ORPCError<'REFUSED', RefusalBody> {
  const field = error instanceof DeskRefusal && error.field !== undefined ? { field: error.field } : {}
  const data = { code: error.code, says: error.message, ...field }
  return new ORPCError('REFUSED', { defined: true, status: 422, message: error.message, data })
}

function deskCall(found: unknown, path: readonly string[]): DeskCall {
  if (typeof found !== 'function')
    throw new Error(`the desk has no call ${path.join('.')}, which its contract promises`)
  return found as DeskCall
}

function own(desk: unknown, name: string): unknown {
  return typeof desk === 'object' && desk !== null ? (desk as Record<string, unknown>)[name] : undefined
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
