import { describe, expect, it } from 'vitest'
import {
  type CurveRequest,
  curveCells,
  curveFractions,
  readCurve,
  runCurveCell,
} from '../../../src/domain/simulation/curves/kelly-curve.ts'
import { curvePoints, recommendedFraction } from '../../../src/domain/simulation/curves/kelly-curve-points.ts'
import { comparePolicies } from '../../../src/domain/simulation/curves/compare-policies.ts'
import type { Staking } from '../../../src/domain/simulation/model.ts'
import { RUIN_BRAKE, ruinBrake } from '../../../src/domain/simulation/ruin-brake.ts'
import { runPlan } from '../../../src/domain/simulation/run-plan.ts'
import { typescriptKernels } from '../../../src/domain/simulation/kernels/typescript-kernels.ts'
import { wasmKernels } from '../../../src/wasm/wasm-kernels.ts'
import { planOf, someTrades } from './plan-of.ts'
import { sha256 } from './sha256.ts'

const kernels = wasmKernels()
const coin = { kind: 'winloss', winProbability: 0.55, payoff: 1.5 } as const
const request: CurveRequest = {
  base: { model: coin, paths: 4_000, trades: 200, seed: 12, floor: 0.5 },
  fractions: curveFractions(coin, 0, 20),
  resamples: 0,
  resamplePaths: 500,
}
const pointsOf = (each: CurveRequest) =>
  curvePoints(
    each,
    Array.from({ length: curveCells(each) }, (_, index) => runCurveCell(each, index, kernels)),
  )

describe('the curve over the staked fraction', () => {
  const points = pointsOf(request)

  it('grows fastest at full Kelly, a quarter of equity, and loses money at twice it', () => {
    const { fraction, bound } = recommendedFraction(points, {})
    expect(bound).toBe('growth')
    expect(Math.abs(fraction - 0.25)).toBeLessThanOrEqual(0.051)
    for (const { fraction: at, growth } of points) {
      const known = Math.expm1(0.55 * Math.log1p(1.5 * at) + 0.45 * Math.log1p(-at))
      expect(Math.abs(growth - known)).toBeLessThan((4 * 1.25 * 1.25 * at) / Math.sqrt(200 * 4_000) + 0.1 / 200)
    }
  })

  it('has ruin and drawdown rise with the fraction', () => {
    const rises = (values: number[]): boolean => values.every((value, at) => at === 0 || value >= (values[at - 1] ?? 0))
    expect(rises(points.map(({ medianDrawdown }) => medianDrawdown))).toBe(true)
    expect(rises(points.map(({ ruin }) => ruin?.probability ?? -1))).toBe(true)
  })

  it('keeps the recommendation within the tolerance and says what binds', () => {
    const modest = recommendedFraction(points, { ruin: 0.05, drawdown: 0.9 })
    expect(modest.bound).toBe('ruin')
    expect(modest.fraction).toBeLessThan(0.2)
    expect(points.find(({ fraction }) => fraction === modest.fraction)?.ruin?.high).toBeLessThanOrEqual(0.05)
    const shallow = recommendedFraction(points, { drawdown: 0.3 })
    expect(shallow.bound).toBe('drawdown')
    expect(recommendedFraction(points, { drawdown: 0.001 }).fraction).toBe(0)
    const hopeless = { ...request, base: { ...request.base, model: { ...coin, winProbability: 0.3 } } }
    expect(recommendedFraction(pointsOf(hopeless), {})).toMatchObject({ fraction: 0, bound: 'no edge' })
  })

  it('has bands for the uncertainty of the edge, and they hold the curve', () => {
    const model = { kind: 'bootstrap', returns: someTrades } as const
    const uncertain = { ...request, base: { ...request.base, model }, fractions: [0.05, 0.1, 0.2], resamples: 30 }
    for (const { growth, growthBand, medianDrawdown, drawdownBand, ruinBand } of pointsOf(uncertain)) {
      expect(growthBand?.[0]).toBeLessThan(growth)
      expect(growthBand?.[1]).toBeGreaterThan(growth)
      expect(drawdownBand?.[0]).toBeLessThan(medianDrawdown)
      expect(drawdownBand?.[1]).toBeGreaterThan(medianDrawdown)
      expect(ruinBand?.[0]).toBeLessThanOrEqual(ruinBand?.[1] ?? -1)
    }
  })

  it('refuses what its plans refuse', () => {
    const bad = readCurve({ ...request, fractions: [-0.1, 0.2] })
    expect(bad.ok ? '' : bad.error[0]?.field).toBe('staking.fraction')
  })
})

