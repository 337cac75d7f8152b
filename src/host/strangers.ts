import type { IncomingMessage } from 'node:http'
import type { Turned } from './answers.ts'

/**
 * Turns away whoever is not at home: a foreign `Host` (DNS rebinding, 421), a foreign `Origin` or a request another site made
 * the browser send (403). Undefined when welcome.
 */
export function turnStranger(request: IncomingMessage, port: number): Turned | undefined {
  const { host, origin } = request.headers
  const site = request.headers['sec-fetch-site']
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    return { status: 421, code: 'WRONG_HOST', says: `This desk answers only at 127.0.0.1:${port}.` }
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return { status: 403, code: 'WRONG_ORIGIN', says: 'Pages of another site may not speak to this desk.' }
  }
  // A link from elsewhere may lead a person here (navigate); a page from elsewhere may not fetch.
  const follows = request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET'
  if (typeof site === 'string' && site !== 'same-origin' && site !== 'none' && !follows) {
    return { status: 403, code: 'WRONG_SITE', says: 'Pages of another site may not speak to this desk.' }
  }
  return undefined
}
