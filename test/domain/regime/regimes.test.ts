import { describe, expect, it } from 'vitest'
import { ewmaVolatility } from '../../../src/domain/market/ewma-volatility.ts'
import { readSensors, sensorReadings } from '../../../src/domain/regime/read-sensors.ts'
import { SENSORS } from '../../../src/domain/regime/registry.ts'
import { REGIME_SENSOR_IDS } from '../../../src/domain/regime/sensor.ts'
import { REGIMES, type Regime } from '../../../src/domain/studies.ts'
import { factorSeries, noise } from '../../support/random-series.ts'
import { closes, NOW, refused, sensed, view } from './market-view.ts'

/** A year and more of calm returns of 1 % a day, the last 30 `times` as wide. */
const lately = (times: number): Float64Array => noise(1, 420).map((value, t) => (t >= 390 ? value * times : value))
const own = (returns: ArrayLike<number>) => view({ own: closes('OWN', returns) })
const byHand = (regime: Regime | null) =>
  view({ regime: { regime, quality: { value: null, source: 'test', at: NOW }, source: 'set by hand', at: NOW } })

describe('the volatility regime', () => {
  it('of fixed levels calls 19 % a year normal, and every wide coin high', () => {
    const settings = { thresholds: 'absolute' }
    expect(sensed('volatility_regime', own(noise(1, 60)), settings)).toMatchObject({ level: 'normal', multiplier: 1 })
    expect(sensed('volatility_regime', own(noise(1, 60).map((value) => value * 4)), settings)).toMatchObject({
      level: 'high',
      multiplier: 0.5,
    })
    expect(sensed('volatility_regime', own(noise(1, 60).map((value) => value / 4)), settings)).toMatchObject({
      level: 'low',
      multiplier: 1,
    })
  })

  it('by its own year is high where it moves more than it did, whatever its size', () => {
    for (const size of [0.1, 1, 10]) {
      const wide = lately(2).map((value) => value * size)
      expect(sensed('volatility_regime', own(wide)).level).toBe('high')
    }
    expect(sensed('volatility_regime', own(lately(0.3))).level).toBe('low')
  })

  it('cuts by half of what it is over the high level, and no more than half', () => {
    const found = sensed('volatility_regime', own(lately(1.7)))
    const high = found.facts['high'] ?? NaN
    const sigma = ewmaVolatility(
      lately(1.7)
        .map((value) => value * 0.01)
        .subarray(-30),
      0.94,
      365,
    )
    expect(found.value).toBeCloseTo(sigma, 9)
    expect(found.multiplier).toBeCloseTo(1 - 0.5 * Math.min(1, (sigma - high) / high), 9)
    expect(sensed('volatility_regime', own(lately(20))).multiplier).toBe(0.5)
    expect(found.error).toBeGreaterThan(0.1 * sigma)
  })

  it.each([
    ['no instrument', view(), {}, 'INPUT_MISSING No instrument'],
    ['less than half a year', own(noise(1, 200)), {}, 'INPUT_MISSING OWN has 200 daily returns and 212'],
    ['a price that stands still', own(new Float64Array(420)), {}, 'INPUT_MISSING The volatility of OWN'],
    [
      'levels that are swapped',
      own(noise(1, 60)),
      { thresholds: 'absolute', low: '0.4' },
      'INPUT_OUT_OF_RANGE The low level',
    ],
  ])('is refused with %s', (_, told, settings, says) => {
    expect(refused('volatility_regime', told, settings)).toContain(says)
  })
})

describe('the market regime', () => {
  it.each(REGIMES.map((regime, i) => [regime, [1, 0.8, 0.5, 0.3, 0.1][i]] as const))(
    'set by hand to %s multiplies by %d',
    (regime, multiplier) => {
      const found = sensed('market_regime', byHand(regime))
      expect([found.multiplier, found.level]).toEqual([multiplier, regime.replace('_', ' ')])
      expect(found.says).toContain('set by hand')
    },
  )

  it('is seen from volatility where none is set by hand, and refused where that is not known', () => {
    expect(sensed('market_regime', own(lately(2)))).toMatchObject({ multiplier: 0.3, level: 'high volatility' })
    expect(sensed('market_regime', own(lately(0.5)))).toMatchObject({ multiplier: 1, level: 'trend' })
    expect(refused('market_regime', byHand(null))).toContain('INPUT_MISSING')
  })
})

describe('all sensors together', () => {
  const full = view({
    own: closes('A0', factorSeries(1, 3, 420, 0.9)[0] ?? []),
    market: factorSeries(1, 3, 420, 0.9).map((returns, i) => closes(`A${i}`, returns)),
  })

  it('are each read with a title, a unit, a time, a level and one sentence', () => {
    const { readings, faults } = readSensors(full)
    expect(faults).toEqual([])
    expect(readings.map(({ id }) => id)).toEqual([...REGIME_SENSOR_IDS])
    for (const { title, level, says, at, asOf, multiplier } of readings) {
      expect(title.length * level.length).toBeGreaterThan(0)
      expect(says).toMatch(/\.$/)
      expect([at, asOf]).toEqual([NOW, NOW])
      expect(multiplier >= 0 && multiplier <= 1).toBe(true)
    }
    expect(SENSORS.map(({ id }) => id)).toEqual([...REGIME_SENSOR_IDS])
  })

  it('name the weakest link of the three, and none where nothing brakes', () => {
    const one = noise(1, 300)
    const copies = view({ own: closes('A0', noise(3, 300)), market: [closes('A0', one), closes('A1', one)] })
    const { weakest, readings } = readSensors(copies, {}, ['lyapunov', 'ising', 'eigen'])
    expect(weakest?.id).toBe('ising')
    expect(weakest?.multiplier).toBe(Math.min(...readings.map(({ multiplier }) => multiplier)))
    const strangers = view({
      own: closes('A0', noise(3, 420)),
      market: [closes('A0', noise(3, 420)), closes('A1', noise(4, 420))],
    })
    expect(readSensors(strangers, {}, ['lyapunov', 'ising', 'eigen']).weakest).toBeNull()
  })

  it('give a decision their multipliers as decimal text, when they were read', () => {
    const readings = sensorReadings(readSensors(full))
    expect(readings.map(({ id }) => id)).toEqual(['lyapunov', 'ising', 'eigen'])
    for (const { value, at, source } of readings) {
      expect(value).toMatch(/^(0|1|0\.\d+)$/)
      expect([at, source]).toEqual([NOW, 'daily bars to 2026-10-30'])
    }
  })

  it('give a sensor that could not be read without a value, with its reason', () => {
    const read = readSensors(view({ own: closes('OWN', noise(1, 100)) }))
    const [lyapunov, ising] = sensorReadings(read)
    expect(lyapunov).toEqual({
      id: 'lyapunov',
      value: null,
      at: null,
      source: 'INPUT_MISSING',
      abstains: false,
      says: 'OWN has 100 daily returns and 300 are needed: import more daily bars of it.',
    })
    expect(ising?.value).toBeNull()
    expect(read.faults.map(({ id }) => id)).toEqual([
      'lyapunov',
      'ising',
      'eigen',
      'volatility_regime',
      'market_regime',
    ])
    expect(sensorReadings(readSensors(full, {}, ['eigen'])).map(({ id }) => id)).toEqual(['eigen'])
  })
})
