import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunInput } from '../../src/contract/simulation/input.ts'
import type { RunResult } from '../../src/contract/simulation/result.ts'
import { resultOf, simulatingRoom, type SimulatingRoom } from './simulating-room.ts'

const SIMULATED = {
  model: { kind: 'winloss', p: 0.55, b: 1.2 },
  paths: 9_001,
  trades: 60,
  seed: 20_261_120,
  floor: 0.8,
} as const satisfies Omit<RunInput, 'staking'>
const POLICY = { method: 'fixed_fraction', fraction: 0.02 } as const
const RUN = { ...SIMULATED, staking: POLICY }

const rooms: SimulatingRoom[] = []
async function roomOf(...how: Parameters<typeof simulatingRoom>): Promise<SimulatingRoom> {
  const room = await simulatingRoom(...how)
  rooms.push(room)
  return room
}
let room: SimulatingRoom
beforeAll(async () => {
  room = await roomOf({ workers: 1 }, 'sample')
})
afterAll(() => Promise.all(rooms.map((one) => one.close())))

describe('a run from the desk', () => {
  it('has one digest for 1, 2, 3 and 8 workers, streamed or in one answer', async () => {
    const digests = new Set([(await resultOf(room.calls.simulation.run(RUN))).digest])
    for (const workers of [0, 1, 2, 7]) {
      const { calls } = await roomOf({ workers })
      digests.add((await calls.simulation.runOnce(RUN)).digest)
    }
    expect([...digests]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)])
  })

  it('is the whole that its shards are merged to, 1 of 1 and 7 of 7 in any order', async () => {
    const run = { ...RUN, startingEquity: '50000' }
    const whole = await room.calls.simulation.runOnce(run)
    for (const shards of [1, 7]) {
      const parts: string[] = []
      for (let shard = 1; shard <= shards; shard++)
        parts.unshift((await room.calls.simulation.shard({ run, shard, shards })).part)
      const merged = await room.calls.simulation.merge({ parts, startingEquity: '50000' })
      const found = (one: RunResult): object => ({ ...one, milliseconds: 0, model: undefined, staking: undefined })
      expect(found(merged)).toEqual(found(whole))
    }
  })

  it('tells its progress, then exactly one result, and nothing after it', async () => {
    const kinds: string[] = []
    let last = 0
    for await (const message of await room.calls.simulation.run({ ...RUN, paths: 60_000, trades: 300 })) {
      kinds.push(message.kind)
      if (message.kind === 'progress') {
        expect(message.done).toBeGreaterThanOrEqual(last)
        expect(message.of).toBe(60_000)
        last = message.done
      }
    }
    expect(kinds.filter((kind) => kind === 'result')).toEqual(['result'])
    expect(kinds.at(-1)).toBe('result')
  })

  it('draws from the trades of the book, and says so', async () => {
    const source = await room.calls.simulation.source({ filter: { strategy: 'breakout' } })
    expect(source.missing).toBeNull()
    const run = await room.calls.simulation.runOnce({
      ...RUN,
      model: { kind: 'book', trades: { filter: { strategy: 'breakout' } } },
    })
    expect(run.model).toMatchObject({ kind: 'bootstrap', count: source.withR, winProbability: source.p })
    expect(run.model.says).toContain('strategy breakout')
    expect(run.histograms.finalEquity.counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(RUN.paths * 0.98)
    expect(run.fan?.bands.map((band) => band.length)).toEqual([60, 60, 60, 60, 60])
  })

  it('counts every path once in each histogram', async () => {
    const { histograms } = await room.calls.simulation.runOnce(RUN)
    for (const { counts, below, above } of [histograms.finalEquity, histograms.maxDrawdown])
      expect(counts.reduce((sum, count) => sum + count, below + above)).toBe(RUN.paths)
  })
})

