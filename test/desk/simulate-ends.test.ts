import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RunInput } from '../../src/contract/simulation/input.ts'
import type { PoolOptions } from '../../src/workers/thread-pool.ts'
import { EMPTY as EMPTY_BOOK } from './trading-room.ts'
import { refusalOf, resultOf, simulatingRoom, type SimulatingRoom } from './simulating-room.ts'

/** Far more than any test waits for. */
const LONG = {
  model: { kind: 'winloss', p: 0.5, b: 1.1 },
  staking: { method: 'fixed_fraction', fraction: 0.02 },
  paths: 2_000_000,
  trades: 2_000,
  seed: 1,
  floor: 0.5,
  record: true,
} as const satisfies RunInput
const SHORT = { ...LONG, paths: 100, trades: 10, record: false }

const EMPTY = { ...EMPTY_BOOK, equity: '1000' }

const rooms: SimulatingRoom[] = []
async function roomOf(pool?: PoolOptions): Promise<SimulatingRoom> {
  const room = await simulatingRoom(pool, 'sample')
  rooms.push(room)
  return room
}
afterEach(() => Promise.all(rooms.splice(0).map((one) => one.close())))

/** Nothing was kept, nothing was logged as a fault inside, and the next run works. */
async function expectWhole({ calls, lines }: SimulatingRoom): Promise<void> {
  expect(await calls.simulation.records()).toEqual([])
  expect(lines).toEqual([])
  expect((await calls.simulation.runOnce(SHORT)).paths).toBe(100)
}

/** Waits until a run has told something, then does what is given. */
async function once(room: SimulatingRoom, stop: () => void): Promise<void> {
  while (room.told.length === 0) await new Promise((resolve) => setTimeout(resolve, 2))
  stop()
}

describe('a run that is cancelled', () => {
  it.each([0, 1, 2])('does no more work once its stream is left, with %i worker threads', async (workers) => {
    const room = await roomOf({ workers })
    let told = -1
    for await (const message of await room.calls.simulation.run(LONG)) {
      expect(message.kind).toBe('progress')
      told = room.told.length
      break
    }
    expect(await room.ends[0]).toMatchObject({ ok: false, error: { code: 'CANCELLED' } })
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
    // One chunk may have been told while the stream was handed over.
    expect(room.told.length - told).toBeLessThanOrEqual(2)
    const then = room.told.length
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 1))
    expect(room.told.length).toBe(then)
    await expectWhole(room)
  })

  it('answers with a sentence when the call is aborted', async () => {
    const room = await roomOf()
    const stop = new AbortController()
    const call = room.calls.simulation.runOnce(LONG, { signal: stop.signal })
    const [refusal] = await Promise.all([refusalOf(call), once(room, () => stop.abort())])
    expect(refusal).toEqual({ code: 'CANCELLED', says: 'The simulation was cancelled; nothing of it was kept.' })
    await expectWhole(room)
  })

  it('never shows a part of itself as final', async () => {
    const room = await roomOf()
    const stop = new AbortController()
    const seen: string[] = []
    const follow = async (): Promise<void> => {
      for await (const { kind } of await room.calls.simulation.run(LONG, { signal: stop.signal })) seen.push(kind)
    }
    await Promise.all([expect(follow()).rejects.toThrow(), once(room, () => stop.abort())])
    expect(seen).not.toContain('result')
    await expectWhole(room)
  })

  it('stops curves, comparisons and odds the same way', async () => {
    const room = await roomOf()
    const { staking, model, paths, trades, seed, floor } = LONG
    const simulated = { model, paths, trades, seed, floor }
    for await (const { kind } of await room.calls.simulation.compare({ ...simulated, a: staking, b: staking })) {
      expect(kind).toBe('progress')
      break
    }
    for await (const { kind } of await room.calls.simulation.curve({ ...simulated, paths: 20_000 })) {
      expect(kind).toBe('progress')
      break
    }
    const odds = { programId: 'ftmo-2-step', initial: '100000', paths: 1_000_000 }
    for await (const { kind } of await room.calls.simulation.propFirm(odds)) {
      expect(kind).toBe('progress')
      break
    }
    expect((await Promise.all(room.ends)).map(({ ok }) => ok)).toEqual([false, false, false])
    await expectWhole(room)
  })
})

