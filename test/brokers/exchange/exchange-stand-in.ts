import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { ZERO } from '../../../src/domain/kernel/money.ts'
import { conditionalAnswer, orderAnswer, positionAnswer, tradeAnswer } from './answer-shapes.ts'
import { isOpen, StandInMarket, VenueRefusal, type KeptConditional, type KeptOrder } from './stand-in-market.ts'

/** The account's keys. */
export const KEYS = { key: 'standInKey-4f9a17c2b8e05d63aa91', secret: 'standInSecret-77d0c1f25b9e4a38ce62' } as const

/**
 * What goes wrong with one request. `lost`: it is carried out and nothing is answered. `dropped`: it is not carried out, and
 * nothing is answered. `cut`: it is carried out and the answer breaks off. `behind`: a list is answered empty.
 */
export type Trouble =
  | 'lost'
  | 'dropped'
  | 'cut'
  | 'fails-after'
  | 'fails-before'
  | 'throttled'
  | 'banned'
  | 'echoes-key'
  | 'late'
  | 'unknown-code'
  | 'behind'

type Given = Readonly<Record<string, string>>

const INFO: unknown = JSON.parse(readFileSync(join(import.meta.dirname, 'answers', 'exchange-info.json'), 'utf8'))
const RECEIVE_WINDOW_MS = 5_000

