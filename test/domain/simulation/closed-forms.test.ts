import { describe, expect, it } from 'vitest'
import type { SimulationRequest } from '../../../src/domain/simulation/model.ts'
import { countPaths } from '../../../src/domain/simulation/results/path-counts.ts'
import { runPlan } from '../../../src/domain/simulation/run-plan.ts'
import { summariseRun } from '../../../src/domain/simulation/results/summarise-run.ts'
import { wasmKernels } from '../../../src/wasm/wasm-kernels.ts'
import { hasOracles, onOracles, oracle } from './oracle-file.ts'
import { planOf } from './plan-of.ts'
import { sha256 } from './sha256.ts'

interface Case {
  readonly p: number
  readonly [name: string]: number
}

const kernels = wasmKernels()
const run = (request: SimulationRequest) => runPlan(planOf(request), kernels, sha256)
const measuresOf = (request: SimulationRequest) => {
  const { kept } = run(request)
  if (!('measures' in kept)) throw new Error('a small run keeps its paths')
  return kept.measures
}
const shareOf = (values: Float64Array, within: (value: number) => boolean): number =>
  values.filter(within).length / values.length

/** Within four standard errors of a share that is known exactly. */
function expectShare(found: number, known: number, paths: number, bias = 0): void {
  expect(Math.abs(found - known)).toBeLessThanOrEqual(4 * Math.sqrt((known * (1 - known)) / paths) + bias + 1e-12)
}

describe.skipIf(!hasOracles)(onOracles('the chance of ever falling to a fraction of the start'), () => {
  const cases = hasOracles
    ? (
        oracle('montecarlo-fixed_fraction_ever_below_exact') as {
          expected: (Case & { b: number; f: number; x: number; n: number; prob: number })[]
        }
      ).expected
    : []

  it.each(cases)('is exact for p $p, payoff $b, fraction $f, floor $x, $n trades', ({ p, b, f, x, n, prob }) => {
    const paths = 40_000
    const model = { kind: 'winloss', winProbability: p, payoff: b } as const
    const staking = { method: 'fixed_fraction', fraction: f } as const
    const part = run({ model, staking, paths, trades: n, seed: 99, floor: x, detail: 'core' })
    if (!('measures' in part.kept)) throw new Error('a small run keeps its paths')
    expectShare(countPaths(part.kept.measures, part.plan).floor / paths, prob, paths)
    expect(summariseRun(part).ruin?.probability).toBe(countPaths(part.kept.measures, part.plan).floor / paths)
  })
})

interface Ruin {
  readonly expected: {
    readonly equal_payoff: (Case & {
      start: number
      target: number | null
      prob_ruin: number
      expected_duration: number | null
    })[]
    readonly finite_horizon: (Case & { payoff_b: number; units: number; n: number; prob_ruin: number })[]
  }
}

describe.skipIf(!hasOracles)(onOracles("the gambler's ruin"), () => {
  const { equal_payoff, finite_horizon } = hasOracles
    ? (oracle('montecarlo-gamblers_ruin') as Ruin).expected
    : { equal_payoff: [], finite_horizon: [] }
  const soon = equal_payoff.filter(
    ({ target, expected_duration }) => target !== null && (expected_duration ?? 1e9) < 60,
  )

  it.each(soon)('has the classical chance for p $p, from $start of $target', (known) => {
    const { p, start, target, prob_ruin, expected_duration } = known
    const paths = 5_000
    const part = run({
      model: { kind: 'winloss', winProbability: p, payoff: 1 },
      staking: { method: 'fixed_amount', fraction: 1 / start },
      paths,
      trades: Math.ceil(20 * (expected_duration ?? 0)),
      seed: 17,
      target: (target ?? 0) / start,
      limit: 1e-6,
    })
    const { targetFirst, limitFirst } = summariseRun(part)
    expectShare(limitFirst?.probability ?? 0, prob_ruin, paths)
    expectShare(targetFirst?.probability ?? 0, 1 - prob_ruin, paths)
  })

  it.each(finite_horizon)('has the exact chance for p $p, payoff $payoff_b, $units units, $n trades', (known) => {
    const { p, payoff_b, units, n, prob_ruin } = known
    const paths = 4_000
    const { logEquity } = measuresOf({
      model: { kind: 'winloss', winProbability: p, payoff: payoff_b },
      staking: { method: 'fixed_amount', fraction: 1 / units },
      paths,
      trades: n,
      seed: 23,
    })
    expectShare(
      shareOf(logEquity, (log) => log === -Infinity),
      prob_ruin,
      paths,
    )
  })
})