describe('a run that cannot be finished', () => {
  it('says that a worker was lost, and keeps nothing', async () => {
    const room = await roomOf({ workers: 1 })
    const [refusal] = await Promise.all([
      refusalOf(resultOf(room.calls.simulation.run(LONG))),
      once(room, () => void room.killWorkers()),
    ])
    expect(refusal.code).toBe('WORKER_LOST')
    expect(refusal.says).toContain('nothing of the run was kept')
    await expectWhole(room)
  })

  it('says that a worker ran out of memory, and keeps nothing', async () => {
    const room = await roomOf({ workers: 1, workerHeap: 4 })
    const returns = Array.from({ length: 60_000 }, (_, index) => Math.sin(index))
    const model = { kind: 'bootstrap', returns } as const
    const refusal = await refusalOf(room.calls.simulation.runOnce({ ...LONG, model }))
    expect(refusal).toMatchObject({ code: 'WORKER_MEMORY' })
    expect(refusal.says).toContain('ran out of memory')
    expect(await room.calls.simulation.records()).toEqual([])
  })

  it('says what it would need beyond its memory, before it begins', async () => {
    const room = await roomOf()
    const refusal = await refusalOf(room.calls.simulation.runOnce({ ...LONG, budget: { megabytes: 20 } }))
    expect(refusal.code).toBe('MEMORY_BUDGET')
    expect(refusal.says).toMatch(/needs about \d+ MB and may use 20 MB/)
    expect(room.told).toEqual([])
    await expectWhole(room)
  })

  it('says that its time is up', async () => {
    const room = await roomOf()
    const refusal = await refusalOf(room.calls.simulation.runOnce({ ...LONG, budget: { milliseconds: 80 } }))
    expect(refusal.code).toBe('TIME_BUDGET')
    expect(refusal.says).toContain('time budget of 80 ms')
    await expectWhole(room)
  })

  it('is not kept in a book that was closed meanwhile', async () => {
    const room = await roomOf()
    const call = room.calls.simulation.runOnce({ ...LONG, paths: 200_000, trades: 500 })
    const [refusal] = await Promise.all([refusalOf(call), once(room, () => void room.calls.books.create(EMPTY))])
    expect(refusal).toMatchObject({ code: 'NO_BOOK' })
    await expectWhole(room)
  })
})

describe('a request that is broken', () => {
  let room: SimulatingRoom
  beforeAll(async () => {
    room = await simulatingRoom({ workers: 0 }, 'sample')
  })
  afterAll(() => room.close())

  it.each([
    ['NaN among the returns', { model: { kind: 'bootstrap', returns: [1, Number.NaN, -1] } }, 'model.returns[1]'],
    ['a word among the returns', { model: { kind: 'bootstrap', returns: [1, 'NaN', -1] } }, 'model.returns[1]'],
    ['a gap among the returns', { model: { kind: 'bootstrap', returns: [1, -1, null] } }, 'model.returns[2]'],
    ['a locale comma', { model: { kind: 'winloss', p: '0,55', b: 1 } }, 'model.p'],
    ['a chance above one', { model: { kind: 'winloss', p: 1.1, b: 1 } }, 'model.p'],
    ['no returns', { model: { kind: 'bootstrap', returns: [] } }, 'model.returns'],
    ['a fraction of nothing', { staking: { method: 'fixed_fraction', fraction: 0 } }, 'staking.fraction'],
    ['a missing fraction', { staking: { method: 'kelly' } }, 'staking.fraction'],
    ['an unknown policy', { staking: { method: 'martingale' } }, 'staking.method'],
    [
      'a share of no edge',
      { model: { kind: 'winloss', p: 0.4, b: 1 }, staking: { method: 'kelly', fraction: 1 } },
      'staking.method',
    ],
    ['half a path', { paths: 0.5 }, 'paths'],
    ['a negative seed', { seed: -1 }, 'seed'],
    ['a floor above the start', { floor: 1.5 }, 'floor'],
    ['a budget of nothing', { budget: { milliseconds: 0 } }, 'budget.milliseconds'],
    [
      'a covariance that is none',
      {
        model: {
          kind: 'gaussian',
          mu: [0, 0],
          sigma: [
            [1, 2],
            [2, 1],
          ],
          weights: [1, 1],
        },
      },
      'model.sigma',
    ],
    [
      'a trader’s filter that leaves too few trades',
      { model: { kind: 'book', trades: { filter: { symbol: 'NONE' } } } },
      'model.trades',
    ],
  ])('is refused in one sentence with its field: %s', async (_, change, field) => {
    const refusal = await refusalOf(room.calls.simulation.run({ ...SHORT, ...change } as RunInput))
    expect(refusal.field).toBe(field)
    expect(refusal.says).toMatch(/^.{15,}\.$/)
    expect(room.ends).toEqual([])
  })
})
