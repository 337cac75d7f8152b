import { afterEach, describe, expect, it, vi } from 'vitest'
import { typescriptKernels } from '../../src/domain/simulation/kernels/typescript-kernels.ts'
import { pathRun } from '../../src/domain/simulation/path-run.ts'
import { countPaths } from '../../src/domain/simulation/results/path-counts.ts'
import { summariseRun } from '../../src/domain/simulation/results/summarise-run.ts'
import { RUIN_BRAKE, ruinBrake } from '../../src/domain/simulation/ruin-brake.ts'
import { runPlan } from '../../src/domain/simulation/run-plan.ts'
import { denoisedCorrelation } from '../../src/domain/stats/denoised-correlation.ts'
import { noiseBand } from '../../src/domain/stats/noise-band.ts'
import { recompose } from '../../src/domain/stats/recompose.ts'
import { symmetricEigen } from '../../src/domain/stats/symmetric-eigen.ts'
import { factorSeries, noise } from '../support/random-series.ts'
import { closes, sensed, view } from './regime/market-view.ts'
import { planOf } from './simulation/plan-of.ts'
import { sha256 } from './simulation/sha256.ts'

/** What published systems get wrong about statistics, by the number of the trap; more of them beside this file. */
describe('traps of statistics', () => {
  afterEach(() => vi.useRealTimers())

  it('trap 6: the noise edge is (1 + √(N/T))², not (1 + √(T/N))²', () => {
    expect(noiseBand(10, 250).high).toBeCloseTo(1.44, 12)
    expect(noiseBand(10, 1_000_000).high).toBeLessThan(1.01)
  })

  it('trap 6: a denoised matrix is scaled to its diagonal, not overwritten there, and stays a correlation', () => {
    const loadings = [0.95, 0.8, 0.6, 0.3]
    const sample = Float64Array.from(loadings.flatMap((a, i) => loadings.map((b, j) => (i === j ? 1 : a * b))))
    const pairs = symmetricEigen(sample, 4)
    const edge = 1.2
    const low = pairs.values.filter((value) => value < edge)
    const mean = low.reduce((sum, value) => sum + value, 0) / low.length
    const raw = recompose(
      pairs.values.map((value) => (value < edge ? mean : value)),
      pairs.vectors,
    )
    const denoised = denoisedCorrelation(pairs, edge)
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 4; j++)
        expect(denoised[i * 4 + j]).toBeCloseTo(
          (raw[i * 4 + j] ?? NaN) / Math.sqrt((raw[i * 5] ?? NaN) * (raw[j * 5] ?? NaN)),
          12,
        )
    expect(raw[0]).not.toBeCloseTo(1, 2)
    expect(Math.min(...symmetricEigen(denoised, 4).values)).toBeGreaterThan(0)
  })

  const marketOf = (columns: readonly ArrayLike<number>[]) =>
    view({ market: columns.map((column, index) => closes(`A${index}`, column)) })

  it('trap 7: a hundred strangers are no risk: the eigenvalue is read against N and T', () => {
    const strangers = marketOf(factorSeries(2, 100, 250, 0))
    expect(sensed('eigen', strangers)).toMatchObject({ level: 'low', multiplier: 1 })
    expect(sensed('eigen', strangers, { eigen: 'raw' }).multiplier).toBeLessThan(0.75)
  })

  it('trap 7: the Lyapunov exponent of noise is not read as chaos', () => {
    expect(sensed('lyapunov', view({ own: closes('OWN', noise(3, 300)) }))).toMatchObject({
      abstains: true,
      multiplier: 1,
    })
  })

  it('trap 7: the Ising sensor looks at the market: copies are in lockstep, strangers are not', () => {
    const one = noise(1, 250)
    expect(sensed('ising', marketOf([one, one, one]))).toMatchObject({ value: 1, multiplier: 0.5 })
    expect(sensed('ising', marketOf(factorSeries(5, 3, 250, 0))).multiplier).toBe(1)
  })

  const coin = { kind: 'winloss', winProbability: 0.45, payoff: 1 } as const
  const SEARCH = { ...RUIN_BRAKE, paths: 1_000, trades: 60 }
  const ruinAt = (risk: number): number => {
    const found = ruinBrake(risk, coin, SEARCH)
    return found.ok ? (found.value.ruin?.probability ?? NaN) : NaN
  }

  it('trap 8: ruin depends on the risk that is proposed', () => {
    const chances = [0.02, 0.05, 0.1].map(ruinAt)
    expect(chances[0]).toBeLessThan(chances[1] ?? NaN)
    expect(chances[1]).toBeLessThan(chances[2] ?? NaN)
  })

  it('trap 8: ruin is a floor touched on the way, not only nothing left, and not only at the end', () => {
    const plan = planOf({
      model: { ...coin, winProbability: 0.55 },
      staking: { method: 'fixed_fraction', fraction: 0.1 },
      paths: 1_000,
      trades: 60,
      seed: 3,
      floor: 0.5,
    })
    const { measures } = pathRun(plan, typescriptKernels).run(0, plan.paths)
    const { floor, bust } = countPaths(measures, plan)
    const atTheEnd = measures.logEquity.filter((log) => log <= Math.log(0.5)).length
    expect(bust).toBe(0)
    expect(atTheEnd).toBeGreaterThan(0)
    expect(floor).toBeGreaterThan(atTheEnd)
  })

  it('trap 8: growth is that of compounding: half of equity on a fair coin loses 13 % a trade, not nothing', () => {
    const plan = planOf({
      model: { ...coin, winProbability: 0.5 },
      staking: { method: 'fixed_fraction', fraction: 0.5 },
      paths: 4_000,
      trades: 10,
      seed: 5,
    })
    const { growthPerTrade } = summariseRun(runPlan(plan, typescriptKernels, sha256))
    expect(growthPerTrade.value).toBeCloseTo(Math.sqrt(1.5 * 0.5) - 1, 2)
  })

  it('trap 8: another hour gives the same numbers: the seed is stated, not the clock', () => {
    vi.useFakeTimers({ now: 1_000 })
    const first = ruinAt(0.05)
    vi.setSystemTime(99_999_999)
    expect(ruinAt(0.05)).toBe(first)
  })
})
