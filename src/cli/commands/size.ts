import type { Decision, OrderRequest } from '../../contract/sizing.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { decisionText } from '../decision-text.ts'
import { defineCommand } from '../define-command.ts'
import { EXIT } from '../exit-code.ts'
import { withBook } from '../open-book.ts'
import { readInstant } from '../read-instant.ts'
import type { Terminal } from '../terminal.ts'

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

interface Options extends RequestOptions {
  readonly account?: string
  readonly asOf?: string
  readonly id?: string
  readonly dryRun?: boolean
  readonly failOnZero?: boolean
}

interface Order {
  readonly request: OrderRequest
  readonly accountId?: string
  readonly asOf?: number
  readonly decisionId?: string
}

/** Largest request on stdin, in bytes. */
const MOST_INPUT = 2 ** 20

export const size = defineCommand<Options>({
  name: 'size',
  says: 'Size one order and record the decision. The order comes as options, or as JSON on stdin: the request itself, or {request, accountId, asOf, decisionId}.',
  examples: [
    'size --symbol AAPL --side buy --entry 224.95 --stop 213.75',
    'size --symbol AAPL --side buy --method fixed_risk_atr --dry-run --json',
    `size --json < order.json`,
  ],
  options: (command) => {
    for (const [name, [takes, says]] of Object.entries(REQUEST)) {
      command.option(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${takes}`, says)
    }
    command
      .option('--account <id>', 'account of the book, where it has several')
      .option('--as-of <instant>', 'decide for an instant of the past, such as 2026-10-30T20:00:00Z')
      .option('--id <id>', 'id of the decision: the same id again answers with the first decision')
      .option('--dry-run', 'decide without recording')
      .option('--fail-on-zero', `end with exit code ${EXIT.sizeZero} where the size is 0`)
  },
  action: async (terminal, options) => {
    const order = await orderOf(terminal, options)
    if (options.dryRun === true && order.decisionId !== undefined)
      throw new CommandRefusal(
        'USAGE',
        'A dry run records nothing, so it takes no id: leave out --id or --dry-run.',
        '--id',
      )
    return withBook(options, terminal, async ({ calls }) => {
      const { decisionId, ...asked } = order
      const decision: Decision =
        options.dryRun === true
          ? await calls.sizing.preview(asked)
          : await calls.sizing.decide(decisionId === undefined ? asked : { ...asked, decisionId })
      const zero = Number(decision.quantity) === 0 && decision.kind === 'entry'
      return {
        document: decision,
        text: decisionText(decision),
        exit: zero && options.failOnZero === true ? EXIT.sizeZero : EXIT.done,
      }
    })
  },
})

async function orderOf(terminal: Terminal, options: Options): Promise<Order> {
  const request = requestOf(options)
  const framing: Omit<Order, 'request'> = {
    ...(options.account === undefined ? {} : { accountId: options.account }),
    ...(options.asOf === undefined ? {} : { asOf: readInstant(options.asOf, '--as-of') }),
    ...(options.id === undefined ? {} : { decisionId: options.id }),
  }
  if (Object.keys(request).length > 0) return { request, ...framing }
  const given = await readOrder(terminal)
  const twice = Object.keys(framing).find((name) => name in given)
  if (twice !== undefined)
    throw new CommandRefusal('USAGE', `${twice} is given on stdin and as an option: give it once.`, twice)
  // Whatever else it holds is for the contract to judge.
  return { ...(given as unknown as Order), ...framing }
}

function requestOf(options: Options): OrderRequest {
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
