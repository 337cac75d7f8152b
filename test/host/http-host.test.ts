import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHttpHost, type HttpHost } from '../../src/host/http-host.ts'
import { rawRequest } from '../support/raw-request.ts'
import { keepingLog, sampleContract, sampleDesk, sampleRestContract } from '../support/sample-desk.ts'

const apiToken = 'a'.repeat(32)
const bearer = { authorization: `Bearer ${apiToken}` }
const folder = mkdtempSync(join(tmpdir(), 'ballast-host-'))
const page = join(folder, 'page')
const { log, lines } = keepingLog()
const { desk, state } = sampleDesk()
let host: HttpHost
let port: number

const start = (at = 0): Promise<HttpHost> =>
  startHttpHost({
    contract: sampleContract,
    restContract: sampleRestContract,
    desk,
    pageFolder: page,
    apiToken,
    version: '1',
    port: at,
    log,
  })

beforeAll(async () => {
  mkdirSync(join(page, 'assets'), { recursive: true })
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(page, 'assets', 'app-1.js'), 'export const long = 1\n'.repeat(500))
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  host = await start()
  port = Number(new URL(host.origin).port)
})
afterAll(async () => {
  await host.close()
  rmSync(folder, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  fetch(`${host.origin}${path}`, { headers, method, redirect: 'manual' })
const raw = (line: string, ...headers: string[]): Promise<string> =>
  rawRequest(port, [line, ...headers, 'connection: close', '', ''].join('\r\n'))
const statusOf = async (answer: Promise<string>): Promise<number> => Number((await answer).split(' ')[1])

describe('who may speak', () => {
  it.each([`evil.example`, `127.0.0.1`, `127.0.0.1:1`, `localhost.evil.example:80`, `[::1]:80`])(
    'turns the host name %s away',
    async (name) => {
      expect(
        await statusOf(raw('GET /api/notes/1 HTTP/1.1', `host: ${name}`, `authorization: ${bearer.authorization}`)),
      ).toBe(421)
    },
  )

  it('answers at both names of this machine', async () => {
    for (const name of ['127.0.0.1', 'localhost']) {
      expect(
        await statusOf(
          raw('GET /api/notes/1 HTTP/1.1', `host: ${name}:${port}`, `authorization: ${bearer.authorization}`),
        ),
      ).toBe(200)
    }
  })

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1', 'app://desk'])(
    'turns the origin %s away',
    async (origin) => {
      expect((await get('/api/notes/1', { ...bearer, origin })).status).toBe(403)
    },
  )

  it('turns away what a page of another site made the browser send, but follows a link from there', async () => {
    const from = ['sec-fetch-site: cross-site', `host: 127.0.0.1:${port}`, `authorization: ${bearer.authorization}`]
    expect(await statusOf(raw('GET /api/notes/1 HTTP/1.1', ...from, 'sec-fetch-mode: no-cors'))).toBe(403)
    expect(await statusOf(raw('GET / HTTP/1.1', ...from, 'sec-fetch-mode: navigate'))).toBe(200)
  })

  it.each([{}, { authorization: 'Bearer wrong' }, { authorization: apiToken }, { cookie: 'ballast=x' }])(
    'answers 401 without a valid token or session: %o',
    async (headers) => {
      for (const path of ['/api/notes/1', '/api/openapi.json', '/api/nothing'])
        expect((await get(path, headers)).status).toBe(401)
    },
  )

  it('lets a one-time token in once, as a session the page cannot read', async () => {
    const address = new URL(host.newAddress())
    const first = await get(`${address.pathname}${address.search}`)
    const cookie = first.headers.get('set-cookie') ?? ''
    expect([first.status, first.headers.get('location')]).toEqual([303, '/'])
    expect(cookie).toMatch(/^ballast-\d+=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/$/)
    const session = { cookie: cookie.split(';')[0] ?? '' }
    expect((await get('/', session)).status).toBe(200)
    expect((await get('/api/notes/1', session)).status).toBe(200)
    expect((await get(`${address.pathname}${address.search}`)).status).toBe(401)
    expect((await get(`${address.pathname}${address.search}`, session)).status).toBe(303)
  })

  it('shows a person without a session a page that says what to do', async () => {
    const answer = await get('/')
    expect(answer.status).toBe(401)
    expect(await answer.text()).toContain('npm start')
  })

  it('gives a fresh address to whoever has the API token', async () => {
    expect((await get('/enter', {}, 'POST')).status).toBe(401)
    expect((await get('/enter', bearer, 'GET')).status).toBe(405)
    const { url } = (await (await get('/enter', bearer, 'POST')).json()) as { url: string }
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303)
  })
})

describe('the page', () => {
  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/../../secret.txt',
    '//etc/passwd',
    '/%00',
    '/%',
  ])('has no file outside its folder: %s', async (path) => {
    const answer = await raw(`GET ${path} HTTP/1.1`, `host: 127.0.0.1:${port}`)
    expect(answer).not.toContain('\r\n\r\nsecret')
    expect(await statusOf(Promise.resolve(answer))).toBe(404)
  })

  it('survives a request line that is no address', async () => {
    await raw('GET http://[ HTTP/1.1', `host: 127.0.0.1:${port}`)
    expect((await get('/assets/app-1.js')).status).toBe(200)
  })

  it('carries the strict policy on every answer', async () => {
    for (const path of ['/', '/nothing', '/api/notes/1']) {
      const policy = (await get(path, bearer)).headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("require-trusted-types-for 'script'")
      expect(policy).not.toContain('unsafe')
    }
  })

  it('is compressed, cached by its hash and confirmed without being sent again', async () => {
    const whole = await get('/assets/app-1.js', { 'accept-encoding': 'identity' })
    for (const encoding of ['br', 'gzip']) {
      const small = await get('/assets/app-1.js', { 'accept-encoding': `${encoding};q=1, deflate` })
      expect(small.headers.get('content-encoding')).toBe(encoding)
      expect(Number(small.headers.get('content-length'))).toBeLessThan(1000)
      expect(await small.text()).toBe('export const long = 1\n'.repeat(500))
      const again = await get('/assets/app-1.js', {
        'accept-encoding': encoding,
        'if-none-match': small.headers.get('etag') ?? '',
      })
      expect(again.status).toBe(304)
    }
    expect(whole.headers.get('content-encoding')).toBeNull()
    expect(whole.headers.get('cache-control')).toContain('immutable')
    expect((await get('/', bearer)).headers.get('cache-control')).toBe('no-cache')
  })

  it('answers HEAD with the length and no body, and no other method', async () => {
    const head = await get('/assets/app-1.js', { 'accept-encoding': 'identity' }, 'HEAD')
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '11000', ''])
    const post = await get('/assets/app-1.js', {}, 'POST')
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })
})