describe.skipIf(!hasOracles)(onOracles("Thorp's chance of ever reaching x, x^(2/c − 1)"), () => {
  const known = hasOracles
    ? (
        oracle('kelly-thorp_drawdown') as {
          expected: { ever_reach_x: { c: number; x: number; prob_ever_reach_fraction_x: number }[] }
        }
      ).expected.ever_reach_x
    : []
  const ratio = 0.05
  const sigma = 0.01

  it.each([0.5, 0.75, 1, 1.25])('holds at %d of full Kelly', (c) => {
    const paths = 3_000
    const { logLowest } = measuresOf({
      model: { kind: 'gaussian', mu: [ratio * sigma], sigma: [[sigma * sigma]], weights: [1] },
      staking: { method: 'kelly', fraction: c },
      paths,
      trades: 14_000,
      seed: 31,
      detail: 'core',
    })
    for (const { x, prob_ever_reach_fraction_x } of known.filter((at) => at.c === c && at.x >= 0.3)) {
      const found = shareOf(logLowest, (log) => log <= Math.log(x))
      // Looked at once a step, a barrier is crossed as if it lay 0.5826 steps' deviations further (Broadie et al. 1997).
      const discrete = (x * Math.exp(-0.5826 * c * ratio)) ** (2 / c - 1)
      expect(found).toBeLessThan(prob_ever_reach_fraction_x + 4 * Math.sqrt(0.25 / paths))
      expectShare(found, discrete, paths, 0.02 * discrete)
    }
  })
})

describe('log wealth', () => {
  const [mu, deviation, trades, paths] = [0.0008, 0.012, 250, 40_000]
  const { logEquity } = measuresOf({
    model: { kind: 'gaussian', mu: [mu], sigma: [[deviation ** 2]], weights: [1] },
    staking: { method: 'fixed_fraction', fraction: 1 },
    paths,
    trades,
    seed: 41,
    detail: 'core',
  })
  // Moments of ln(1 + r) to the fourth order in the deviation.
  const centre = trades * (mu - (deviation ** 2 + mu ** 2) / 2 + mu * deviation ** 2 - (3 * deviation ** 4) / 4)
  const spread = Math.sqrt(trades) * deviation * (1 - mu + (5 * deviation ** 2) / 4)

  it.each([
    [0.05, -1.6448536269514722],
    [0.25, -0.6744897501960817],
    [0.5, 0],
    [0.75, 0.6744897501960817],
    [0.95, 1.6448536269514722],
  ])('has the quantile %d of the log-normal law', (share, deviations) => {
    expectShare(
      shareOf(logEquity, (log) => log <= centre + deviations * spread),
      share,
      paths,
    )
  })
})

describe('the portfolio of many assets', () => {
  const model = {
    kind: 'gaussian',
    mu: [0.001, 0.002],
    sigma: [
      [0.0004, 0.0003],
      [0.0003, 0.0009],
    ],
    weights: [0.6, 0.4],
  } as const
  const common = {
    staking: { method: 'fixed_fraction', fraction: 1 },
    paths: 20_000,
    trades: 60,
    detail: 'core',
  } as const
  const moments = (values: Float64Array): [mean: number, variance: number] => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length]
  }

  it.each([
    ['normal', model],
    ['Student-t', { ...model, kind: 'student-t', degreesOfFreedom: 6 } as const],
  ])('has the same law drawn asset by asset as collapsed to one: %s', (_, returns) => {
    const [mean, variance] = moments(measuresOf({ model: returns, ...common, seed: 1 }).logEquity)
    const every = moments(measuresOf({ model: { ...returns, everyAsset: true }, ...common, seed: 2 }).logEquity)
    expect(Math.abs(mean - every[0])).toBeLessThan(4 * Math.sqrt((2 * variance) / 20_000))
    expect(Math.abs(variance / every[1] - 1)).toBeLessThan(4 * Math.sqrt(4 / 20_000))
    // w'Σw = 0.00042 per step, less what ln(1 + r) takes off.
    expect(Math.abs(variance / (60 * 0.000432) - 1)).toBeLessThan(0.05)
  })
})

describe('an edge that is only estimated', () => {
  it('spreads the outcomes further than the same edge known for sure', () => {
    const wins = Array.from({ length: 11 }, (_, index) => 1 + index / 10)
    const losses = new Array<number>(9).fill(1)
    const known = { kind: 'winloss', winProbability: 0.55, payoff: 1.5 } as const
    const common = {
      staking: { method: 'fixed_fraction', fraction: 0.02 },
      paths: 5_000,
      trades: 200,
      seed: 8,
    } as const
    const width = (values: Float64Array): number => {
      const sorted = values.toSorted()
      return (sorted[4_500] ?? 0) - (sorted[500] ?? 0)
    }
    const sure = width(measuresOf({ model: known, ...common }).logEquity)
    expect(width(measuresOf({ model: { ...known, edge: { wins, losses } }, ...common }).logEquity)).toBeGreaterThan(
      2 * sure,
    )
  })
})
