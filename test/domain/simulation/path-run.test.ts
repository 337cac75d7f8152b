import { describe, expect, it } from 'vitest'
import { typescriptKernels } from '../../../src/domain/simulation/kernels/typescript-kernels.ts'
import type { Model, SimulationRequest, Staking } from '../../../src/domain/simulation/model.ts'
import { bootstrapSource } from '../../../src/domain/simulation/outcomes/bootstrap-source.ts'
import { returnsSource } from '../../../src/domain/simulation/outcomes/returns-source.ts'
import { uncertainWinLossSource, winLossSource } from '../../../src/domain/simulation/outcomes/win-loss-source.ts'
import { pathRun } from '../../../src/domain/simulation/path-run.ts'
import { runSeed } from '../../../src/domain/simulation/random/run-seed.ts'
import { drawdownOf, equityOf } from '../../../src/domain/simulation/results/equity-of.ts'
import { planOf, someTrades } from './plan-of.ts'
import { referencePath, type ReferenceStake } from './reference-simulator.ts'

const seed = 11
const evidence = { wins: [1.2, 2, 1.5, 0.8, 2.2], losses: [1, 0.7, 1.1, 1] }
const assets = {
  mu: [0.002, 0.001, 0.0015],
  sigma: [
    [0.0004, 0.0001, 0],
    [0.0001, 0.0009, 0.0002],
    [0, 0.0002, 0.0002],
  ],
  weights: [0.5, 0.3, 0.4],
}
const models: Record<string, Model> = {
  winloss: { kind: 'winloss', winProbability: 0.45, payoff: 1.8 },
  'winloss of an uncertain edge': { kind: 'winloss', winProbability: 0.5, payoff: 1.5, edge: evidence },
  bootstrap: { kind: 'bootstrap', returns: someTrades },
  'block bootstrap': { kind: 'bootstrap', returns: someTrades, block: 4 },
  'uncertain bootstrap': { kind: 'bootstrap', returns: someTrades, uncertain: true },
  gaussian: { kind: 'gaussian', ...assets },
  'gaussian of every asset': { kind: 'gaussian', ...assets, everyAsset: true },
  'student-t of every asset': { kind: 'student-t', ...assets, degreesOfFreedom: 4, everyAsset: true },
}
const plain: Staking = { method: 'fixed_fraction', fraction: 0.05 }
const stakes: [Staking, ReferenceStake][] = [
  [plain, (equity) => 0.05 * equity],
  [{ method: 'fixed_amount', fraction: 0.08 }, () => 0.08],
  [
    { method: 'anti_martingale', fraction: 0.02, step: 1.5, cap: 0.06 },
    (equity, _peak, wins) => Math.min(0.06, 0.02 * 1.5 ** wins) * equity,
  ],
  [
    { method: 'drawdown_throttle', fraction: 0.08, drawdownLimit: 0.2, factor: 2 },
    (equity, peak) => {
      const drawdown = 1 - equity / peak
      return drawdown > 0.2 ? 0 : 0.08 * (1 - (0.5 * drawdown) / 0.2) * equity
    },
  ],
]

/** The outcomes of a path, from the source that the model stands for. */
function outcomesOf(name: string, path: number, trades: number, cost: number): number[] {
  const out = new Float64Array(trades)
  const key = runSeed(seed)
  const net = Float64Array.from(someTrades, (r) => r - cost)
  const plan = planOf({ model: models[name] as Model, staking: plain, paths: 1, trades, seed, fee: cost })
  if (plan.model.kind === 'returns') {
    returnsSource(key, plan.model, 1).fill(path, out)
    return [...out].map((value) => value - cost)
  }
  if (name === 'winloss') winLossSource(key, 0.45, 1.8 - cost, -1 - cost).fill(path, out)
  else if (name.startsWith('winloss')) uncertainWinLossSource(key, evidence, cost).fill(path, out)
  else
    bootstrapSource(key, net, { block: name === 'block bootstrap' ? 4 : 1, uncertain: name.startsWith('un') }).fill(
      path,
      out,
    )
  return [...out]
}

const near = (found: number, wanted: number): void =>
  expect(Math.abs(found - wanted)).toBeLessThan(1e-4 * Math.max(1, Math.abs(wanted)))

