import { describe, expect, it } from 'vitest'
import { spinSusceptibility } from '../../src/domain/regime/spin-susceptibility.ts'
import { RandomStream } from '../../src/domain/simulation/random/random-stream.ts'
import { runSeed } from '../../src/domain/simulation/random/run-seed.ts'
import { hasShared, onShared, sharedOracle } from './shared-oracle.ts'

// The sensor looks at the market, it does not simulate a magnet; so its estimate is held against magnets whose
// correlations are known exactly. Independent of the model, N·⟨m²⟩ = 1 + (N − 1)·(mean correlation of two spins).
// Onsager's and the mean-field tables are of infinite magnets by temperature, which nothing here computes.

interface Oracle {
  readonly expected: {
    readonly finite_lattice_exact: readonly { readonly L: number; readonly T: number; readonly m2: number }[]
    readonly curie_weiss: readonly { readonly N: number; readonly betaJ: number; readonly m2: number }[]
    readonly one_dimensional: readonly { readonly T: number; readonly h: number; readonly corr_length: number }[]
  }
  readonly tolerance: { readonly closed: number }
}

const oracle = (): Oracle => sharedOracle('chaos-ising') as Oracle
const DRAWS = 3_000
const ERRORS = 4

/** Energies and spins of all states of a periodic square lattice, bonds to the right and below. */
function lattice(size: number, temperature: number) {
  const n = size * size
  const states = 2 ** n
  const spinOf = (state: number, place: number): number => ((state >> place) & 1 ? 1 : -1)
  const weights = Float64Array.from({ length: states }, (_, state) => {
    let bonds = 0
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++) {
        const own = spinOf(state, row * size + column)
        bonds += own * spinOf(state, row * size + ((column + 1) % size))
        bonds += own * spinOf(state, ((row + 1) % size) * size + column)
      }
    return Math.exp((bonds - 2 * n) / temperature)
  })
  const total = weights.reduce((a, b) => a + b, 0)
  let m2 = 0
  for (const [state, weight] of weights.entries()) {
    let sum = 0
    for (let place = 0; place < n; place++) sum += spinOf(state, place)
    m2 += (weight / total) * (sum / n) ** 2
  }
  return { n, weights, total, m2, spinOf }
}

/** Draws states independently, so that periods are too. */
function drawn(n: number, next: (random: RandomStream) => readonly number[], seed: number): Float64Array[] {
  const random = new RandomStream().start(runSeed(seed), 0, 0)
  const columns = Array.from({ length: n }, () => new Float64Array(DRAWS))
  for (let t = 0; t < DRAWS; t++)
    for (const [i, spin] of next(random).entries()) (columns[i] ?? new Float64Array())[t] = spin
  return columns
}

function expectNear(columns: readonly Float64Array[], truth: number): void {
  const found = spinSusceptibility(columns)
  expect(found).toBeDefined()
  if (found === undefined) return
  expect(found.error).toBeGreaterThan(0)
  expect(Math.abs(found.susceptibility - truth)).toBeLessThanOrEqual(ERRORS * found.error + 1e-9)
}

describe('the susceptibility of spins', () => {
  it.skipIf(!hasShared).each([2, 3, 4])(
    onShared('of square lattices of side %d is the exact one at every temperature'),
    (size) => {
      const known = oracle().expected.finite_lattice_exact.filter(({ L }) => L === size)
      expect(known).toHaveLength(7)
      for (const { T, m2 } of known) {
        const { n, weights, total, m2: exact, spinOf } = lattice(size, T)
        expect(Math.abs(exact - m2)).toBeLessThanOrEqual(oracle().tolerance.closed)
        const cumulative = weights.slice()
        for (let i = 1; i < cumulative.length; i++) cumulative[i] = (cumulative[i] ?? NaN) + (cumulative[i - 1] ?? NaN)
        const next = (random: RandomStream) => {
          const aim = random.uniform() * total
          let [low, high] = [0, cumulative.length - 1]
          while (low < high) {
            const middle = (low + high) >> 1
            if ((cumulative[middle] ?? NaN) < aim) low = middle + 1
            else high = middle
          }
          return Array.from({ length: n }, (_, place) => spinOf(low, place))
        }
        expectNear(drawn(n, next, size * 100 + Math.round(T * 10)), (n * m2 - 1) / (n - 1))
      }
    },
  )

  it.skipIf(!hasShared)(onShared('of magnets in which all spins hold each other is that of Curie and Weiss'), () => {
    for (const { N, betaJ, m2 } of oracle().expected.curie_weiss) {
      const weights: number[] = []
      let choose = 1
      for (let up = 0; up <= N; up++) {
        weights.push(choose * Math.exp((betaJ * (2 * up - N) ** 2) / (2 * N)))
        choose = (choose * (N - up)) / (up + 1)
      }
      const total = weights.reduce((a, b) => a + b, 0)
      const exact = weights.reduce((sum, weight, up) => sum + (weight / total) * ((2 * up - N) / N) ** 2, 0)
      expect(Math.abs(exact - m2)).toBeLessThanOrEqual(oracle().tolerance.closed)
      const next = (random: RandomStream) => {
        let aim = random.uniform() * total
        const up = weights.findIndex((weight) => (aim -= weight) <= 0)
        const spins: number[] = Array.from({ length: N }, (_, i) => (i < up ? 1 : -1))
        for (let i = N - 1; i > 0; i--) {
          const j = random.index(i + 1)
          ;[spins[i], spins[j]] = [spins[j] ?? 0, spins[i] ?? 0]
        }
        return spins
      }
      expectNear(drawn(N, next, N * 10 + Math.round(betaJ * 2)), (N * m2 - 1) / (N - 1))
    }
  })

  it.skipIf(!hasShared)(onShared('of chains falls off with the correlation length of the transfer matrix'), () => {
    const free = oracle().expected.one_dimensional.filter(({ h }) => h === 0)
    expect(free.length).toBeGreaterThan(2)
    const n = 30
    for (const { T, corr_length } of free) {
      const neighbour = Math.exp(-1 / corr_length)
      expect(Math.abs(neighbour - Math.tanh(1 / T))).toBeLessThanOrEqual(oracle().tolerance.closed)
      let truth = 0
      for (let apart = 1; apart < n; apart++) truth += (2 * (n - apart) * neighbour ** apart) / (n * (n - 1))
      const next = (random: RandomStream) => {
        let spin: number = random.uniform() < 0.5 ? 1 : -1
        return Array.from({ length: n }, (_, i) => {
          if (i > 0 && random.uniform() > (1 + neighbour) / 2) spin = -spin
          return spin
        })
      }
      expectNear(drawn(n, next, Math.round(T * 10)), truth)
    }
  })
})