describe('a run that is kept', () => {
  it('stands in the book with what was asked and found, and can be run again to the same digest', async () => {
    const run = await resultOf(room.calls.simulation.run({ ...RUN, record: true }))
    const [row] = await room.calls.simulation.records()
    expect(row).toMatchObject({ recordId: run.recordId, digest: run.digest, seed: RUN.seed, paths: RUN.paths })
    const kept = await room.calls.simulation.record({ recordId: row?.recordId ?? '' })
    expect(kept.found).toMatchObject({ digest: run.digest, finalEquity: run.finalEquity, ruin: run.ruin })
    expect((await room.calls.simulation.runOnce({ ...kept.input, record: false })).digest).toBe(run.digest)
  })

  it('is only kept where that was asked for', async () => {
    const before = (await room.calls.simulation.records()).length
    await room.calls.simulation.runOnce(RUN)
    expect(await room.calls.simulation.records()).toHaveLength(before)
  })

  it('is not kept without a book', async () => {
    const { calls } = await roomOf()
    await expect(calls.simulation.runOnce({ ...RUN, record: true })).rejects.toMatchObject({
      data: { code: 'NO_BOOK' },
    })
  })
})

describe('scenarios', () => {
  it('are kept by name, replaced, and dropped', async () => {
    const { simulation } = room.calls
    await simulation.saveScenario({ name: 'half', run: RUN, tolerance: { ruin: 0.05 } })
    await simulation.saveScenario({
      name: 'half',
      run: { ...RUN, seed: 2 },
      against: { method: 'kelly', fraction: 0.5 },
    })
    expect(await simulation.scenarios()).toMatchObject([
      { name: 'half', run: { seed: 2 }, against: { method: 'kelly', fraction: 0.5 } },
    ])
    await simulation.dropScenario({ name: 'half' })
    expect(await simulation.scenarios()).toEqual([])
    await expect(simulation.dropScenario({ name: 'half' })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } })
  })

  it('are refused where they could not be run', async () => {
    const broken = { ...RUN, staking: { method: 'fixed_fraction', fraction: 0 } }
    await expect(room.calls.simulation.saveScenario({ name: 'broken', run: broken })).rejects.toMatchObject({
      data: { field: 'staking.fraction' },
    })
    expect(await room.calls.simulation.scenarios()).toEqual([])
  })
})

describe('two policies', () => {
  it('meet the same paths, so that a policy against itself differs by nothing', async () => {
    const same = await resultOf(room.calls.simulation.compare({ ...SIMULATED, a: POLICY, b: POLICY }))
    expect(same.a.digest).toBe(same.b.digest)
    expect(same.growthDifference).toEqual({ value: 0, low: 0, high: 0 })
    const other = await resultOf(
      room.calls.simulation.compare({ ...SIMULATED, a: POLICY, b: { method: 'kelly', fraction: 2 } }),
    )
    expect(other.growthDifference.low).toBeGreaterThan(0)
    expect(other.says).toMatch(/^A grows faster/)
  })

  it('keep the run of the first where that is asked for, as if it had been run alone', async () => {
    const before = (await room.calls.simulation.records()).length
    const asked = { ...SIMULATED, a: POLICY, b: { method: 'kelly', fraction: 2 } }
    const { a, b } = await resultOf(room.calls.simulation.compare({ ...asked, record: true }))
    expect(b.recordId).toBeNull()
    expect(await room.calls.simulation.records()).toHaveLength(before + 1)
    const { input } = await room.calls.simulation.record({ recordId: a.recordId ?? '' })
    expect((await room.calls.simulation.runOnce({ ...input, record: false })).digest).toBe(a.digest)
  })
})

describe('the curve', () => {
  it('recommends less than what grows fastest where ruin forbids that, and more evidence-free models have no bands', async () => {
    const free = await resultOf(room.calls.simulation.curve({ ...SIMULATED, points: 12 }))
    const held = await resultOf(room.calls.simulation.curve({ ...SIMULATED, points: 12, tolerance: { ruin: 0.01 } }))
    expect(free.recommended.bound).toBe('growth')
    expect(held.recommended).toMatchObject({ bound: 'ruin' })
    expect(held.recommended.fraction).toBeLessThan(free.recommended.fraction)
    expect(free.noBands).toContain('without the trades behind it')
    expect(free.points.map(({ growthBand }) => growthBand)).toEqual(free.points.map(() => null))
  })

  it('is the same in one answer, with bands where trades are behind the edge', async () => {
    const input = { ...SIMULATED, model: { kind: 'book' } as const, paths: 500, points: 6, resamples: 10 }
    const curve = await room.calls.simulation.curveOnce(input)
    const streamed = await resultOf(room.calls.simulation.curve(input))
    expect(curve.points).toEqual(streamed.points)
    for (const { growthBand } of curve.points) expect(growthBand?.[0]).toBeLessThanOrEqual(growthBand?.[1] ?? -1)
  })
})