describe.each(Object.keys(models))('%s', (name) => {
  it.each(stakes)('measures what the reference does, staking %o', (staking, stake) => {
    const trades = 237
    const plan = planOf({ model: models[name] as Model, staking, paths: 12, trades, seed, fee: 0.01, slippage: 0.02 })
    const { measures, fan } = pathRun(plan, typescriptKernels).run(0, 12)
    for (let path = 0; path < 12; path++) {
      const reference = referencePath(outcomesOf(name, path, trades, 0.03), stake)
      near(equityOf(measures.logEquity[path] ?? 0), reference.equity)
      near(drawdownOf(measures.logDepth[path] ?? 0), reference.drawdown)
      near(Math.exp(measures.logLowest[path] ?? 0), reference.lowest)
      expect(measures.losingStreak[path]).toBe(reference.losingStreak)
      expect(Math.abs((measures.underWater[path] ?? 0) - reference.underWater)).toBeLessThanOrEqual(1)
      near(Math.exp(fan[path * trades + 100] ?? 0), reference.curve[101] ?? 0)
    }
  })
})

describe('a path', () => {
  const requests = Object.entries(models).map(([name, model]): [string, SimulationRequest] => [
    name,
    { model, staking: { method: 'fixed_fraction', fraction: 0.04 }, paths: 200, trades: 103, seed: 5, floor: 0.7 },
  ])

  it.each(requests)('comes out the same in a core and in a full run: %s', (_, request) => {
    const core = pathRun(planOf({ ...request, detail: 'core' }), typescriptKernels).run(0, 200).measures
    const full = pathRun(planOf(request), typescriptKernels).run(0, 200).measures
    for (const name of ['logEquity', 'logDepth', 'logLowest'] as const) expect(core[name]).toEqual(full[name])
  })

  it.each(requests)('comes out the same alone as among others: %s', (_, request) => {
    const far = { ...request, paths: 200_000 }
    for (const detail of ['core', 'full'] as const) {
      const run = pathRun(planOf({ ...far, detail }), typescriptKernels)
      const alone = run.run(123_456, 1).measures
      const among = run.run(123_450, 9).measures
      expect(alone.logEquity[0]).toBe(among.logEquity[6])
      expect(alone.logDepth[0]).toBe(among.logDepth[6])
      expect(alone.logLowest[0]).toBe(among.logLowest[6])
    }
  })

  it.each(requests)('comes out the same walked for the fan or run by the kernels: %s', (_, request) => {
    const plan = planOf({ ...request, paths: 9_000, target: 1.4, limit: 0.7 })
    const mixed = pathRun(plan, typescriptKernels).run(plan.fanPaths - 7, 20).measures
    const walked = pathRun({ ...plan, fanPaths: 9_000 }, typescriptKernels).run(plan.fanPaths - 7, 20).measures
    expect(mixed).toEqual(walked)
  })

  it('stops at its floor when told to, and is counted there', () => {
    const model: Model = { kind: 'winloss', winProbability: 0.3, payoff: 1 }
    const request = { model, staking: plain, paths: 50, trades: 300, seed: 3, floor: 0.8 }
    const { measures } = pathRun(planOf({ ...request, stopAtFloor: true }), typescriptKernels).run(0, 50)
    for (const log of measures.logEquity) {
      expect(Math.exp(log)).toBeLessThan(0.8 * 1.00001)
      expect(Math.exp(log)).toBeGreaterThan(0.8 * 0.949)
    }
    expect(measures.logEquity).toEqual(measures.logLowest)
  })

  it('loses everything for good when the stake allows it', () => {
    const model: Model = { kind: 'winloss', winProbability: 0.5, payoff: 1 }
    const plan = planOf({ model, staking: { method: 'fixed_fraction', fraction: 1 }, paths: 20, trades: 60, seed: 1 })
    const { measures } = pathRun(plan, typescriptKernels).run(0, 20)
    expect([...measures.logEquity]).toEqual(new Array(20).fill(-Infinity))
    expect([...measures.logDepth]).toEqual(new Array(20).fill(Infinity))
  })
})
