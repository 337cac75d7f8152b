import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract, restContract } from '../../src/contract/index.ts'
import { unpackMatrix } from '../../src/contract/matrix-codec.ts'
import { startHttpHost, type HttpHost } from '../../src/host/http-host.ts'
import { marketsRoom, noise } from '../desk/portfolio-room.ts'
import { hold, type TradingRoom } from '../desk/trading-room.ts'
import { keepingLog } from '../support/sample-desk.ts'

const TOKEN = 'a'.repeat(32)
let room: TradingRoom
let host: HttpHost

beforeAll(async () => {
  room = await marketsRoom({ AAA: noise(330, 1), BBB: noise(330, 2) })
  hold(room, 'AAA', '100', '100', null, '90')
  const { log } = keepingLog()
  const served = { contract, restContract, desk: room.desk, pageFolder: undefined, apiToken: TOKEN, version: '1' }
  host = await startHttpHost({ ...served, port: 0, log })
})
afterAll(() => host.close())

async function ask(path: string, body?: object): Promise<{ status: number; json: Record<string, unknown> }> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  const asked = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) }
  const answer = await fetch(`${host.origin}/api/portfolio/${path}`, asked)
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> }
}

describe('portfolios over REST', () => {
  it('studies markets, with matrices another program can read', async () => {
    const { status, json } = await ask('study', { lookback: 100 })
    expect(status).toBe(200)
    expect(json['symbols']).toEqual(['AAA', 'BBB'])
    const cells = Buffer.from(String(json['raw']), 'base64')
    expect(cells.readDoubleLE(0)).toBe(unpackMatrix(String(json['raw']), 2, 1)[1])
  })

  it('reads sensors of the instrument in the address', async () => {
    const { status, json } = await ask('sensors?symbol=BBB&history=none')
    expect(status).toBe(200)
    expect(json).toMatchObject({ symbol: 'BBB', weakest: { multiplier: 1 } })
  })

  it('tells the risk of the positions and weighs new ones', async () => {
    expect((await ask('risk', {})).json).toMatchObject({ positions: [{ symbol: 'AAA' }], unknown: [] })
    expect((await ask('optimise', { method: 'hrp', upper: 1 })).json).toMatchObject({ status: 'optimal' })
  })

  it('refuses with the code and the field', async () => {
    const { status, json } = await ask('study', { lookback: 5 })
    expect(status).toBe(422)
    expect(json['data']).toMatchObject({ code: 'INPUT_OUT_OF_RANGE', field: 'lookback' })
  })
})
