import { describe, expect, it } from 'vitest'
import { lyapunovExponent } from '../../src/domain/stats/lyapunov-exponent.ts'
import { hasShared, onShared, sharedOracle } from './shared-oracle.ts'

interface Params {
  readonly emb_dim: number
  readonly lag: number
  readonly min_tsep: number
  readonly trajectory_len: number
}
interface Case {
  readonly name: string
  readonly series: readonly number[]
  readonly tau: number
  readonly params: Params
  readonly expected: {
    readonly nolds_lyap_r: number
    readonly mean_log_divergence: { readonly log_d: readonly number[] }
    readonly nolds_lyap_r_alt: { readonly value: number; readonly params: Params }
  }
}
interface Oracle {
  readonly expected: { readonly reference: Readonly<Record<string, number>>; readonly cases: readonly Case[] }
  readonly tolerance: { readonly same_algorithm: number }
}

const oracle = (): Oracle => sharedOracle('chaos-lyapunov') as Oracle
const caseOf = (name: string): Case => {
  const found = oracle().expected.cases.find((known) => known.name === name)
  if (found === undefined) throw new Error(`no case ${name}`)
  return found
}
const ours = (series: ArrayLike<number>, { emb_dim, lag, min_tsep, trajectory_len }: Params) => {
  const options = { embedding: emb_dim, delay: lag, separation: min_tsep, steps: trajectory_len }
  const found = lyapunovExponent(Float64Array.from(series), options)
  if (!found.ok) throw new Error(found.error)
  return found.value
}

/** A series made by a map, after its first 200 values. */
function orbit<S>(start: S, step: (state: S) => S, value: (state: S) => number, count: number): Float64Array {
  let state = start
  for (let i = 0; i < 200; i++) state = step(state)
  return Float64Array.from({ length: count }, () => {
    state = step(state)
    return value(state)
  })
}
const logistic = (r: number) =>
  orbit(
    0.3,
    (x) => r * x * (1 - x),
    (x) => x,
    1_000,
  )

const lorenz = ([x = NaN, y = NaN, z = NaN]: readonly number[]): readonly number[] => [
  10 * (y - x),
  x * (28 - z) - y,
  x * y - (8 / 3) * z,
]

function rungeKutta(field: typeof lorenz, state: readonly number[], dt: number): readonly number[] {
  const along = (slope: readonly number[], share: number) => state.map((value, i) => value + share * (slope[i] ?? NaN))
  const a = field(state)
  const b = field(along(a, dt / 2))
  const c = field(along(b, dt / 2))
  const d = field(along(c, dt))
  return state.map(
    (value, i) => value + (dt / 6) * ((a[i] ?? NaN) + 2 * (b[i] ?? NaN) + 2 * (c[i] ?? NaN) + (d[i] ?? NaN)),
  )
}

describe('the largest Lyapunov exponent by Rosenstein', () => {
  it.skipIf(!hasShared).each(['logistic_r4', 'gaussian_noise_1000'])(
    onShared('is that of nolds on the stored %s'),
    (name) => {
      const known = caseOf(name)
      const near = oracle().tolerance.same_algorithm
      const { exponent, divergence } = ours(known.series, known.params)
      expect(Math.abs(exponent / known.tau - known.expected.nolds_lyap_r)).toBeLessThanOrEqual(near)
      for (const [k, log] of known.expected.mean_log_divergence.log_d.entries())
        expect(Math.abs((divergence[k]?.log ?? NaN) - log)).toBeLessThanOrEqual(near)
      const { value, params } = known.expected.nolds_lyap_r_alt
      expect(Math.abs(ours(known.series, params).exponent / known.tau - value)).toBeLessThanOrEqual(near)
    },
  )

  it.skipIf(!hasShared)(onShared('of the stored logistic map is ln 2 within 30 %, and positive on noise too'), () => {
    const { series, params } = caseOf('logistic_r4')
    expect(Math.abs(ours(series, params).exponent / Math.LN2 - 1)).toBeLessThan(0.3)
    const noise = caseOf('gaussian_noise_1000')
    expect(ours(noise.series, noise.params).exponent).toBeGreaterThan(0)
  })

  // Exponents by Benettin's tangent dynamics, as the stored reference has them.
  it.each([
    ['logistic map at 3.7', logistic(3.7), { emb_dim: 2, lag: 1, min_tsep: 1, trajectory_len: 7 }, 0.3549045367608363],
    [
      'Hénon map',
      orbit<readonly [number, number]>(
        [0.1, 0],
        ([x, y]) => [1 - 1.4 * x * x + y, 0.3 * x],
        ([x]) => x,
        1_000,
      ),
      { emb_dim: 2, lag: 1, min_tsep: 1, trajectory_len: 7 },
      0.4193401939281354,
    ],
  ] as const)('of the %s is within 30 % of its true one', (_, series, params, truth) => {
    expect(Math.abs(ours(series, params).exponent / truth - 1)).toBeLessThan(0.3)
  })

  it('of the Lorenz system is within 30 % of its true one, per unit of its time', () => {
    const dt = 0.05
    const series = orbit<readonly number[]>(
      [1, 1, 20],
      (state) => rungeKutta(lorenz, state, dt),
      ([x = NaN]) => x,
      3_000,
    )
    const { exponent } = ours(series, { emb_dim: 5, lag: 3, min_tsep: 40, trajectory_len: 40 })
    expect(Math.abs(exponent / dt / 0.9098261918478963 - 1)).toBeLessThan(0.3)
  })

  it('of a course that settles is negative', () => {
    // r = 3.4 ends on two points; from many starts on the way there neighbours come together.
    const settling = Float64Array.from({ length: 60 }, (_, i) => {
      let x = 0.3
      for (let k = 0; k < i; k++) x = 3.4 * x * (1 - x)
      return x
    })
    expect(ours(settling, { emb_dim: 1, lag: 1, min_tsep: 1, trajectory_len: 6 }).exponent).toBeLessThan(0)
  })

  it.skipIf(!hasShared)(onShared('reference is what these tests say it is'), () => {
    const { reference } = oracle().expected
    expect([reference['logistic_r3_7'], reference['henon_a1_4_b0_3']]).toEqual([0.3549045367608363, 0.4193401939281354])
  })
})