/** A stand-in for the exchange on this machine: it speaks the REST protocol the library calls, and checks every signature. */
export class ExchangeStandIn {
  market = new StandInMarket()
  /** Requests as they came, method and path. */
  readonly heard: string[] = []
  /** What goes wrong next, by the end of the path; one for each request. */
  readonly troubles: { readonly path: string; readonly method?: string; readonly trouble: Trouble }[] = []
  /** How far this exchange’s clock is ahead of `clock`. */
  skew = 0
  clock = (): number => Date.now()
  hedged = false
  address = ''
  readonly #server = createServer((request, response) => void this.#answer(request, response))

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in')
    const method = request.method ?? 'GET'
    const query = method === 'GET' || method === 'DELETE' ? url.search.slice(1) : await bodyOf(request)
    this.heard.push(`${method} ${url.pathname}`)
    const given = Object.fromEntries(new URLSearchParams(query))
    const index = this.troubles.findIndex(
      (one) => url.pathname.endsWith(one.path) && (one.method === undefined || one.method === method),
    )
    const trouble = index < 0 ? undefined : this.troubles.splice(index, 1)[0]?.trouble
    const early = trouble === undefined ? undefined : EARLY[trouble]
    if (early !== undefined) {
      send(response, early.status, early.body, early.headers)
      return
    }
    if (trouble === 'dropped') {
      request.socket.destroy()
      return
    }
    const [status, body] = this.#act(`${method} ${url.pathname}`, given, query, request)
    if (trouble === 'lost') request.socket.destroy()
    else if (trouble === 'fails-after') send(response, 503, { code: -1000, msg: 'Unknown error.' })
    else if (trouble === 'unknown-code') send(response, 400, { code: -1007, msg: 'Timeout waiting for response.' })
    else if (trouble === 'behind' && Array.isArray(body)) send(response, status, [])
    else if (trouble === 'cut') {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body).slice(0, -9))
    } else send(response, status, body)
  }

  #act(call: string, given: Given, query: string, request: IncomingMessage): readonly [number, unknown] {
    const { market } = this
    market.now = this.clock() + this.skew
    try {
      if (call === 'GET /fapi/v1/time') return [200, { serverTime: market.now }]
      if (call === 'GET /fapi/v1/exchangeInfo') return [200, INFO]
      this.#checkSignature(given, query, request)
      return [200, this.#signed(call, given)]
    } catch (error) {
      if (error instanceof VenueRefusal) return [400, { code: error.code, msg: error.message }]
      throw error
    }
  }

  #signed(call: string, given: Given): unknown {
    const { market } = this
    switch (call) {
      case 'GET /fapi/v1/positionSide/dual':
        return { dualSidePosition: this.hedged }
      case 'POST /fapi/v1/order':
        return orderAnswer(market.place(given))
      case 'POST /fapi/v1/algoOrder':
        return conditionalAnswer(market.placeConditional(given))
      case 'GET /fapi/v1/order':
        return orderAnswer(this.#order(given))
      case 'GET /fapi/v1/algoOrder':
        return conditionalAnswer(this.#conditional(given))
      case 'DELETE /fapi/v1/order':
        return orderAnswer(market.cancel(findOrder(market.orders, given)))
      case 'DELETE /fapi/v1/algoOrder':
        return this.#cancelConditional(given)
      case 'GET /fapi/v1/openOrders':
        return market.orders.filter((order) => isOpen(order.status) && isIn(order, given)).map(orderAnswer)
      case 'GET /fapi/v1/openAlgoOrders':
        return market.conditionals
          .filter((order) => order.status === 'NEW' && isIn(order, given))
          .map(conditionalAnswer)
      case 'GET /fapi/v1/userTrades':
        return this.#trades(given)
      case 'GET /fapi/v2/positionRisk':
        return ['BTCUSDT', 'ETHUSDT'].map((symbol) => positionAnswer(symbol, market.positions.get(symbol) ?? ZERO))
      default:
        throw new VenueRefusal(-1121, `Unknown call ${call}.`)
    }
  }

  #trades({ symbol, orderId, fromId, startTime, endTime, limit = '500' }: Given): object[] {
    const number = (value: string | undefined, otherwise: number): number =>
      value === undefined ? otherwise : Number(value)
    return this.market.trades
      .filter((trade) => trade.symbol === symbol && (orderId === undefined || trade.orderId === Number(orderId)))
      .filter(({ id }) => id >= number(fromId, 0))
      .filter(({ time }) => time >= number(startTime, 0) && time <= number(endTime, Number.MAX_SAFE_INTEGER))
      .slice(0, Number(limit))
      .map(tradeAnswer)
  }

  #order(given: Given): KeptOrder {
    const found = findOrder(this.market.orders, given)
    if (found === undefined) throw new VenueRefusal(-2013, 'Order does not exist.')
    return found
  }

  #conditional({ clientAlgoId }: Given): KeptConditional {
    const found = this.market.conditionals.findLast((order) => order.clientAlgoId === clientAlgoId)
    if (found === undefined) throw new VenueRefusal(-2013, 'Order does not exist.')
    return found
  }

  #cancelConditional(given: Given): object {
    const found = this.market.conditionals.findLast((order) => order.clientAlgoId === given['clientAlgoId'])
    if (found?.status !== 'NEW') throw new VenueRefusal(-2011, 'Unknown order sent.')
    found.status = 'CANCELED'
    return { algoId: found.algoId, clientAlgoId: found.clientAlgoId, code: '200', msg: 'success' }
  }

  #checkSignature(given: Given, query: string, request: IncomingMessage): void {
    if (request.headers['x-mbx-apikey'] !== KEYS.key) throw new VenueRefusal(-2014, 'API-key format invalid.')
    const signed = query.replace(/&signature=[^&]*$/, '')
    const wanted = createHmac('sha256', KEYS.secret).update(signed).digest('hex')
    if (given['signature'] !== wanted) throw new VenueRefusal(-1022, 'Signature for this request is not valid.')
    const age = this.market.now - Number(given['timestamp'])
    if (age > Number(given['recvWindow'] ?? RECEIVE_WINDOW_MS) || age < -1_000)
      throw new VenueRefusal(-1021, 'Timestamp for this request is outside of the recvWindow.')
  }

  /** Begins to answer, at `address`. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.address = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Answers nobody any more. */
  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  /** Nothing has happened yet. */
  forget(): void {
    this.market = new StandInMarket()
    this.troubles.length = 0
    this.heard.length = 0
  }

  /** How many orders were taken under every id. */
  taken(): ReadonlyMap<string, number> {
    const ids = [
      ...this.market.orders.map(({ clientOrderId }) => clientOrderId),
      ...this.market.conditionals.map(({ clientAlgoId }) => clientAlgoId),
    ]
    return ids.reduce((counts, id) => counts.set(id, (counts.get(id) ?? 0) + 1), new Map<string, number>())
  }
}

function isIn({ symbol }: { readonly symbol: string }, given: Given): boolean {
  return given['symbol'] === undefined || given['symbol'] === symbol
}

function findOrder(orders: readonly KeptOrder[], { orderId, origClientOrderId }: Given): KeptOrder | undefined {
  return orders.findLast((order) =>
    orderId === undefined ? order.clientOrderId === origClientOrderId : order.orderId === Number(orderId),
  )
}

/** Answers that come instead of carrying the request out. */
const EARLY: Readonly<
  Partial<
    Record<Trouble, { readonly status: number; readonly body: object; readonly headers?: Record<string, string> }>
  >
> = {
  'fails-before': { status: 502, body: { code: -1001, msg: 'Internal error.' } },
  throttled: { status: 429, body: { code: -1003, msg: 'Too many requests.' }, headers: { 'Retry-After': '2' } },
  banned: { status: 418, body: { code: -1003, msg: 'Way too many requests.' }, headers: { 'Retry-After': '60' } },
  'echoes-key': { status: 401, body: { code: -2015, msg: `Invalid API-key ${KEYS.key} with ${KEYS.secret}.` } },
  late: { status: 400, body: { code: -1021, msg: 'Timestamp for this request is outside of the recvWindow.' } },
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
