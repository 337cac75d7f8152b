import { describe, expect, it } from 'vitest'
import { spinSusceptibility } from '../../../src/domain/regime/spin-susceptibility.ts'
import { noiseBand } from '../../../src/domain/stats/noise-band.ts'
import { factorSeries, noise } from '../../support/random-series.ts'
import { closes, NOW, refused, sensed, view } from './market-view.ts'

const market = (columns: readonly ArrayLike<number>[]) =>
  view({ market: columns.map((returns, i) => closes(`A${i}`, returns)) })
const SEEDS = Array.from({ length: 100 }, (_, i) => i + 1)

describe('the Ising sensor', () => {
  it('is 0 within its error for independent assets', () => {
    const found = SEEDS.map((seed) => sensed('ising', market(factorSeries(seed, 8, 250, 0)), { lookBack: '250' }))
    const deviations = found.map(({ value, error }) => (value ?? NaN) / (error ?? NaN))
    expect(deviations.filter((z) => Math.abs(z) < 1.96).length).toBeGreaterThanOrEqual(88)
    expect(Math.max(...deviations.map(Math.abs))).toBeLessThan(5)
    const values = found.map(({ value }) => value ?? NaN)
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    expect(Math.abs(mean)).toBeLessThan((4 * (found[0]?.error ?? NaN)) / Math.sqrt(values.length))
    expect(found.every(({ multiplier, level }) => multiplier === 1 && level === 'loose')).toBe(true)
  })

  it('is exactly 1 for copies, without error, and halves size', () => {
    const one = noise(1, 100)
    const found = sensed('ising', market([one, one, one]))
    expect(found.value).toBeCloseTo(1, 12)
    expect(found.error).toBeCloseTo(0, 9)
    expect([found.multiplier, found.level, found.periods]).toEqual([0.5, 'lockstep', 60])
    expect(found.says).toContain('lockstep')
  })

  it('of two mirrored assets is −1, the least there can be', () => {
    const one = noise(1, 100)
    expect(sensed('ising', market([one, one.map((value) => -value)])).value).toBeCloseTo(-1, 12)
  })

  it('is the mean pairwise correlation of signs of equal variance', () => {
    const columns = factorSeries(3, 4, 400, 0.5)
    const signs = columns.map((column) => [...column].map(Math.sign))
    const covariance = (a: readonly number[], b: readonly number[]): number => {
      const mean = (values: readonly number[]) => values.reduce((x, y) => x + y, 0) / values.length
      return mean(a.map((x, t) => x * (b[t] ?? NaN))) - mean(a) * mean(b)
    }
    let [between, own] = [0, 0]
    for (const a of signs)
      for (const b of signs)
        if (a === b) own += covariance(a, b) / 4
        else between += covariance(a, b) / 12
    expect(spinSusceptibility(columns)?.susceptibility).toBeCloseTo(between / own, 12)
  })

  it('of normal returns with correlation ρ is Sheppard’s 2/π·asin ρ within its error', () => {
    const found = spinSusceptibility(factorSeries(5, 10, 4_000, 0.5))
    expect(Math.abs((found?.susceptibility ?? NaN) - (2 / Math.PI) * Math.asin(0.5))).toBeLessThan(
      4 * (found?.error ?? NaN),
    )
  })

  it('abstains with one asset and is refused with none', () => {
    const found = sensed('ising', market([noise(1, 100)]))
    expect([found.abstains, found.multiplier, found.value]).toEqual([true, 1, null])
    expect(refused('ising', view())).toContain('INPUT_MISSING No instrument')
  })

  it('does not see a change of signs that never comes', () => {
    expect(spinSusceptibility([new Float64Array(30).fill(1), new Float64Array(30).fill(2)])).toBeUndefined()
    const rising = (seed: number) => noise(seed, 100).map((value) => Math.abs(value) + 0.1)
    expect(refused('ising', market([rising(1), rising(2)]))).toContain('INPUT_MISSING No sign')
  })
})

