import type { Command } from 'commander'
import type { OrderRequest } from '../contract/sizing.ts'
import { CommandRefusal } from './command-refusal.ts'
import { readInstant } from './read-instant.ts'
import type { Terminal } from './terminal.ts'

/** Options that are members of the order request, with what each takes. */
const REQUEST = {
  symbol: ['<symbol>', 'instrument of the book'],
  side: ['<side>', 'buy or sell'],
  entry: ['<price>', 'entry price, or «market» for the last price'],
  stop: ['<price>', 'stop price'],
  target: ['<price>', 'target price'],
  quantity: ['<units>', 'your own quantity; it is clamped like any other'],
  risk: ['<fraction>', 'risk of this order: 0.01 is 1 %'],
  method: ['<id>', 'sizing method'],
  strategy: ['<code>', 'strategy'],
  conviction: ['<level>', 'LOW, MEDIUM or HIGH'],
  signal: ['<strength>', 'from -1 to 1'],
  expectedReturn: ['<fraction>', 'annualised expected return'],
  volatility: ['<fraction>', 'annualised volatility'],
  note: ['<text>', 'kept with the decision'],
} as const satisfies Partial<Record<keyof OrderRequest, readonly [string, string]>>

type RequestOptions = { readonly [Name in keyof typeof REQUEST]?: string }

/** An order given as options, with where and when it is decided. */
export interface OrderOptions extends RequestOptions {
  readonly account?: string
  readonly asOf?: string
}

/** An order as the desk takes it. */
export interface AskedOrder {
  readonly request: OrderRequest
  readonly accountId?: string
  readonly asOf?: number
}

/** Largest request on stdin, in bytes. */
const MOST_INPUT = 2 ** 20

/** Adds an option for each member of an order but those named, and where and when it is decided. */
export function orderOptions(command: Command, without: readonly (keyof typeof REQUEST)[] = []): Command {
  for (const [name, [takes, says]] of Object.entries(REQUEST)) {
    if (without.some((left) => left === name)) continue
    command.option(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${takes}`, says)
  }
  return command
    .option('--account <id>', 'account of the book, where it has several')
    .option('--as-of <instant>', 'decide for an instant of the past, such as 2026-10-30T20:00:00Z')
}

/** The order of the options, else of one JSON object on stdin: the request itself, or the request framed. */
export async function readAskedOrder<More extends object>(
  terminal: Terminal,
  options: OrderOptions,
  more: More,
): Promise<AskedOrder & More> {
  const request = requestOf(options)
  const framing: Omit<AskedOrder, 'request'> & More = {
    ...(options.account === undefined ? {} : { accountId: options.account }),
    ...(options.asOf === undefined ? {} : { asOf: readInstant(options.asOf, '--as-of') }),
    ...more,
  }
  if (Object.keys(request).length > 0) return { request, ...framing }
  const given = await readOrder(terminal)
  const twice = Object.keys(framing).find((name) => name in given)
  if (twice !== undefined)
    throw new CommandRefusal('USAGE', `${twice} is given on stdin and as an option: give it once.`, twice)
  // Whatever else it holds is for the contract to judge.
  return { ...(given as unknown as AskedOrder), ...framing }
}

function requestOf(options: OrderOptions): OrderRequest {
  const request: Record<string, string> = {}
  for (const name of Object.keys(REQUEST) as (keyof typeof REQUEST)[]) {
    const value = options[name]
    if (value !== undefined) request[name] = value
  }
  return request
}

async function readOrder(terminal: Terminal): Promise<Readonly<Record<string, unknown>>> {
  const input = await terminal.input(MOST_INPUT)
  if (input === undefined || input.text.trim() === '')
    throw new CommandRefusal(
      input?.whole === false ? 'INPUT_MALFORMED' : 'USAGE',
      input?.whole === false
        ? 'The request on stdin is larger than 1 MiB.'
        : 'No order is given: name at least --symbol and --side, or send the request as JSON on stdin.',
      input?.whole === false ? 'stdin' : '--symbol',
    )
  let read: unknown
  try {
    read = JSON.parse(input.text)
  } catch (error) {
    throw new CommandRefusal(
      'INPUT_MALFORMED',
      `stdin is not one JSON document: ${error instanceof Error ? error.message : String(error)}.`,
      'stdin',
    )
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read))
    throw new CommandRefusal('INPUT_MALFORMED', 'stdin must hold one JSON object: the order request.', 'stdin')
  return Object.hasOwn(read, 'request') ? { ...read } : { request: read }
}
