import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aliasTable } from '../../../src/domain/simulation/random/alias-table.ts'
import { seedPath } from '../../../src/domain/simulation/random/path-states.ts'
import { RandomStream, STREAMS } from '../../../src/domain/simulation/random/random-stream.ts'
import { runSeed } from '../../../src/domain/simulation/random/run-seed.ts'
import { threefry, type Words } from './threefry.ts'

const ones: Words = [-1, -1, -1, -1]
const none: Words = [0, 0, 0, 0]
const hex = (words: Int32Array): string =>
  [...words].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(' ')

describe('Threefry', () => {
  it.each([
    ['zeros', none, none, '9c6ca96a e17eae66 fc10ecd4 5256a7d8'],
    ['ones', ones, ones, '2a881696 57012287 f6c7446e a16a6732'],
    [
      'the digits of pi',
      [0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89],
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      '59cd1dbb b8879579 86b5d00c ac8b6d84',
    ],
  ] as [string, Words, Words, string][])('gives the published block of %s (Random123)', (_, key, counter, block) => {
    const out = new Int32Array(4)
    threefry(key, counter, out)
    expect(hex(out)).toBe(block)
  })

  it('is what seeds every path', () => {
    const word = fc.nat(4294967295)
    fc.assert(
      fc.property(fc.nat(Number.MAX_SAFE_INTEGER), word, fc.nat(9), (seed, path, stream) => {
        const block = new Int32Array(4)
        const state = new Int32Array(4)
        const { low, high } = runSeed(seed)
        threefry([low, high, stream, 0], [path | 0, 0, 0, 0], block)
        seedPath(runSeed(seed), stream, path, state, 0)
        expect(state).toEqual(block)
      }),
    )
  })
})

describe('a path', () => {
  const draws = (stream: number, path: number): number[] => {
    const random = new RandomStream().start(runSeed(7), stream, path)
    return Array.from({ length: 8 }, () => random.word())
  }

  it('draws the same numbers again, and others than its neighbours and other streams', () => {
    expect(draws(STREAMS.outcomes, 5)).toEqual(draws(STREAMS.outcomes, 5))
    expect(draws(STREAMS.outcomes, 5)).not.toEqual(draws(STREAMS.outcomes, 6))
    expect(draws(STREAMS.outcomes, 5)).not.toEqual(draws(STREAMS.edge, 5))
  })
})

describe('the numbers drawn', () => {
  const count = 200_000
  const moments = (draw: (random: RandomStream) => number): number[] => {
    const random = new RandomStream().start(runSeed(20_260_722), STREAMS.outcomes, 0)
    const values = Array.from({ length: count }, () => draw(random))
    const mean = values.reduce((sum, value) => sum + value, 0) / count
    return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count]
  }
  const within = (found: number, wanted: number, deviation: number): void =>
    expect(Math.abs(found - wanted)).toBeLessThan((4 * deviation) / Math.sqrt(count))

  it('are normal: mean, variance, and every tail to 4 deviations', () => {
    const [mean = 0, variance = 0] = moments((random) => random.normal())
    within(mean, 0, 1)
    within(variance, 1, Math.sqrt(2))
    const random = new RandomStream().start(runSeed(4), STREAMS.outcomes, 9)
    // Standard normal distribution function; −3.654… is where the ziggurat's tail begins.
    const known = [
      [-4.5, 3.3976731247300535e-6],
      [-4, 3.167124183311998e-5],
      [-3.6541528853610088, 1.2903e-4],
      [-2, 0.022750131948179195],
      [-1, 0.15865525393145707],
      [0, 0.5],
      [1, 0.8413447460685429],
      [2, 0.9772498680518208],
      [4, 0.9999683287581669],
    ] as const
    const many = 4_000_000
    const below = known.map(() => 0)
    for (let draw = 0; draw < many; draw++) {
      const value = random.normal()
      for (let edge = 0; edge < known.length; edge++)
        if (value < (known[edge]?.[0] ?? 0)) below[edge] = (below[edge] ?? 0) + 1
    }
    known.forEach(([edge, share], index) =>
      expect(Math.abs((below[index] ?? 0) / many - share), `below ${edge}`).toBeLessThan(
        4 * Math.sqrt((share * (1 - share)) / many) + 1e-7,
      ),
    )
  })

  it('are uniform, gamma and beta with the right mean and variance', () => {
    const [mean = 0, variance = 0] = moments((random) => random.uniform())
    within(mean, 0.5, Math.sqrt(1 / 12))
    within(variance, 1 / 12, 0.0745)
    for (const shape of [0.5, 1, 2.5, 30]) {
      const [centre = 0, spread = 0] = moments((random) => random.gamma(shape))
      within(centre, shape, Math.sqrt(shape))
      within(spread, shape, Math.sqrt(2 * shape * shape + 6 * shape))
    }
    const [chance = 0] = moments((random) => random.beta(12.5, 8.5))
    within(chance, 12.5 / 21, 0.11)
  })

  it('follow an alias table to within its rounding', () => {
    const chances = Float64Array.of(0.02, 0.4, 0.08, 0.1, 0.05, 0.15, 0.199, 0.001)
    const cells = aliasTable(chances)
    const got = new Float64Array(8)
    cells.forEach((cell, index) => {
      const kept = (cell >>> 10) / 4194304
      got[index] = (got[index] ?? 0) + kept / 8
      got[cell & 1023] = (got[cell & 1023] ?? 0) + (1 - kept) / 8
    })
    got.forEach((chance, index) => expect(Math.abs(chance - (chances[index] ?? 0))).toBeLessThan(2 ** -22))
  })
})
