import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient, ORPCError } from '@orpc/server'
import { contract, type Contract } from '../contract/index.ts'
import type { Desk } from '../desk/desk.ts'
import type { Log } from '../host/log.ts'
import { buildRouter } from '../host/router.ts'
import { CommandRefusal } from './command-refusal.ts'

/** The calls of the contract, answered in this process; inputs and answers are checked as on any other transport. */
export type DeskClient = ContractRouterClient<Contract>

/** A client of a desk in this process. */
export function deskClient(desk: Desk, log: Log): DeskClient {
  return createRouterClient(buildRouter(contract, desk, log), { context: {} }) as DeskClient
}

/** The refusal in an error of a call; `undefined` where it is a fault inside. */
export function refusalOf(error: unknown): CommandRefusal | undefined {
  if (!(error instanceof ORPCError)) return undefined
  if (error.code === 'REFUSED') {
    const { code, says, field } = error.data as { code: string; says: string; field?: string }
    return new CommandRefusal(code, says, field)
  }
  if (error.code !== 'BAD_REQUEST') return undefined
  const { issues } = (error.data ?? {}) as { issues?: readonly Issue[] }
  const [first] = issues ?? []
  if (first === undefined) return new CommandRefusal('INPUT_MALFORMED', error.message)
  const field = [...(first.path ?? []), ...(first.keys?.slice(0, 1) ?? [])].join('.')
  const says =
    first.keys === undefined
      ? `${field === '' ? 'The input' : field} is not accepted: ${first.message}.`
      : `${first.keys.join(', ')} ${first.keys.length === 1 ? 'is' : 'are'} not known here: leave it out.`
  return new CommandRefusal('INPUT_MALFORMED', says, field === '' ? undefined : field)
}

interface Issue {
  readonly message: string
  readonly path?: readonly PropertyKey[]
  /** Members that are not known. */
  readonly keys?: readonly string[]
}
