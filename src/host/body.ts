import type { IncomingMessage } from 'node:http'
import type { Turned } from './answers.ts'

/** Largest body of an ordinary call, in bytes. */
export const callLimit = 2 ** 20

/** Largest message of a call that carries a file, in bytes: 64 MiB of file as base64, and its envelope. */
export const fileLimit = 4 * Math.ceil((64 * 2 ** 20) / 3) + callLimit

/** Calls of the contract that carry a file's contents, by path. */
export const fileCalls: ReadonlySet<string> = new Set(['imports/inspect'])

/** The JSON body of a request, undefined for an empty one; turned away when it is too large (413), not declared as JSON (415) or not JSON (400). */
export async function readJsonBody(request: IncomingMessage, limit = callLimit): Promise<{ body: unknown } | Turned> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return tooLarge(limit)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) return tooLarge(limit)
    chunks.push(chunk)
  }
  if (size === 0) return { body: undefined }
  // A form or a plain text needs no permission to be sent by a foreign page; JSON does.
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return { status: 415, code: 'NOT_JSON', says: 'The body must be JSON: send it with content-type application/json.' }
  }
  try {
    return { body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown }
  } catch (error) {
    return { status: 400, code: 'NOT_JSON', says: `The body is not JSON: ${(error as SyntaxError).message}.` }
  }
}

function tooLarge(limit: number): Turned {
  return {
    status: 413,
    code: 'TOO_LARGE',
    says: `The body is larger than ${limit / 2 ** 20} MiB, the most this call takes.`,
  }
}