describe('REST', () => {
  const post = (body: string, type = 'application/json'): Promise<Response> =>
    fetch(`${host.origin}/api/notes`, { method: 'POST', body, headers: { ...bearer, 'content-type': type } })

  it('describes exactly the chosen calls', async () => {
    const document = (await (await get('/api/openapi.json', bearer)).json()) as { openapi: string; paths: object }
    expect(document.openapi).toMatch(/^3\.1/)
    expect(Object.keys(document.paths).sort()).toEqual(['/notes', '/notes/{id}'])
    for (const path of ['/api/faults/crash', '/api/imports/preview', '/api/notes/watch/x', '/api/']) {
      expect((await get(path, bearer, 'POST')).status).toBe(404)
    }
  })

  it('answers, and refuses with the code and the field', async () => {
    expect(await (await get('/api/notes/1', bearer)).json()).toEqual({ id: '1', text: 'kept' })
    const refused = await get('/api/notes/gone', bearer)
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({
      code: 'REFUSED',
      data: { code: 'NOTE_GONE', field: 'id', says: 'That note is gone; pick another.' },
    })
  })

  it('names the methods a path answers to', async () => {
    const answer = await get('/api/notes/1', bearer, 'DELETE')
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET'])
    expect((await get('/api/openapi.json', bearer, 'POST')).status).toBe(405)
  })

  it.each([
    ['{"id":', 'application/json', 400],
    ['id=1&text=x', 'application/x-www-form-urlencoded', 415],
    ['{"id":"1","text":"x"}', 'text/plain', 415],
    ['{"id":"1","text":1}', 'application/json', 400],
    ['{"id":"1","text":"x","more":1}', 'application/json', 400],
    ['{"id":"1","text":"x","__proto__":{"admin":true}}', 'application/json', 400],
    ['', 'application/json', 400],
    ['[]', 'application/json', 400],
    ['null', 'application/json', 400],
  ])('refuses the body %s as %s and does nothing', async (body, type, status) => {
    const before = state.saved
    expect((await post(body, type)).status).toBe(status)
    expect(state.saved).toBe(before)
  })

  it('takes bodies up to its limit, declared or not', async () => {
    const before = state.saved
    expect((await post(JSON.stringify({ id: '1', text: 'x'.repeat(2 ** 20 - 100) }))).status).toBe(200)
    const large = 'x'.repeat(2 ** 20 + 1)
    const declared = await raw(
      'POST /api/notes HTTP/1.1',
      `host: 127.0.0.1:${port}`,
      `authorization: ${bearer.authorization}`,
      'content-type: application/json',
      `content-length: ${large.length}`,
    )
    expect(await statusOf(Promise.resolve(declared))).toBe(413)
    const chunks = `${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`
    const head = [
      `POST /api/notes HTTP/1.1`,
      `host: 127.0.0.1:${port}`,
      `authorization: ${bearer.authorization}`,
      'content-type: application/json',
      'transfer-encoding: chunked',
    ]
    expect(await statusOf(rawRequest(port, `${head.join('\r\n')}\r\n\r\n${chunks}`))).toBe(413)
    expect(state.saved).toBe(before + 1)
  })
})

describe('the port', () => {
  it('is refused with a sentence when another program has it', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port: taken } = other.address() as { port: number }
    await expect(start(taken)).rejects.toMatchObject({ name: 'HostRefusal', code: 'PORT_IN_USE' })
    await new Promise((resolve) => other.close(resolve))
  })

  it('is free again after the host closed', async () => {
    const first = await start()
    await first.close()
    const second = await start(Number(new URL(first.origin).port))
    expect(second.origin).toBe(first.origin)
    await second.close()
  })
})

it('logs nothing for all of the above', () => expect(lines).toEqual([]))
