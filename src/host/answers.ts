import type { IncomingMessage, ServerResponse } from 'node:http'

/** A refusal on the way in: HTTP status, stable code and one sentence; with a title it is a page for a person. */
export interface Turned {
  readonly status: number
  readonly code: string
  readonly says: string
  readonly title?: string
  /** The methods that would be answered. */
  readonly allow?: readonly string[]
}

/** Sends a JSON document. */
export function answerJson(response: ServerResponse, status: number, document: unknown): void {
  send(response, status, 'application/json', JSON.stringify(document))
}

/** Sends a refusal: `{code, says}`, or a page where it has a title. A body that was not read is cut off with the connection. */
export function turnAway(response: ServerResponse, { status, code, says, title, allow }: Turned): void {
  if (status === 413) response.setHeader('connection', 'close')
  if (allow !== undefined) response.setHeader('allow', allow.join(', '))
  if (title === undefined) answerJson(response, status, { code, says })
  else send(response, status, 'text/html; charset=utf-8', pageOf(title, says))
}

/** The refusal of a request whose path is known and whose method is not. */
export function wrongMethod(request: IncomingMessage, allow: readonly string[]): Turned {
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  return { status: 405, code: 'WRONG_METHOD', says: `${path} answers to ${allow.join(' and ')} only.`, allow }
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  const body = Buffer.from(text)
  response.writeHead(status, { 'content-type': type, 'content-length': body.length, 'cache-control': 'no-store' })
  response.end(body)
}

function pageOf(title: string, says: string): string {
  const head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
  return `<!doctype html><html lang="en">${head}<title>${title}</title><h1>${title}</h1><p>${says}</p></html>`
}
