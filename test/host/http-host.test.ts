import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { SampleHost, bearer, statusOf } from '../support/sample-host.ts'

const sample = new SampleHost()
const note = 'GET /api/notes/1 HTTP/1.1'
const asOwner = `authorization: ${bearer.authorization}`

describe('who may speak', () => {
  it.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example:80', '[::1]:80'])(
    'turns the host name %s away',
    async (name) => expect(statusOf(await sample.raw([note, `host: ${name}`, asOwner]))).toBe(421),
  )

  it('answers at both names of this machine', async () => {
    for (const name of ['127.0.0.1', 'localhost']) {
      expect(statusOf(await sample.raw([note, `host: ${name}:${sample.port}`, asOwner]))).toBe(200)
    }
  })

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1', 'app://desk'])(
    'turns the origin %s away',
    async (origin) => expect((await sample.get('/api/notes/1', { ...bearer, origin })).status).toBe(403),
  )

  it('turns away what a page of another site made the browser send, but follows a link from there', async () => {
    const from = ['sec-fetch-site: cross-site', `host: 127.0.0.1:${sample.port}`, asOwner]
    expect(statusOf(await sample.raw([note, ...from, 'sec-fetch-mode: no-cors']))).toBe(403)
    expect(statusOf(await sample.raw(['GET / HTTP/1.1', ...from, 'sec-fetch-mode: navigate']))).toBe(200)
  })

  it.each([{}, { authorization: 'Bearer wrong' }, { authorization: 'a'.repeat(32) }, { cookie: 'ballast=x' }])(
    'answers 401 without a valid token or session: %o',
    async (headers) => {
      for (const path of ['/api/notes/1', '/api/openapi.json', '/api/nothing']) {
        expect((await sample.get(path, headers)).status).toBe(401)
      }
    },
  )

  it('lets a one-time token in once, as a session the page cannot read', async () => {
    const address = new URL(sample.host.newAddress()).search
    const first = await sample.get(`/${address}`)
    const cookie = first.headers.get('set-cookie') ?? ''
    expect([first.status, first.headers.get('location')]).toEqual([303, '/'])
    expect(cookie).toMatch(/^ballast-\d+=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/$/)
    const session = { cookie: cookie.split(';')[0] ?? '' }
    expect((await sample.get('/', session)).status).toBe(200)
    expect((await sample.get('/api/notes/1', session)).status).toBe(200)
    expect((await sample.get(`/${address}`)).status).toBe(401)
    expect((await sample.get(`/${address}`, session)).status).toBe(303)
  })

  it('shows a person without a session a page that says what to do', async () => {
    const answer = await sample.get('/')
    expect(answer.status).toBe(401)
    expect(await answer.text()).toContain('npm start')
  })

  it('gives a fresh address to whoever has the API token', async () => {
    expect((await sample.get('/enter', {}, 'POST')).status).toBe(401)
    expect((await sample.get('/enter', bearer, 'GET')).status).toBe(405)
    const { url } = (await (await sample.get('/enter', bearer, 'POST')).json()) as { url: string }
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303)
  })
})

describe('the port', () => {
  it('is refused with a sentence when another program has it', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port: taken } = other.address() as { port: number }
    await expect(sample.another(taken)).rejects.toMatchObject({ name: 'HostRefusal', code: 'PORT_IN_USE' })
    await new Promise((resolve) => other.close(resolve))
  })

  it('is free again after the host closed', async () => {
    const first = await sample.another()
    await first.close()
    const second = await sample.another(Number(new URL(first.origin).port))
    expect(second.origin).toBe(first.origin)
    await second.close()
  })
})

it('logs nothing for all of the above', () => expect(sample.lines).toEqual([]))
