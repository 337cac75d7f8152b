import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closeToCloseVolatility } from '../../../src/domain/market/close-to-close-volatility.ts'
import { decayOf, ewmaVolatility, RISKMETRICS_DECAY } from '../../../src/domain/market/ewma-volatility.ts'
import { garmanKlassVolatility } from '../../../src/domain/market/garman-klass-volatility.ts'
import { logReturns } from '../../../src/domain/market/log-returns.ts'
import { parkinsonVolatility } from '../../../src/domain/market/parkinson-volatility.ts'
import { volatilityLevels } from '../../../src/domain/market/volatility-levels.ts'

const prices = fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 60 })

describe('log returns', () => {
  it('are the logarithms of the price ratios, one fewer than prices', () => {
    const found = logReturns([100, 110, 99])
    expect(found).toHaveLength(2)
    expect(found[0]).toBeCloseTo(Math.log(1.1), 12)
    expect(found[1]).toBeCloseTo(Math.log(0.9), 12)
    expect(logReturns([100])).toHaveLength(0)
    expect(logReturns([])).toHaveLength(0)
  })

  it.each([0, -1, Number.NaN, Infinity])('of a price of %d are not a number, on both sides of it', (price) => {
    expect(Array.from(logReturns([100, price, 100]))).toEqual([Number.NaN, Number.NaN])
  })
})

describe('the exponentially weighted volatility', () => {
  it('weighs the newest return most: two returns by hand', () => {
    const [older, newer] = [0.01, -0.03]
    const mean = (0.94 * older ** 2 + newer ** 2) / (1 + 0.94)
    expect(ewmaVolatility([older, newer], RISKMETRICS_DECAY, 252)).toBeCloseTo(Math.sqrt(252 * mean), 12)
  })

  it('of returns of one size is that size a year, whatever the decay', () => {
    expect(ewmaVolatility([0.01, -0.01, 0.01], 0.94, 252)).toBeCloseTo(0.01 * Math.sqrt(252), 12)
    expect(ewmaVolatility([0.01, -0.01, 0.01], decayOf(5), 252)).toBeCloseTo(0.01 * Math.sqrt(252), 12)
  })

  it('halves a weight every half-life', () => {
    expect(decayOf(20) ** 20).toBeCloseTo(0.5, 12)
    expect(() => decayOf(0)).toThrow('half-life')
  })

  it('is not a number without returns, or where one is broken', () => {
    expect(ewmaVolatility([], 0.94, 252)).toBeNaN()
    expect(ewmaVolatility([0.01, Number.NaN, 0.01], 0.94, 252)).toBeNaN()
  })

  it('scales with returns and the root of the year', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 1, maxLength: 40 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (returns, scale) => {
          const whole = ewmaVolatility(returns, 0.94, 252)
          const scaled = ewmaVolatility(
            returns.map((value) => value * scale),
            0.94,
            252,
          )
          expect(scaled).toBeCloseTo(whole * scale, 9)
          expect(ewmaVolatility(returns, 0.94, 4 * 252)).toBeCloseTo(2 * whole, 9)
        },
      ),
    )
  })
})

describe('the realised volatility', () => {
  it('is the sample standard deviation times the root of the year', () => {
    // R: sd(c(0.01, -0.02, 0.03)) * sqrt(252)
    expect(closeToCloseVolatility([0.01, -0.02, 0.03], 252)).toBeCloseTo(0.0251661147842358 * Math.sqrt(252), 12)
    expect(closeToCloseVolatility([0.01], 252)).toBeNaN()
  })

  it('of a steady climb is zero, whose movement is not risk', () => {
    expect(closeToCloseVolatility([0.01, 0.01, 0.01], 252)).toBeCloseTo(0, 12)
  })
})

describe('the volatility from ranges', () => {
  it('of Parkinson is ln(high/low) over 2·√ln 2 for one bar', () => {
    expect(parkinsonVolatility([110], [100], 1)).toBeCloseTo(Math.log(1.1) / (2 * Math.sqrt(Math.LN2)), 12)
    expect(parkinsonVolatility([], [], 252)).toBeNaN()
    expect(parkinsonVolatility([100], [110], 252)).toBeNaN()
    expect(parkinsonVolatility([100], [0], 252)).toBeNaN()
  })

  it('of Garman and Klass is that of the range alone for a bar that closes where it opened', () => {
    const bar = { open: [100], high: [110], low: [95], close: [100] }
    expect(garmanKlassVolatility(bar, 1)).toBeCloseTo(Math.sqrt(0.5) * Math.log(110 / 95), 12)
  })

  it('of Garman and Klass takes off what the close moved', () => {
    const bar = { open: [100], high: [110], low: [95], close: [105] }
    const variance = 0.5 * Math.log(110 / 95) ** 2 - (2 * Math.LN2 - 1) * Math.log(1.05) ** 2
    expect(garmanKlassVolatility(bar, 252)).toBeCloseTo(Math.sqrt(252 * variance), 12)
  })

  it.each([
    { open: [90], high: [110], low: [95], close: [100] },
    { open: [100], high: [110], low: [95], close: [111] },
    { open: [100], high: [110], low: [-1], close: [100] },
  ])('of Garman and Klass is not a number where open and close lie outside of the bar: %o', (bar) => {
    expect(garmanKlassVolatility(bar, 252)).toBeNaN()
  })

  it('does not depend on the unit of the price', () => {
    fc.assert(
      fc.property(prices, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (closes, unit) => {
        const bars = closes.map((close) => ({ open: close, high: close * 1.1, low: close * 0.9, close }))
        const of = (scale: number): number =>
          garmanKlassVolatility(
            {
              open: bars.map(({ open }) => open * scale),
              high: bars.map(({ high }) => high * scale),
              low: bars.map(({ low }) => low * scale),
              close: bars.map(({ close }) => close * scale),
            },
            252,
          )
        expect(of(unit)).toBeCloseTo(of(1), 9)
      }),
    )
  })
})

describe('the levels of an instrument’s own year', () => {
  const calm = new Array<number>(200).fill(0.01)

  it('are the 33rd and 80th percentile of its volatility day by day', () => {
    const returns = Float64Array.from({ length: 300 }, (_, day) => 0.01 * Math.sin(day * 1.3) * (1 + day / 100))
    const levels = volatilityLevels(returns, 30, 0.94, 252)
    const daily = Array.from({ length: 252 }, (_, day) => {
      const end = returns.length - day
      return ewmaVolatility(returns.slice(end - 30, end), 0.94, 252)
    }).sort((a, b) => a - b)
    expect(levels?.days).toBe(252)
    // 251 gaps between 252 ranked days: the 33rd percentile lies at 82.83, the 80th at 200.8.
    expect(levels?.low).toBeCloseTo((daily[82] ?? 0) + 0.83 * ((daily[83] ?? 0) - (daily[82] ?? 0)), 12)
    expect(levels?.high).toBeCloseTo((daily[200] ?? 0) + 0.8 * ((daily[201] ?? 0) - (daily[200] ?? 0)), 12)
    expect(levels?.low).toBeLessThan(levels?.high ?? 0)
  })

  it('are not known with less than half a year of days, or where a return is broken', () => {
    expect(volatilityLevels(Float64Array.from(calm.slice(0, 154)), 30, 0.94, 252)).toBeUndefined()
    expect(volatilityLevels(Float64Array.from(calm.slice(0, 155)), 30, 0.94, 252)?.days).toBe(126)
    expect(volatilityLevels(Float64Array.from([...calm, Number.NaN]), 30, 0.94, 252)).toBeUndefined()
  })
})
