import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

const mostTickets = 32
const mostSessions = 64

/** Who may speak to the desk host: a browser with a session it got for a one-time ticket, or a program with the API token. */
export class Access {
  readonly #apiToken: string
  readonly #tickets = new Set<string>()
  readonly #sessions = new Set<string>()

  constructor(apiToken: string) {
    this.#apiToken = apiToken
  }

  /** A ticket that buys one session, once. */
  newTicket(): string {
    return remember(this.#tickets, mostTickets)
  }

  /** The new session for a ticket, or undefined when it is unknown or used. */
  redeem(ticket: string): string | undefined {
    return this.#tickets.delete(ticket) ? remember(this.#sessions, mostSessions) : undefined
  }

  /** Whether the session cookie of that name is one of ours. */
  hasSession(headers: IncomingHttpHeaders, cookieName: string): boolean {
    const value = cookieOf(headers.cookie ?? '', cookieName)
    return value !== undefined && this.#sessions.has(value)
  }

  /** Whether the request carries the API token as `Authorization: Bearer`. */
  hasToken(headers: IncomingHttpHeaders): boolean {
    const given = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1]
    return given !== undefined && timingSafeEqual(digest(given), digest(this.#apiToken))
  }
}

function remember(known: Set<string>, most: number): string {
  for (const oldest of known) {
    if (known.size < most) break
    known.delete(oldest)
  }
  const secret = randomBytes(24).toString('base64url')
  known.add(secret)
  return secret
}

function cookieOf(header: string, name: string): string | undefined {
  const pair = header.split(';').find((part) => part.trim().startsWith(`${name}=`))
  return pair?.trim().slice(name.length + 1)
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
