import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AnyContractRouter } from '@orpc/contract'
import { Access } from './access.ts'
import { answerJson, turnAway, wrongMethod, type Turned } from './answers.ts'
import { securityHeaders } from './content-security-policy.ts'
import { HostRefusal } from './host-refusal.ts'
import type { Log } from './log.ts'
import { openRest } from './rest.ts'
import { buildRouter } from './router.ts'
import { openSockets } from './sockets.ts'
import { openStaticFiles } from './static-files.ts'
import { turnStranger } from './strangers.ts'
import { openWire } from './wire.ts'

/** What the HTTP host serves, and to whom. */
export interface HttpHostOptions {
  /** Everything the page may call, and the part of it that is REST. */
  readonly contract: AnyContractRouter
  /** The part of it for programs that hold the API token and are no page; all of it where left out. */
  readonly programContract?: AnyContractRouter
  readonly restContract: AnyContractRouter
  /** An object with the calls of the contract at the same paths. */
  readonly desk: object
  /** The built page, or undefined to serve the calls alone. */
  readonly pageFolder: string | undefined
  readonly apiToken: string
  readonly version: string
  /** 0 for any free port. */
  readonly port: number
  readonly log: Log
}

/** A running HTTP host on 127.0.0.1. */
export interface HttpHost {
  readonly origin: string
  /** An address that signs one browser in, once. */
  newAddress: () => string
  /** Ends every connection and resolves when the port is free. */
  close: () => Promise<void>
}

/** Serves page, WebSocket and REST on 127.0.0.1; refuses with PORT_IN_USE or PORT_NOT_ALLOWED. */
export async function startHttpHost(options: HttpHostOptions): Promise<HttpHost> {
  const access = new Access(options.apiToken)
  const rest = openRest(
    options.restContract,
    buildRouter(options.restContract, options.desk, options.log),
    options.version,
  )
  const page = options.pageFolder === undefined ? undefined : openStaticFiles(options.pageFolder)
  let port = options.port
  const origin = (): string => `http://127.0.0.1:${port}`
  const cookie = (): string => `ballast-${port}`
  const newAddress = (): string => `${origin()}/?token=${access.newTicket()}`
  const stranger = (request: IncomingMessage): Turned | undefined => turnStranger(request, port)
  const known = (request: IncomingMessage): boolean =>
    access.hasToken(request.headers) || access.hasSession(request.headers, cookie())

  const exchange = (request: IncomingMessage, response: ServerResponse, ticket: string): Turned | undefined => {
    const session = access.redeem(ticket)
    // Reloading the first address in the browser that used it is no mistake.
    if (session === undefined && !known(request)) return usedTicket
    const cookies =
      session === undefined ? {} : { 'set-cookie': `${cookie()}=${session}; HttpOnly; SameSite=Strict; Path=/` }
    response.writeHead(303, { location: '/', 'cache-control': 'no-store', ...cookies }).end()
    return undefined
  }

  const answerEnter = (request: IncomingMessage, response: ServerResponse): Turned | undefined => {
    if (!access.hasToken(request.headers)) return notSignedIn
    if (request.method !== 'POST') return wrongMethod(request, ['POST'])
    answerJson(response, 200, { url: newAddress() })
    return undefined
  }

  const answerPage = async (
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<Turned | undefined> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return wrongMethod(request, ['GET', 'HEAD'])
    const ticket = url.searchParams.get('token')
    if (url.pathname === '/' && ticket !== null) return exchange(request, response, ticket)
    if (url.pathname === '/' && !known(request)) return noSession
    return (await page?.(request, response, url.pathname)) === true ? undefined : noFile
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<Turned | undefined> => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    const turned = stranger(request)
    if (turned !== undefined) return turned
    const url = URL.parse(`${origin()}${request.url ?? '/'}`)
    if (url === null) return noAddress
    if (url.pathname === '/enter') return answerEnter(request, response)
    if (!url.pathname.startsWith('/api/')) return answerPage(request, response, url)
    return known(request) ? rest.answer(request, response, url.pathname) : notSignedIn
  }

  const server = createServer((request, response) => {
    answer(request, response)
      .then((turned) => {
        if (turned !== undefined) turnAway(response, turned)
      })
      .catch((error: unknown) => {
        options.log.error({ err: error }, 'a request failed unexpectedly')
        if (response.headersSent) response.destroy()
        else turnAway(response, failed)
      })
  })
  const serve = openWire(buildRouter(options.contract, options.desk, options.log), options.log)
  const serveProgram =
    options.programContract === undefined
      ? serve
      : openWire(buildRouter(options.programContract, options.desk, options.log), options.log)
  const sockets = openSockets(
    server,
    (request) => {
      if (request.url !== '/rpc') return { status: 404, code: 'NOT_FOUND', says: 'Sockets are served at /rpc.' }
      // Browsers always say where a socket comes from; a program that does not must show the token.
      if (request.headers.origin === undefined && !access.hasToken(request.headers)) return notSignedIn
      return stranger(request) ?? (known(request) ? undefined : notSignedIn)
    },
    (end, request) => (access.hasSession(request.headers, cookie()) ? serve : serveProgram)(end),
  )
  port = await listen(server, options.port)
  return {
    origin: origin(),
    newAddress,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        sockets.close()
        setTimeout(() => server.closeAllConnections(), 200)
        server.closeIdleConnections()
      }),
  }
}

const again = 'Start Ballast again (npm start): it prints a new address for this browser.'
const noSession: Turned = { status: 401, code: 'NOT_SIGNED_IN', says: again, title: 'Ballast is running' }
const usedTicket: Turned = { status: 401, code: 'TOKEN_USED', says: again, title: 'This address was used already' }
const noAddress: Turned = { status: 400, code: 'NO_ADDRESS', says: 'The request line holds no address.' }
const noFile: Turned = { status: 404, code: 'NOT_FOUND', says: 'There is no such file.' }
const failed: Turned = { status: 500, code: 'INTERNAL', says: 'The desk failed inside. Its log says why.' }
const notSignedIn: Turned = {
  status: 401,
  code: 'NOT_SIGNED_IN',
  says: 'Send the API token of the data folder as «Authorization: Bearer», or open the address Ballast printed.',
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(new HostRefusal('PORT_IN_USE', `Port ${port} is taken by another program; choose another with --port.`))
      else if (error.code === 'EACCES')
        reject(
          new HostRefusal(
            'PORT_NOT_ALLOWED',
            `Port ${port} may not be used by this user; choose one above 1023 with --port.`,
          ),
        )
      else reject(error)
    })
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('the server has no TCP address'))
      else resolve(address.port)
    })
  })
}
