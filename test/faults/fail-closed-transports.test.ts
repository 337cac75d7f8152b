import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHttpHost, type HttpHost } from '../../src/host/http-host.ts'
import { contract, restContract } from '../../src/contract/index.ts'
import type { RecordedDecision } from '../../src/contract/sizing.ts'
import { keepingLog } from '../support/sample-desk.ts'
import { ballastJson } from '../cli/run-ballast.ts'
import { fileOf, paperRoom, share, type TradingRoom } from '../desk/trading-room.ts'

const TOKEN = 'a'.repeat(32)
const ORDER = { symbol: 'AAPL', side: 'buy', entry: '200', stop: '190', target: '220', risk: '0.01', signal: '1' }

/** What JSON can carry that is no plain positive decimal; `null` and absence stand for «not given». */
const BROKEN: readonly unknown[] = [
  'NaN',
  'Infinity',
  '-Infinity',
  'text',
  '1,234',
  '0x10',
  '1e308',
  1e308,
  '-5',
  -5,
  '',
  ' ',
  '1 2',
  '١٢',
]
/** What the contract itself refuses, whatever the member. */
const MISSHAPEN: readonly unknown[] = [true, {}, [], [1], { value: '200' }, 'x'.repeat(500)]
/** Zero and minus zero size nothing, but are numbers. */
const NOTHING: readonly unknown[] = ['0', '-0', -0, 0]

const NUMBERS = ['entry', 'stop', 'target', 'quantity', 'risk'] as const
/** A strategy that is not listed is none of them: it has the fallback budget. */
const WORDS = ['symbol', 'side', 'method', 'conviction'] as const

interface Answer {
  readonly quantity?: string
  readonly reasons?: RecordedDecision['reasons']
  readonly code?: string
  readonly field?: string
  readonly says?: string
}

let room: TradingRoom
let host: HttpHost

beforeAll(async () => {
  room = await paperRoom('100000')
  await room.calls.market.saveInstrument(share('AAPL'))
  await room.calls.market.typePrice({ symbol: 'AAPL', price: '200' })
  const { log } = keepingLog()
  host = await startHttpHost({
    contract,
    restContract,
    desk: room.desk,
    pageFolder: undefined,
    apiToken: TOKEN,
    version: '1',
    port: 0,
    log,
  })
})
afterAll(() => host.close())

async function post(body: string, path = '/api/size'): Promise<{ status: number; answer: Answer }> {
  // The same order again within two seconds would be a duplicate.
  room.clock.now += 3_000
  const answer = await fetch(`${host.origin}${path}`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
  })
  const read = (await answer.json()) as Answer & { data?: Answer & { issues?: { path?: PropertyKey[] }[] } }
  const issue = read.data?.issues?.[0]?.path?.join('.')
  return { status: answer.status, answer: { ...read, ...read.data, ...(issue === undefined ? {} : { field: issue }) } }
}

/** Size zero with a reason that names the member, or a typed refusal that does. */
function expectClosed(name: string, value: unknown, answer: Answer): void {
  const says = `${name} = ${JSON.stringify(value)}: ${JSON.stringify(answer).slice(0, 400)}`
  const field = `request.${name}`
  if (answer.reasons === undefined) {
    expect(answer.code, says).toMatch(/^[A-Z_]+$/)
    expect(answer.field, says).toBe(field)
    return
  }
  expect(answer.quantity, says).toBe('0')
  expect(
    answer.reasons.map((because) => because.field),
    says,
  ).toContain(field)
  expect(
    answer.reasons.every((because) => /^[A-Z_]+$/.test(because.code) && because.says.length > 10),
    says,
  ).toBe(true)
}

