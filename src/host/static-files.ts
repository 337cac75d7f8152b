import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { readPageFiles, type PageFile } from './page-files.ts'

type Encoding = 'br' | 'gzip' | 'identity'
type Bodies = Map<Encoding, Promise<Buffer>>

/**
 * The files of a folder as they were when the host started, by address: no path from a request ever reaches the disk. The answer
 * says whether there was such a file.
 */
export function openStaticFiles(
  folder: string,
): (request: IncomingMessage, response: ServerResponse, path: string) => Promise<boolean> {
  const files = readPageFiles(folder)
  const compressed = new Map<PageFile, Bodies>([...files.values()].map((file) => [file, new Map()]))
  return async (request, response, path) => {
    const file = files.get(path === '/' ? '/index.html' : path)
    if (file === undefined) return false
    const encoding = isText(file.type) ? preferred(request.headers['accept-encoding']) : 'identity'
    const etag = `"${file.hash}-${encoding}"`
    response.setHeader('etag', etag)
    response.setHeader(
      'cache-control',
      path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
    )
    response.setHeader('vary', 'accept-encoding')
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304).end()
      return true
    }
    const body = await bodyIn(file, encoding, compressed)
    if (encoding !== 'identity') response.setHeader('content-encoding', encoding)
    response.writeHead(200, { 'content-type': file.type, 'content-length': body.length })
    response.end(request.method === 'HEAD' ? undefined : body)
    return true
  }
}

// Compressed once, on first use, and kept: the page is a few hundred kilobytes.
function bodyIn(file: PageFile, encoding: Encoding, compressed: ReadonlyMap<PageFile, Bodies>): Promise<Buffer> {
  if (encoding === 'identity') return Promise.resolve(file.body)
  const ready = compressed.get(file)?.get(encoding) ?? compress(file.body, encoding)
  compressed.get(file)?.set(encoding, ready)
  return ready
}

function compress(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return promisify(gzip)(body)
  return promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
}

function preferred(accepted: string | string[] | undefined): Encoding {
  const names = String(accepted ?? '')
    .split(',')
    .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
    .map((part) => part.split(';')[0]?.trim())
  return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : 'identity'
}

const isText = (type: string): boolean => /^text\/|javascript|json|svg/.test(type)
