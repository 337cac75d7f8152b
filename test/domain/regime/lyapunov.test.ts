import { describe, expect, it } from 'vitest'
import { determinismTest, SURROGATES } from '../../../src/domain/regime/determinism-test.ts'
import { forecastSkill } from '../../../src/domain/stats/forecast-skill.ts'
import { lyapunovExponent } from '../../../src/domain/stats/lyapunov-exponent.ts'
import { hasShared, onShared, sharedPrices } from '../../oracles/shared-oracle.ts'
import { noise } from '../../support/random-series.ts'
import { closes, refused, sensed, view } from './market-view.ts'

const SEEDS = Array.from({ length: 100 }, (_, seed) => seed)
const STARTS = SEEDS.slice(0, 25)
const read = (returns: ArrayLike<number>, settings = {}) =>
  sensed('lyapunov', view({ own: closes('OWN', returns) }), settings)
const abstentions = (make: (seed: number) => ArrayLike<number>, seeds = SEEDS): number =>
  seeds.filter((seed) => read(make(seed)).abstains).length

/** A start between 0 and 1 of its own for every seed. */
const start = (seed: number): number => 0.1 + ((seed * 0.618033988749895) % 1) * 0.8

function logistic(seed: number, count = 300): Float64Array {
  let x = start(seed)
  return Float64Array.from({ length: count }, () => (x = 4 * x * (1 - x)))
}

function henon(seed: number): Float64Array {
  let [x, y] = [start(seed) / 10, 0]
  return Float64Array.from({ length: 300 }, () => {
    ;[x, y] = [1 - 1.4 * x * x + y, 0.3 * x]
    return x
  })
}

describe('the Lyapunov sensor', () => {
  it('abstains on Gaussian noise in at least 95 of 100 seeds', () => {
    expect(abstentions((seed) => noise(seed, 300))).toBeGreaterThanOrEqual(95)
  }, 120_000)

  it.skipIf(!hasShared)(
    onShared('abstains on daily returns of an index in at least 95 of 100 windows'),
    () => {
      const prices = sharedPrices('pypfopt_spy_prices.csv').columns.get('SPY') ?? new Float64Array()
      const found = SEEDS.filter((seed) => {
        const from = Math.floor((seed * (prices.length - 301)) / 99)
        const close = prices.slice(from, from + 301)
        const own = { ...closes('SPY', new Float64Array(300)), close }
        return sensed('lyapunov', view({ own })).abstains
      })
      expect(prices.length).toBeGreaterThan(6_000)
      expect(found.length).toBeGreaterThanOrEqual(95)
    },
    120_000,
  )

  it('does not abstain on the logistic map', () => {
    expect(abstentions((seed) => logistic(seed), STARTS)).toBe(0)
  }, 120_000)

  it('does not abstain on the Hénon map', () => {
    expect(abstentions(henon, STARTS)).toBe(0)
  }, 120_000)

  it('brakes by 1 − 2λ and says how it came to that', () => {
    const found = read(logistic(7))
    expect(found.multiplier).toBeCloseTo(1 - 2 * (found.value ?? NaN), 12)
    expect(found.pValue).toBe(1 / (1 + SURROGATES))
    expect(found.facts['skill']).toBeGreaterThan(0.5)
    expect(found.says).toMatch(/^Lyapunov exponent of OWN 0\.\d{3} nats a bar: (stable|moderate)/)
    expect([found.unit, found.symbols, found.periods]).toEqual(['nats per bar', ['OWN'], 300])
  })

  it('of a short unfolding of the same map sees its ln 2 nats, which is chaos and nothing is traded', () => {
    const found = read(logistic(7, 1_000), { embedding: '2', delay: '1', lookBack: '1000', steps: '5' })
    expect(found.value).toBeCloseTo(Math.LN2, 1)
    expect([found.level, found.multiplier, found.abstains]).toEqual(['chaotic', 0, false])
  })

  it('that abstains is worth 1, with its p-value and the estimate that means nothing', () => {
    const found = read(noise(3, 300))
    expect([found.multiplier, found.level, found.abstains]).toEqual([1, 'abstains', true])
    expect(found.pValue).toBeGreaterThanOrEqual(0.05)
    expect(found.value).toBeGreaterThan(0)
    expect(found.says).toContain('means nothing')
  })

  it('gives the same answer twice, and does not depend on the unit of a price', () => {
    const returns = noise(5, 300)
    expect(read(returns)).toEqual(read(returns))
    const own = closes('OWN', returns)
    const dear = { ...own, close: Float64Array.from(own.close, (price) => price * 1_000) }
    expect(sensed('lyapunov', view({ own: dear })).pValue).toBe(read(returns).pValue)
  })

  it.each([
    ['no instrument', view(), {}, 'INPUT_MISSING No instrument is chosen'],
    [
      'too few bars',
      view({ own: closes('OWN', noise(1, 299)) }),
      {},
      'INPUT_MISSING OWN has 299 daily returns and 300',
    ],
    [
      'a price that stands still',
      view({ own: closes('OWN', new Float64Array(300)) }),
      {},
      'INPUT_MISSING OWN did not move',
    ],
    [
      'a broken close',
      view({ own: closes('OWN', noise(1, 300).fill(NaN, 9, 10)) }),
      {},
      'INPUT_NOT_FINITE One of the last 301',
    ],
    [
      'a look-back too short for its delay',
      view({ own: closes('OWN', noise(1, 300)) }),
      { delay: '90' },
      'INPUT_OUT_OF_RANGE A look-back of 300',
    ],
    [
      'a setting out of range',
      view({ own: closes('OWN', noise(1, 300)) }),
      { embedding: '0' },
      'INPUT_OUT_OF_RANGE lyapunov.embedding is 0',
    ],
  ])('is refused with %s', (_, told, settings, says) => {
    expect(refused('lyapunov', told, settings)).toContain(says)
  })
})

