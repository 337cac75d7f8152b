import type { CompareResult, CurveResult, RunResult } from '../../../src/contract/simulation/result.ts'
import type { SourceView } from '../../../src/contract/simulation/kept.ts'

const SHARES = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]

/** A finished run with round figures. */
export function aRun(over: Partial<RunResult> = {}): RunResult {
  const spread = (mean: number, quantiles: number[]) => ({ mean, standardError: 0.002, quantiles })
  return {
    digest: 'ab12cd34'.repeat(8),
    engine: 'wasm-simd',
    seed: 1,
    paths: 2000,
    trades: 100,
    startingEquity: '100000',
    milliseconds: 40,
    model: {
      kind: 'bootstrap',
      outcomes: 'r',
      count: 410,
      winProbability: 0.52,
      payoff: 1.2,
      mean: 0.11,
      block: 1.5,
      kelly: 0.098,
      says: '410 trades.',
    },
    staking: { method: 'kelly', title: 'Share of Kelly', fraction: 0.049, notion: 'risk', says: 'Half of full Kelly.' },
    shares: SHARES,
    finalEquity: spread(1.6, [0.5, 0.63, 0.7, 1, 1.48, 2, 3, 3.5, 5]),
    growthPerTrade: { value: 0.004, low: 0.0038, high: 0.0042 },
    maxDrawdown: spread(0.34, [0.1, 0.15, 0.2, 0.25, 0.337, 0.4, 0.5, 0.575, 0.7]),
    timeUnderWater: spread(45, [5, 10, 15, 30, 44, 60, 80, 96, 100]),
    losingStreak: spread(5, [2, 3, 3, 4, 5, 6, 8, 9, 11]),
    ruin: { probability: 0.4, low: 0.38, high: 0.42 },
    floorTouched: { probability: 0.4, low: 0.38, high: 0.42 },
    trailingFloorTouched: null,
    targetFirst: { probability: 0.67, low: 0.65, high: 0.69 },
    limitFirst: { probability: 0.3, low: 0.28, high: 0.32 },
    endsBelowStart: { probability: 0.226, low: 0.21, high: 0.245 },
    valueAtRisk: 0.37,
    expectedShortfall: 0.487,
    quantileError: 0,
    convergence: {
      enough: false,
      pathsNeeded: 36_841,
      says: '2000 paths leave the answer open.',
      line: [
        { paths: 62, growthPerTrade: 0.003, medianDrawdown: 0.33, ruin: 0.42 },
        { paths: 2000, growthPerTrade: 0.004, medianDrawdown: 0.337, ruin: 0.4 },
      ],
    },
    histograms: {
      finalEquity: { from: 0, width: 0.5, counts: [100, 500, 900, 400], below: 0, above: 100 },
      maxDrawdown: { from: 0, width: 0.1, counts: [100, 500, 900, 500], below: 0, above: 0 },
    },
    fan: aFan(),
    recordId: null,
    ...over,
  }
}

/** A fan of three steps. */
export function aFan(): NonNullable<RunResult['fan']> {
  return {
    steps: [1, 50, 100],
    shares: [0.05, 0.25, 0.5, 0.75, 0.95],
    bands: [
      [0.97, 0.8, 0.63],
      [0.99, 1, 1.05],
      [1, 1.2, 1.48],
      [1.01, 1.5, 2.17],
      [1.03, 2, 3.56],
    ],
    samples: [
      [1, 1.3, 1.6],
      [0.98, 0.7, 0],
    ],
    paths: 2000,
  }
}

/** Policy A and B on the same paths. */
export function aComparison(): CompareResult {
  return {
    a: aRun(),
    b: aRun({ digest: 'ee'.repeat(32) }),
    growthDifference: { value: 0.003, low: 0.0028, high: 0.0032 },
    aEndsHigher: { probability: 0.76, low: 0.74, high: 0.78 },
    drawdownDifference: { value: 0.26, standardError: 0.002 },
    milliseconds: 80,
    says: 'A grows faster.',
  }
}

/** A curve of three fractions. */
export function aCurve(): CurveResult {
  const point = (fraction: number, growth: number, ruin: number) => ({
    fraction,
    growth,
    growthBand: [growth - 0.001, growth + 0.001] as [number, number],
    ruin: { probability: ruin, low: ruin * 0.9, high: ruin * 1.1 },
    ruinBand: [ruin * 0.5, Math.min(1, ruin * 1.5)] as [number, number],
    medianDrawdown: ruin,
    drawdownBand: null,
  })
  return {
    points: [point(0.01, 0.001, 0.01), point(0.02, 0.002, 0.2), point(0.04, -0.001, 0.6)],
    recommended: { fraction: 0.01, bound: 'ruin', says: '1 % of equity grows fastest within the tolerance.' },
    model: aRun().model,
    notion: 'risk',
    noBands: null,
    engine: 'wasm-simd',
    seed: 1,
    paths: 2000,
    trades: 100,
    milliseconds: 100,
  }
}

/** A book with 410 trades to draw from. */
export function aSource(over: Partial<SourceView> = {}): SourceView {
  return {
    scope: 'all trades',
    from: Date.UTC(2025, 0, 2),
    to: Date.UTC(2026, 9, 30),
    trades: 412,
    withR: 410,
    withoutStop: 2,
    wins: 220,
    losses: 190,
    p: 0.53,
    b: 1.2,
    meanR: 0.11,
    meanRLow: 0.01,
    meanRHigh: 0.21,
    noEdge: 0.016,
    kelly: 0.098,
    block: 1.5,
    histogram: { from: -1, width: 1, counts: [190, 220], below: 0, above: 0 },
    choices: { strategies: ['macro', 'swing'], symbols: ['MES'], tags: [] },
    missing: null,
    says: '410 closed trades are drawn from.',
    ...over,
  }
}
