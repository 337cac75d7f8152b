import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunInput } from '../../src/contract/simulation/input.ts'
import { refusalOf, resultOf, simulatingRoom, type SimulatingRoom } from './simulating-room.ts'

const RUN = {
  model: { kind: 'winloss', p: 0.5, b: 1 },
  staking: { method: 'fixed_fraction', fraction: 0.1 },
  paths: 50,
  trades: 20,
  seed: 1,
  floor: 0.5,
  record: true,
} as const satisfies RunInput

let room: SimulatingRoom
beforeAll(async () => {
  room = await simulatingRoom({ workers: 0 }, 'sample')
})
afterAll(() => room.close())

describe('a run at the end of what can be asked', () => {
  it.each([
    ['everything lost', { model: { kind: 'winloss', p: 0, b: 1 }, staking: { method: 'fixed_fraction', fraction: 1 } }],
    ['more staked than there is', { staking: { method: 'fixed_fraction', fraction: 1000 } }],
    ['one path of one trade', { paths: 1, trades: 1 }],
    ['no outcome but zero', { model: { kind: 'bootstrap', returns: [0] } }],
    ['no volatility', { model: { kind: 'gaussian', mu: [0], sigma: [0], weights: [1] } }],
    ['a stake too small to matter', { staking: { method: 'fixed_fraction', fraction: 1e-300 } }],
    [
      'a portfolio that is wiped out',
      {
        model: { kind: 'gaussian', mu: [-5], sigma: [0.1], weights: [1] },
        staking: { method: 'fixed_fraction', fraction: 1 },
      },
    ],
    ['the core alone', { detail: 'core' }],
    ['without a floor', { floor: undefined }],
  ])('is answered, kept and read back: %s', async (_, change) => {
    const run = await room.calls.simulation.runOnce({ ...RUN, ...change } as RunInput)
    const kept = await room.calls.simulation.record({ recordId: run.recordId ?? '' })
    expect(kept.found.digest).toBe(run.digest)
    expect(kept.found.maxDrawdown).toEqual(run.maxDrawdown)
    expect(room.lines).toEqual([])
  })

  it('is refused where it gains beyond any number, and not kept', async () => {
    const before = await room.calls.simulation.records()
    const model = { kind: 'winloss', p: 1, b: 1e6 } as const
    const staking = { method: 'fixed_fraction', fraction: 1000 }
    const refusal = await refusalOf(room.calls.simulation.runOnce({ ...RUN, model, staking, trades: 1000 }))
    expect(refusal).toMatchObject({ field: 'staking.fraction' })
    expect(await room.calls.simulation.records()).toEqual(before)
    expect(room.lines).toEqual([])
  })

  it('keeps a tally of more paths than it can keep, with the same findings within the stated error', async () => {
    const many = { ...RUN, paths: 5_000_001, trades: 2, detail: 'core', record: false, floor: 0.85 } as const
    const run = await room.calls.simulation.runOnce(many)
    expect(run.quantileError).toBeGreaterThan(0)
    // Two tosses: both lost a quarter of the time, which is 0.81.
    expect(run.ruin?.probability).toBeCloseTo(0.25, 2)
    expect(run.finalEquity.quantiles[0]).toBeCloseTo(0.81, 3)
    const { counts, below, above } = run.histograms.finalEquity
    expect(counts.reduce((sum, count) => sum + count, below + above)).toBe(many.paths)
    const { staking, model, paths, trades, seed } = many
    const compare = room.calls.simulation.compare({ model, paths, trades, seed, a: staking, b: staking })
    expect(await refusalOf(resultOf(compare))).toMatchObject({ field: 'paths' })
  })

  it('refuses a history that compounds beyond any number', async () => {
    const lines = Array.from({ length: 400 }, (_, day) => {
      const date = new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10)
      return `${date},ABC,500,500,0.01`
    })
    const text = ['date,symbol,forecast,return,volatility', ...lines].join('\n')
    const refusal = await refusalOf(room.calls.simulation.lab({ on: { from: 'csv', text } }))
    expect(refusal.says).toContain('compounds beyond any number')
    expect(room.lines).toEqual([])
  })
})