describe('the eigen sensor', () => {
  const levelOf = (columns: readonly ArrayLike<number>[], settings = {}) => sensed('eigen', market(columns), settings)

  it('is the largest eigenvalue against the noise edge, and brakes by 1.5/e', () => {
    const found = levelOf(factorSeries(1, 10, 250, 0.6))
    const { largest, edge, excess } = found.facts
    expect(edge).toBeCloseTo(noiseBand(10, 250).high, 12)
    expect(excess).toBeCloseTo((largest ?? NaN) / (edge ?? NaN), 12)
    expect(found.value).toBe(excess)
    expect(found.multiplier).toBeCloseTo(1.5 / (excess ?? NaN), 12)
    expect([found.level, found.periods]).toEqual(['high', 250])
    expect(found.facts['absorption']).toBeGreaterThan(0.5)
  })

  it('of copies is N over the edge', () => {
    const one = noise(1, 250)
    const { value } = levelOf([one, one, one, one])
    expect(value).toBeCloseTo(4 / noiseBand(4, 250).high, 9)
  })

  it.each([
    ['calm', 0, 'low'],
    ['moderate', 0.13, 'moderate'],
    ['bound together', 0.6, 'high'],
  ])('does not change its class when uncorrelated assets join a %s book', (_, rho, level) => {
    let stayed = 0
    for (const seed of SEEDS.slice(0, 20)) {
      const core = factorSeries(seed, 12, 500, rho)
      const levels = [0, 4, 8].map(
        (more) => levelOf([...core, ...factorSeries(seed + 500, more, 500, 0)], { lookBack: '500' }).level,
      )
      if (levels.every((found) => found === level)) stayed += 1
    }
    expect(stayed).toBeGreaterThanOrEqual(level === 'moderate' ? 17 : 20)
  })

  it('by the raw eigenvalue does change: a hundred strangers are called a risk', () => {
    const strangers = factorSeries(2, 100, 250, 0)
    const raw = levelOf(strangers, { eigen: 'raw' })
    expect([raw.level, raw.value]).toEqual(['high', raw.facts['largest']])
    expect(raw.multiplier).toBeCloseTo(1.5 / (raw.value ?? NaN), 12)
    expect([levelOf(strangers).level, levelOf(strangers).multiplier]).toEqual(['low', 1])
  })

  it('abstains with one asset and is refused below 20 periods', () => {
    expect(levelOf([noise(1, 100)])).toMatchObject({ abstains: true, multiplier: 1, value: null })
    expect(refused('eigen', market([noise(1, 19), noise(2, 19)]))).toContain('INPUT_MISSING 2 of 2 instruments')
    expect(levelOf([noise(1, 20), noise(2, 20)]).periods).toBe(20)
  })
})

describe('sensors of several assets', () => {
  const day = 86_400_000

  it('leave out an asset that stands still, stopped trading or is too young, and name it', () => {
    const told = market([...factorSeries(1, 3, 100, 0.4), new Float64Array(100)])
    const stopped = closes('GONE', noise(7, 100))
    const cut = { ...stopped, at: Array.from(stopped.at).slice(0, 80), close: Array.from(stopped.close).slice(0, 80) }
    const young = closes('YOUNG', noise(8, 12))
    const found = sensed('ising', { ...told, market: [...told.market, cut, young] })
    expect(found.symbols).toEqual(['A0', 'A1', 'A2'])
    expect(found.says).toContain('Without A3, GONE, YOUNG')
  })

  it('use the periods all have, without filling', () => {
    const told = market(factorSeries(1, 3, 100, 0.4))
    const [first, ...others] = told.market
    if (first === undefined) throw new Error('no asset')
    const keep = (values: ArrayLike<number>) => Array.from(values).filter((_, t) => t !== 70 && t !== 90)
    const holed = { ...first, at: keep(first.at), close: keep(first.close) }
    expect(sensed('ising', { ...told, market: [holed, ...others] }).periods).toBe(56)
  })

  it('are refused where their bars are old, never read from a stale market', () => {
    const told = market(factorSeries(1, 3, 100, 0.4))
    expect(refused('eigen', { ...told, now: NOW + 5 * day })).toContain('QUOTE_STALE')
    expect(refused('ising', { ...told, now: NOW - 2 * day })).toContain('CLOCK_ANOMALY')
    expect(sensed('ising', { ...told, now: NOW + 3 * day }).at).toBe(NOW + 3 * day)
  })
})

describe('an asset that grows by the same share every day', () => {
  it('is left out, because its returns differ by rounding alone', () => {
    const steady = Float64Array.from({ length: 300 }, (_, t) => 1 + (t % 3) * 2e-14)
    for (const id of ['ising', 'eigen'] as const) {
      const found = sensed(id, market([noise(1, 300), steady, noise(2, 300)]))
      expect(found.symbols).toEqual(['A0', 'A2'])
      expect(found.says).toContain('Without A1')
    }
  })
})