describe('a broken order over REST', () => {
  const cases = NUMBERS.flatMap((name) => [...BROKEN, ...MISSHAPEN, ...NOTHING].map((value) => [name, value] as const))

  it(`gets size zero and the name of what is broken, ${cases.length} times`, async () => {
    let tried = 0
    for (const [name, value] of cases) {
      const blank = (value === '' || value === ' ') && name !== 'entry'
      const { answer } = await post(JSON.stringify({ request: { ...ORDER, [name]: value } }))
      // A blank field of a form is a field not filled in; the entry cannot be.
      if (!blank || answer.quantity === '0') expectClosed(name, value, answer)
      tried += 1
    }
    expect(tried).toBe(120)
  })

  it('gets size zero where a word is not one that is known', async () => {
    for (const name of WORDS) {
      for (const value of ['nonsense', 'NaN', 12, -1, '💥', ...MISSHAPEN]) {
        const { answer } = await post(JSON.stringify({ request: { ...ORDER, [name]: value } }))
        if (answer.reasons === undefined)
          expect(answer.field, JSON.stringify([name, value])).toContain(`request.${name}`)
        else expect(answer.quantity, JSON.stringify([name, value])).toBe('0')
      }
    }
  })

  it('gets size zero where what it needs is not given', async () => {
    for (const name of ['symbol', 'side', 'entry'] as const) {
      for (const value of [null, undefined]) {
        const { answer } = await post(JSON.stringify({ request: { ...ORDER, [name]: value } }))
        expectClosed(name, value, answer)
      }
    }
    const { answer } = await post(JSON.stringify({ request: { ...ORDER, stop: null } }))
    expectClosed('stop', null, answer)
  })

  it('is refused with a typed error where it is no order at all, and nothing is recorded', async () => {
    const before = room.book().head()
    const bodies = [
      '',
      '{',
      'null',
      '[]',
      '"order"',
      '12',
      '{}',
      '{"request":null}',
      '{"request":[]}',
      '{"request":{},"extra":1}',
      '{"request":{"symbol":"AAPL","unknown":1}}',
      '{"request":{"__proto__":{"symbol":"AAPL"},"entry":{}}}',
      '{"request":{"entry":NaN}}',
      '{"request":{"entry":Infinity}}',
      "{'request':{}}",
      '{"request":{}}{}',
      '\u0000',
      '﻿[1]',
      '{"request":{"symbol":"AAPL"},"asOf":"now"}',
      '{"request":{"symbol":"AAPL"},"decisionId":"x"}',
      `{"request":{"note":"${'n'.repeat(3_000)}"}}`,
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    ]
    for (const body of bodies) {
      const { status, answer } = await post(body)
      expect([400, 413, 415, 422], body.slice(0, 60)).toContain(status)
      expect(answer.code, body.slice(0, 60)).toMatch(/^[A-Z_]+$/)
    }
    expect(room.book().head()).toEqual(before)
    expect((await post(JSON.stringify({ request: ORDER }))).answer.quantity).not.toBe('0')
  })
})

describe('a broken order on the command line', () => {
  it('gets size zero and the name of what is broken, from options and from stdin', { timeout: 120_000 }, async () => {
    const other = await paperRoom('100000')
    await other.calls.market.saveInstrument(share('AAPL'))
    const book = fileOf(other)
    other.workspace.close()
    const options: readonly (readonly [string, string])[] = [
      ['entry', 'NaN'],
      ['stop', 'Infinity'],
      ['risk', '1e308'],
      ['quantity', '1,234'],
    ]
    for (const [name, value] of options) {
      const words = Object.entries({ ...ORDER, [name]: value }).map(([key, given]) => `--${key}=${given}`)
      const { exit, document } = await ballastJson(['size', ...words, '--book', book])
      expect(exit).toBe(0)
      expectClosed(name, value, document)
    }
    const sent: readonly (readonly [string, unknown])[] = [
      ['entry', -0],
      ['entry', null],
      ['stop', 1e308],
      ['symbol', {}],
    ]
    for (const [name, value] of sent) {
      const input = JSON.stringify({ ...ORDER, [name]: value })
      const { document } = await ballastJson(['size', '--book', book], { input })
      expectClosed(name, value, document)
    }
  })
})
