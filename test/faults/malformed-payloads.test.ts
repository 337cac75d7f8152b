import { isContractProcedure, type AnyContractRouter } from '@orpc/contract'
import { call, ORPCError, type AnyProcedure } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { contract } from '../../src/contract/index.ts'
import { buildRouter } from '../../src/host/router.ts'
import { keepingLog } from '../support/sample-desk.ts'
import { hold, paperRoom, type TradingRoom } from '../desk/trading-room.ts'
import { CALL_INPUTS } from './call-inputs.ts'
import { malformed, seeded } from './hostile-payloads.ts'

/** Payloads sent to each call that takes an input. */
const MOST = Number(process.env['BALLAST_PAYLOADS'] ?? 10_000)

// Half a million refusals: nobody reads where each was thrown.
Error.stackTraceLimit = 0

const paths = pathsOf(contract)
const taking = paths.filter((path) => hasInput(path))
const bare = paths.filter((path) => !hasInput(path))

describe(`${MOST} malformed payloads`, () => {
  it('are ready for every call of the contract that takes an input', () => {
    expect(taking.sort()).toEqual(Object.keys(CALL_INPUTS).sort())
    expect(paths.length).toBeGreaterThan(35)
  })

  it.each(taking)(
    'to %s are each refused with a typed error, and nothing is written',
    { timeout: 120_000 },
    async (path) => {
      const room = await tradedRoom()
      const { procedure, lines } = procedureOf(room, path)
      const input = CALL_INPUTS[path]
      if (input === undefined) throw new Error(`${path} has no example`)
      const pick = seeded(path.length * 7_919)
      const before = stateOf(room)
      const accepted: string[] = []
      const codes = new Map<string, number>()
      for (let n = 0; n < MOST; n++) {
        const { payload, how } = malformed(input, pick)
        try {
          await call(procedure, payload as never)
          accepted.push(how)
        } catch (error) {
          const code = error instanceof ORPCError ? String(error.code) : `untyped ${String(error)}`
          codes.set(code, (codes.get(code) ?? 0) + 1)
        }
      }
      expect([...new Set(accepted)], 'accepted').toEqual([])
      expect([...codes.keys()].filter((code) => code !== 'BAD_REQUEST' && code !== 'REFUSED')).toEqual([])
      expect([...codes.values()].reduce((sum, count) => sum + count, 0)).toBe(MOST)
      expect(lines).toEqual([])
      expect(stateOf(room)).toEqual(before)
      expect((await room.calls.account.get()).equity).not.toBeNull()
    },
  )

  it.each(bare.filter((path) => path !== 'system.watch'))(
    'to %s, which takes nothing, change nothing',
    { timeout: 120_000 },
    async (path) => {
      const room = await tradedRoom()
      const { procedure, lines } = procedureOf(room, path)
      const pick = seeded(path.length)
      const before = stateOf(room)
      // These look at the book each time, and one walks its whole log.
      for (let n = 0; n < MOST / 10; n++) {
        const { payload } = malformed({ valid: { a: { b: 1 }, c: [1], d: '2' } }, pick)
        const code = await call(procedure, payload as never).then(
          () => 'DONE',
          (error: unknown) => (error instanceof ORPCError ? String(error.code) : `untyped ${String(error)}`),
        )
        // What this desk cannot do now it refuses as it refuses any call.
        expect(['DONE', 'REFUSED']).toContain(code)
      }
      expect(lines).toEqual([])
      expect(stateOf(room)).toEqual(before)
    },
  )
})

async function tradedRoom(): Promise<TradingRoom> {
  const room = await paperRoom('100000')
  hold(room, 'AAPL', '10', '200', null, '190')
  await room.calls.sizing.decide({ request: { symbol: 'AAPL', side: 'buy', entry: '200', stop: '190' } })
  return room
}

/** Everything a call could have written: the log's head and the ledger's version. */
function stateOf(room: TradingRoom): unknown {
  return { head: room.book().head(), version: room.book().version(), path: room.book().info.path }
}

function procedureOf(room: TradingRoom, path: string): { procedure: AnyProcedure; lines: string[] } {
  const { log, lines } = keepingLog()
  let found: unknown = buildRouter(contract, room.desk, log)
  for (const name of path.split('.')) found = (found as Record<string, unknown>)[name]
  return { procedure: found as AnyProcedure, lines }
}

function pathsOf(calls: AnyContractRouter, at = ''): string[] {
  if (isContractProcedure(calls)) return [at]
  return Object.entries(calls).flatMap(([name, below]) =>
    pathsOf(below as AnyContractRouter, at === '' ? name : `${at}.${name}`),
  )
}

function hasInput(path: string): boolean {
  let found: unknown = contract
  for (const name of path.split('.')) found = (found as Record<string, unknown>)[name]
  return (found as { '~orpc': { inputSchema?: unknown } })['~orpc'].inputSchema !== undefined
}
