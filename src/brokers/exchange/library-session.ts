import type { ExchangeKeys } from '../../desk/broker/ports.ts'
import { reason } from '../../domain/kernel/reason.ts'
import { err, ok } from '../../domain/kernel/result.ts'
import { faultOf, shownWords, silence, type ErrorSaid } from './exchange-words.ts'
import type { Answered } from './venue.ts'

/** What is used of an exchange of the library: its signed, rate-limited calls by name, and where they go. */
interface LibraryExchange {
  readonly urls: { readonly api: Record<string, unknown> }
  readonly options: Record<string, unknown>
  handleErrors: (
    status: number,
    words: string,
    url: string,
    method: string,
    headers: unknown,
    body: unknown,
    read: unknown,
  ) => undefined
  enableDemoTrading(enable: boolean): void
  milliseconds(): number
}

/** Makes an exchange of the library. */
export type ExchangeClass = new (settings: Readonly<Record<string, unknown>>) => unknown

/** What a session is opened with. */
export interface SessionOptions {
  readonly keys: ExchangeKeys
  /** `live`, `testnet`, or the address of a stand-in on this machine. */
  readonly network: string
  readonly mono: () => number
}

const TIMEOUT_MS = 10_000
/** A request that reaches the exchange later than this after it was signed is refused there. */
export const RECEIVE_WINDOW_MS = 5_000
/** Calls that the exchange counts as much work. */
const LISTS: ReadonlySet<string> = new Set([
  'fapiPublicGetExchangeInfo',
  'fapiPrivateGetPositionSideDual',
  'fapiPrivateGetOpenOrders',
  'fapiPrivateGetOpenAlgoOrders',
  'fapiPrivateGetUserTrades',
  'fapiPrivateV2GetPositionRisk',
])
/** After being told to slow down nothing is asked for so long, unless the exchange names a time. */
const HOLD_MS = 30_000
const LONGEST_HOLD_MS = 3_600_000

class SaidByExchange extends Error {
  override readonly name = 'SaidByExchange'
  readonly said: ErrorSaid
  readonly holdMs: number
  constructor(said: ErrorSaid, holdMs: number) {
    super('The exchange answered with an error.')
    this.said = said
    this.holdMs = holdMs
  }
}

/** Signed calls to one account. Credentials stay in here: no error, answer or property of it tells them. */
export class LibrarySession {
  /** Orders and cancels never wait for lists: each kind is limited to its share of what the exchange allows. */
  readonly #orders: LibraryExchange
  readonly #lists: LibraryExchange
  readonly #mono: () => number
  #heldUntil = Number.NEGATIVE_INFINITY

  constructor(make: ExchangeClass, options: SessionOptions) {
    this.#orders = madeWith(make, options)
    this.#lists = madeWith(make, options)
    this.#mono = options.mono
  }

  /** Sets the clock of signatures to the exchange's; answers that clock's time. */
  async synchronise(): Promise<Answered<number>> {
    const answered = await this.#once('fapiPublicGetTime', {})
    if (!answered.ok) return answered
    const at = Number((answered.value as { readonly serverTime?: unknown }).serverTime)
    if (!Number.isSafeInteger(at)) return err(silence('The exchange did not tell its time'))
    for (const { options } of [this.#orders, this.#lists]) options['timeDifference'] = this.#orders.milliseconds() - at
    return ok(at)
  }

  /** Makes one call of the library by its name; where the clock alone was wrong it is set, and the call made once more. */
  async call(name: string, given: Readonly<Record<string, string>>): Promise<Answered<unknown>> {
    const first = await this.#once(name, given)
    if (first.ok || first.error.reason.code !== 'CLOCK_ANOMALY') return first
    const set = await this.synchronise()
    return set.ok ? this.#once(name, given) : first
  }

  async #once(name: string, given: Readonly<Record<string, string>>): Promise<Answered<unknown>> {
    const wait = this.#heldUntil - this.#mono()
    if (wait > 0)
      return err({
        kind: 'throttled',
        reason: reason(
          'THROTTLE',
          `The exchange takes no more requests for ${Math.ceil(wait / 1_000)} seconds: nothing was sent; try again then.`,
        ),
      })
    // Safe: the names are those of the library's own calls, which its tests against the stand-in make.
    const exchange = (LISTS.has(name) ? this.#lists : this.#orders) as unknown as Record<
      string,
      (given: object) => Promise<unknown>
    >
    try {
      const answer = await exchange[name]?.call(exchange, { ...given })
      return typeof answer === 'object' && answer !== null
        ? ok(answer)
        : err(silence('The exchange’s answer cannot be read'))
    } catch (error) {
      // What the library says of an error names the signed address, so only what the exchange said is told on.
      if (!(error instanceof SaidByExchange)) return err(silence('The exchange did not answer'))
      if (error.holdMs > 0) this.#heldUntil = this.#mono() + error.holdMs
      return err(faultOf(error.said))
    }
  }
}

function madeWith(make: ExchangeClass, { keys, network }: SessionOptions): LibraryExchange {
  // Safe: the library's exchanges have these members, which its calls against the stand-in use.
  const exchange = new make({
    apiKey: keys.key,
    secret: keys.secret,
    enableRateLimit: true,
    timeout: TIMEOUT_MS,
    options: { recvWindow: RECEIVE_WINDOW_MS, maxRetriesOnFailure: 0 },
  }) as LibraryExchange
  if (network === 'testnet') exchange.enableDemoTrading(true)
  else if (network !== 'live') sendTo(exchange, network)
  exchange.handleErrors = (status, _words, _url, _method, headers, _body, read) => {
    const said = errorSaid(status, read, [keys.key, keys.secret])
    if (said !== undefined) throw new SaidByExchange(said, holdOf(status, headers))
    return undefined
  }
  return exchange
}

function sendTo(exchange: LibraryExchange, base: string): void {
  for (const [name, version] of [
    ['fapiPublic', 'v1'],
    ['fapiPrivate', 'v1'],
    ['fapiPrivateV2', 'v2'],
  ] as const)
    exchange.urls.api[name] = `${base}/fapi/${version}`
}

function errorSaid(status: number, read: unknown, secrets: readonly string[]): ErrorSaid | undefined {
  const answer = (typeof read === 'object' && read !== null ? read : {}) as Readonly<Record<string, unknown>>
  const code = answer['code'] === undefined ? Number.NaN : Number(answer['code'])
  const isError = status >= 400 || (Number.isSafeInteger(code) && code < 0)
  if (!isError) return undefined
  const words = typeof answer['msg'] === 'string' ? answer['msg'] : 'nothing'
  return { status, code: Number.isSafeInteger(code) ? code : null, words: shownWords(words, secrets) }
}

function holdOf(status: number, headers: unknown): number {
  if (status !== 429 && status !== 418) return 0
  const given = typeof headers === 'object' && headers !== null ? (headers as Record<string, unknown>) : {}
  const named = Number(given['Retry-After'] ?? given['retry-after'] ?? Number.NaN) * 1_000
  return Number.isFinite(named) && named > 0 ? Math.min(named, LONGEST_HOLD_MS) : HOLD_MS
}
