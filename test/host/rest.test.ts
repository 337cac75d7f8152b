import { describe, expect, it } from 'vitest'
import { SampleHost, bearer, statusOf } from '../support/sample-host.ts'

const sample = new SampleHost()
const { state } = sample
const postLines = (...more: string[]): string[] => [
  'POST /api/notes HTTP/1.1',
  `host: 127.0.0.1:${sample.port}`,
  `authorization: ${bearer.authorization}`,
  'content-type: application/json',
  ...more,
]

describe('REST', () => {
  it('describes exactly the chosen calls, and answers no other', async () => {
    const document = (await (await sample.get('/api/openapi.json', bearer)).json()) as {
      openapi: string
      paths: object
    }
    expect(document.openapi).toMatch(/^3\.1/)
    expect(Object.keys(document.paths).sort()).toEqual(['/notes', '/notes/{id}'])
    for (const path of ['/api/faults/crash', '/api/imports/inspect', '/api/notes/watch/x', '/api/']) {
      expect((await sample.get(path, bearer, 'POST')).status).toBe(404)
    }
  })

  it('answers, and refuses with the code and the field', async () => {
    expect(await (await sample.get('/api/notes/1', bearer)).json()).toEqual({ id: '1', text: 'kept' })
    const refused = await sample.get('/api/notes/gone', bearer)
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({
      code: 'REFUSED',
      data: { code: 'NOTE_GONE', field: 'id', says: 'That note is gone; pick another.' },
    })
  })

  it('names the methods a path answers to', async () => {
    const answer = await sample.get('/api/notes/1', bearer, 'DELETE')
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET'])
    expect((await sample.get('/api/openapi.json', bearer, 'POST')).status).toBe(405)
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
    expect((await sample.post('/api/notes', body, type)).status).toBe(status)
    expect(state.saved).toBe(before)
  })

  it('takes bodies up to its limit, declared or not', async () => {
    const before = state.saved
    const fits = JSON.stringify({ id: '1', text: 'x'.repeat(2 ** 20 - 100) })
    expect((await sample.post('/api/notes', fits)).status).toBe(200)
    const large = 'x'.repeat(2 ** 20 + 1)
    expect(statusOf(await sample.raw(postLines(`content-length: ${large.length}`)))).toBe(413)
    const chunks = `${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`
    expect(statusOf(await sample.raw(postLines('transfer-encoding: chunked'), chunks))).toBe(413)
    expect(state.saved).toBe(before + 1)
  })
})