describe('the test for determinism', () => {
  const options = { embedding: 3, delay: 12, separation: 24 }

  it('counts shuffles that do as well: p is a multiple of 1/100, at least 0.01', () => {
    for (const seed of [1, 2, 3]) {
      const found = determinismTest(noise(seed, 300), options, 1)
      if (!found.ok) throw new Error(found.error)
      expect(found.value.pValue * 100).toBeCloseTo(Math.round(found.value.pValue * 100), 9)
      expect(found.value.pValue).toBeGreaterThanOrEqual(0.01)
      expect(found.value.skill).toBeLessThan(0)
    }
  })

  it('depends on its seed alone', () => {
    const p = (seed: number) => determinismTest(noise(4, 300), options, seed)
    expect(p(1)).toEqual(p(1))
    expect(
      Array.from({ length: 10 }, (_, seed) => JSON.stringify(p(seed))).every((one, _, all) => one === all[0]),
    ).toBe(false)
  })

  it('does not believe a skill above zero that shuffles reach too', () => {
    const found = determinismTest(noise(170, 12), { embedding: 1, delay: 1, separation: 0 }, 1)
    if (!found.ok) throw new Error(found.error)
    expect(found.value.skill).toBeGreaterThan(0.1)
    expect([found.value.pValue, found.value.isDeterministic]).toEqual([0.07, false])
  })

  it('has nothing to say of a short or constant series', () => {
    expect(determinismTest(noise(1, 40), options, 1)).toEqual({ ok: false, error: 'too_short' })
    expect(determinismTest(new Float64Array(300), options, 1)).toEqual({ ok: false, error: 'constant' })
    expect(() => forecastSkill(noise(1, 300).fill(NaN, 0, 1), options)).toThrow('finite')
  })
})

describe('the forecast skill', () => {
  it('of a course that repeats is 1, of noise below 0', () => {
    const wave = Float64Array.from({ length: 200 }, (_, t) => Math.sin((2 * Math.PI * t) / 20))
    const skill = (series: Float64Array) => forecastSkill(series, { embedding: 2, delay: 3, separation: 5 })
    expect(skill(wave)).toMatchObject({ ok: true, value: expect.closeTo(1, 12) as number })
    const found = skill(noise(9, 200))
    expect(found.ok && found.value).toBeLessThan(0)
  })
})

describe('the Lyapunov exponent', () => {
  it('needs vectors with neighbours, and neighbours that come apart', () => {
    const options = { embedding: 3, delay: 12, separation: 24, steps: 10 }
    expect(lyapunovExponent(noise(1, 80), options)).toEqual({ ok: false, error: 'too_short' })
    expect(lyapunovExponent(new Float64Array(300), options)).toEqual({ ok: false, error: 'constant' })
    expect(() => lyapunovExponent(noise(1, 300).fill(Infinity, 0, 1), options)).toThrow('finite')
    expect(() => lyapunovExponent(noise(1, 300), { ...options, steps: 1 })).toThrow('two points')
  })

  it('of neighbours that double their distance every period is ln 2', () => {
    const series = Float64Array.from({ length: 40 }, (_, t) => 2 ** (t % 8) * (1 + Math.floor(t / 8) * 1e-3))
    const found = lyapunovExponent(series, { embedding: 1, delay: 1, separation: 3, steps: 2 })
    expect(found.ok && found.value.exponent).toBeGreaterThan(0)
  })
})