describe('two policies on the same random numbers', () => {
  const run = (staking: Staking, seed = 5) =>
    runPlan(planOf({ model: coin, staking, paths: 2_000, trades: 100, seed }), typescriptKernels, sha256)
  const half = run({ method: 'kelly', fraction: 0.5 })
  const full = run({ method: 'kelly', fraction: 1 })

  it('differ by less noise than either has', () => {
    const compared = comparePolicies(full, half)
    if (!compared.ok) throw new Error(compared.error.says)
    const { growthDifference, drawdownDifference } = compared.value
    const growth = (f: number): number => 0.55 * Math.log1p(1.5 * f) + 0.45 * Math.log1p(-f)
    const error = (growthDifference.high - growthDifference.low) / (2 * 1.96)
    expect(Math.abs(growthDifference.value - growth(0.25) + growth(0.125))).toBeLessThan(4 * error)
    expect(growthDifference.high - growthDifference.low).toBeLessThan(
      (0.7 * 2 * 1.96 * 1.25 * 0.25) / Math.sqrt(2_000 * 100),
    )
    expect(drawdownDifference.value).toBeGreaterThan(20 * drawdownDifference.standardError)
  })

  it('are refused on different paths', () => {
    expect(comparePolicies(full, run({ method: 'kelly', fraction: 0.5 }, 6)).ok).toBe(false)
  })
})

describe('the Monte Carlo brake', () => {
  const brake = (risk: number, each = kernels) => {
    const found = ruinBrake(risk, { kind: 'bootstrap', returns: someTrades.map((r) => r - 0.2) }, RUIN_BRAKE, each)
    if (!found.ok) throw new Error(found.error[0]?.says)
    return found.value
  }

  it('leaves small and safe risks alone', () => {
    expect(brake(0.005)).toMatchObject({ multiplier: 1, ruin: null })
    expect(brake(0.01)).toMatchObject({ multiplier: 1 })
    expect(brake(0.01).ruin?.probability).toBeLessThan(0.005)
  })

  it('lets through the largest risk whose ruin is below the limit', () => {
    const { multiplier, ruin, ruinAfter, says } = brake(0.2)
    expect(ruin?.probability).toBeGreaterThan(0.005)
    expect(ruinAfter?.probability).toBeLessThan(0.005)
    expect(multiplier).toBeGreaterThan(0.05)
    expect(multiplier).toBeLessThan(0.9)
    expect(brake(0.2 * multiplier).multiplier).toBe(1)
    expect(brake(0.2 * (multiplier + 2 / 1024)).multiplier).toBeLessThan(1)
    expect(says).toMatch(
      /^The chance of falling to 50 % of equity within 100 trades is [\d.]+ %, not below the limit of 0.5 %: the risk is multiplied by 0\.\d+\.$/,
    )
  })

  it('brakes risks by the risk, not by the edge alone: the braked risk is the same from any larger one', () => {
    expect(Math.abs(0.2 * brake(0.2).multiplier - 0.4 * brake(0.4).multiplier)).toBeLessThan(0.4 / 1024 + 1e-9)
  })

  it('finds the same on either kernels, and for what can take everything', () => {
    expect(brake(0.3, typescriptKernels)).toEqual(brake(0.3))
    const all = ruinBrake(1.5, coin)
    expect(all.ok ? all.value.multiplier : 2).toBeLessThan(0.2)
  })

  it('refuses an edge that is no number', () => {
    const broken = ruinBrake(0.02, { kind: 'bootstrap', returns: [1, Number.NaN] })
    expect(broken.ok ? '' : broken.error[0]?.code).toBe('INPUT_NOT_FINITE')
  })
})
