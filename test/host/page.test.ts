import { describe, expect, it } from 'vitest'
import { SampleHost, bearer, longFile, statusOf } from '../support/sample-host.ts'

const sample = new SampleHost()
const plain = { 'accept-encoding': 'identity' }

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
    const answer = await sample.raw([`GET ${path} HTTP/1.1`, `host: 127.0.0.1:${sample.port}`])
    expect(answer).not.toContain('\r\n\r\nsecret')
    expect(statusOf(answer)).toBe(404)
  })

  it('refuses a request line that holds no address', async () => {
    const answer = await sample.raw(['GET http://[ HTTP/1.1', `host: 127.0.0.1:${sample.port}`])
    expect(statusOf(answer)).toBe(400)
  })

  it('carries the strict policy on every answer', async () => {
    for (const path of ['/', '/nothing', '/api/notes/1']) {
      const policy = (await sample.get(path, bearer)).headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("require-trusted-types-for 'script'")
      expect(policy).not.toContain('unsafe')
    }
  })

  it.each(['br', 'gzip'])('is sent as %s and confirmed without being sent again', async (encoding) => {
    const small = await sample.get('/assets/app-1.js', { 'accept-encoding': `${encoding};q=1, deflate` })
    expect(small.headers.get('content-encoding')).toBe(encoding)
    expect(Number(small.headers.get('content-length'))).toBeLessThan(1000)
    expect(await small.text()).toBe(longFile)
    const known = { 'accept-encoding': encoding, 'if-none-match': small.headers.get('etag') ?? '' }
    expect((await sample.get('/assets/app-1.js', known)).status).toBe(304)
  })

  it('is sent as it is to whoever takes nothing else', async () => {
    for (const accepted of ['identity', 'br;q=0, gzip;q=0.0']) {
      const whole = await sample.get('/assets/app-1.js', { 'accept-encoding': accepted })
      expect(whole.headers.get('content-encoding')).toBeNull()
    }
  })

  it('is kept for good where its name holds its hash, and asked for again where not', async () => {
    expect((await sample.get('/assets/app-1.js')).headers.get('cache-control')).toContain('immutable')
    expect((await sample.get('/', bearer)).headers.get('cache-control')).toBe('no-cache')
  })

  it('answers HEAD with the length and no body, and no other method', async () => {
    const head = await sample.get('/assets/app-1.js', plain, 'HEAD')
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      200,
      String(longFile.length),
      '',
    ])
    const post = await sample.get('/assets/app-1.js', {}, 'POST')
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })
})
