import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { openVenue, type OpenVenue } from '../../src/feeds/venue.ts'

/** Best bid and ask of the stand-in's only market. */
export interface Top {
  bid: string
  ask: string
}

/**
 * A venue on this machine in place of the real one: it answers what the library asks of Binance USD-M futures for public
 * prices, in the documented shapes, over HTTP and WebSocket. What it stamps is whatever the test says.
 */
export class VenueStandIn {
  readonly top: Top = { bid: '60000.10', ask: '60000.20' }
  /** Stamp of the next prices; `null` leaves it out. */
  stamp: number | null = null
  /** Answers with this status in place of prices and markets, while it is set. */
  failing: number | undefined
  readonly asked: string[] = []
  readonly #server = createServer((request, response) => this.#answer(request, response))
  readonly #sockets = new WebSocketServer({ server: this.#server })
  readonly #subscribed = new Set<WebSocket>()

  constructor() {
    this.#sockets.on('connection', (socket) => {
      socket.on('message', (raw: Buffer) => this.#subscribe(socket, raw.toString('utf8')))
      socket.on('close', () => this.#subscribed.delete(socket))
    })
  }

  async listen(port = 0): Promise<this> {
    this.#server.listen(port, '127.0.0.1')
    await once(this.#server, 'listening')
    return this
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** How many listen to its prices. */
  get listeners(): number {
    return this.#subscribed.size
  }

  /** Tells everybody who listens a new top of book. */
  tell(top: Top, stamp: number | null = this.stamp): void {
    Object.assign(this.top, top)
    for (const socket of this.#subscribed) socket.send(JSON.stringify(this.#book(stamp)))
  }

  /** Drops everybody who listens, without a word. */
  hangUp(): void {
    for (const socket of this.#sockets.clients) socket.terminate()
  }

  close(): void {
    this.hangUp()
    this.#server.close()
    this.#server.closeAllConnections()
  }

  /** Opens the venue of the library against the stand-in; `calls` switches calls off that the venue should not have. */
  opener(calls: Readonly<Record<string, boolean>> = {}): OpenVenue {
    return async (venue) => {
      const opened = await openVenue(venue, { enableRateLimit: false, timeout: 2_000 })
      if (!opened.ok) return opened
      const client = opened.value as typeof opened.value & Innards
      // The library speaks unencrypted WebSocket only once it was asked to.
      await client.loadHttpProxyAgent()
      Object.assign(client.has, calls)
      const http = `http://127.0.0.1:${this.port}`
      client.urls.api = moved(client.urls.api, http)
      return { ok: true, value: client }
    }
  }

  #answer({ url = '' }: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(url, 'http://stand-in')
    this.asked.push(pathname)
    const say = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (this.failing !== undefined) say(this.failing, { code: -1000, msg: 'An unknown error occurred.' })
    else if (pathname.endsWith('/exchangeInfo')) say(200, { symbols: [CONTRACT] })
    else if (pathname.endsWith('/ticker/bookTicker')) {
      const { bid, ask } = this.top
      const time = this.stamp === null ? {} : { time: this.stamp }
      say(200, [{ symbol: 'BTCUSDT', bidPrice: bid, bidQty: '2.5', askPrice: ask, askQty: '1.5', ...time }])
    } else say(404, { code: -1, msg: `There is no ${pathname}.` })
  }

  #subscribe(socket: WebSocket, text: string): void {
    const { method, params, id } = JSON.parse(text) as { method: string; params: readonly string[]; id: number }
    this.asked.push(`${method} ${params.join(' ')}`)
    socket.send(JSON.stringify({ result: null, id }))
    if (method === 'SUBSCRIBE' && params.includes('btcusdt@bookTicker')) this.#subscribed.add(socket)
  }

  #book(stamp: number | null): object {
    const { bid, ask } = this.top
    const times = stamp === null ? {} : { E: stamp, T: stamp }
    return { e: 'bookTicker', u: 1, s: 'BTCUSDT', b: bid, B: '2.5', a: ask, A: '1.5', ...times }
  }
}

/** What of the library is moved to the stand-in. */
interface Innards {
  readonly has: Record<string, unknown>
  readonly urls: { api: unknown }
  loadHttpProxyAgent(): Promise<unknown>
}

/** Every address of the library, moved to the stand-in with its path. */
function moved(address: unknown, http: string): unknown {
  if (typeof address === 'string')
    return address.replace(/^https:\/\/[^/]+/, http).replace(/^wss:\/\/[^/]+/, http.replace('http', 'ws'))
  const members = Object.entries((address ?? {}) as Readonly<Record<string, unknown>>)
  return Object.fromEntries(members.map(([name, one]) => [name, moved(one, http)]))
}

const CONTRACT = {
  symbol: 'BTCUSDT',
  pair: 'BTCUSDT',
  contractType: 'PERPETUAL',
  deliveryDate: 4_133_404_800_000,
  onboardDate: 1_569_398_400_000,
  status: 'TRADING',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  marginAsset: 'USDT',
  pricePrecision: 2,
  quantityPrecision: 3,
  baseAssetPrecision: 8,
  quotePrecision: 8,
  underlyingType: 'COIN',
  filters: [
    { filterType: 'PRICE_FILTER', minPrice: '0.10', maxPrice: '4529764', tickSize: '0.10' },
    { filterType: 'LOT_SIZE', minQty: '0.001', maxQty: '1000', stepSize: '0.001' },
    { filterType: 'MARKET_LOT_SIZE', minQty: '0.001', maxQty: '120', stepSize: '0.001' },
    { filterType: 'MIN_NOTIONAL', notional: '100' },
  ],
  orderTypes: ['LIMIT', 'MARKET'],
  timeInForce: ['GTC', 'IOC'],
}
