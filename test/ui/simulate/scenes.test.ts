import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ratioAxis } from '../../../src/ui/charts/ratio-axis.ts'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import { convergenceScene, convergenceTable, wilson } from '../../../src/ui/simulate/convergence-scene.ts'
import { curveScene, curveTable, onCurve } from '../../../src/ui/simulate/curve-scene.ts'
import { fanScene, fanSummary, fanTable, ratioText } from '../../../src/ui/simulate/fan-scene.ts'
import { oddsScene, oddsTable, pointsText } from '../../../src/ui/simulate/odds-scene.ts'
import { beyondText, spreadScene, spreadTable } from '../../../src/ui/simulate/spread-scene.ts'
import { tradeBins } from '../../../src/ui/simulate/trade-bins.ts'
import { aCurve, aFan, aRun } from './runs.ts'

chooseLocale('en-US')

describe('the fan', () => {
  it('begins every path at the start, and names the ends of its bands', () => {
    const scene = fanScene(aFan(), undefined, { goal: 1.25, floor: 0.8, isLog: true })
    for (const { x, y } of scene.lines ?? []) {
      expect([x[0], y[0]]).toEqual([0, 1])
      expect(x).toHaveLength(4)
    }
    expect(scene.ends?.map(({ label }) => label)).toEqual([
      '3.56  95 %',
      '2.17  75 %',
      '1.05  25 %',
      '0.63  5 %',
      '1.48  median',
    ])
    expect(scene.marks?.map(({ label }) => label)).toEqual(['Goal +25 %', 'Ruin −20 %'])
  })

  it('keeps a lost path on a logarithmic scale, and every band inside the plot', () => {
    const scene = fanScene(aFan(), aFan(), { goal: undefined, floor: undefined, isLog: true })
    expect(scene.y.log).toBe(true)
    const drawn = (scene.lines ?? []).flatMap(({ y }) => y)
    expect(Math.min(...drawn.map((value) => value ?? 1))).toBe(0.01)
    for (const { low, high } of scene.bands ?? [])
      for (const value of [...low, ...high]) {
        expect(value).toBeGreaterThanOrEqual(scene.y.from)
        expect(value).toBeLessThanOrEqual(scene.y.to)
      }
  })

  it('tells A from B by dash and by name, not by colour alone', () => {
    const { lines = [], ends = [] } = fanScene(aFan(), aFan(), { goal: undefined, floor: undefined, isLog: false })
    const medians = lines.filter(({ width }) => width === 2.25)
    expect(medians.map(({ dash }) => dash)).toEqual([[6, 4], []])
    expect(ends.map(({ label }) => label)).toContain('1.48  median B')
  })

  it('has the same numbers as a table and in a sentence', () => {
    const table = fanTable(aFan(), aFan())
    expect(table.columns).toHaveLength(11)
    expect(table.rows[2]?.slice(0, 4)).toEqual(['100', '0.6300', '1.0500', '1.4800'])
    expect(fanSummary(aFan(), undefined)).toBe(
      'Equity over 100 trades. Policy A ends at 1.48 times the start in the median, between 0.63 and 3.56 in nine of ten paths.',
    )
    expect(ratioText(0.003)).toBe('< 0.01')
    expect(ratioText(12_345_678)).toBe('1.2e7')
  })

  it('has an axis of few ticks whatever the paths do', () => {
    const positive = fc.double({ min: 1e-6, max: 1e12, noNaN: true })
    fc.assert(
      fc.property(fc.array(positive, { minLength: 1, maxLength: 20 }), (values) => {
        const axis = ratioAxis([...values, 1])
        expect(axis.from).toBeGreaterThan(0)
        expect(axis.from).toBeLessThanOrEqual(Math.min(...values, 1))
        expect(axis.to).toBeGreaterThanOrEqual(Math.max(...values, 1))
        expect(axis.ticks.length).toBeLessThanOrEqual(13)
        for (const { at } of axis.ticks) expect(at).toBeGreaterThanOrEqual(axis.from)
      }),
    )
  })
})

describe('the spread of the paths', () => {
  const bins = aRun().histograms.finalEquity
  const words = { tick: String, marks: [], isBad: (from: number) => from < 1 }

  it('draws shares that come to one with what lies beyond the axis', () => {
    const { bars = [], lines = [] } = spreadScene(bins, bins, words)
    const drawn = bars.reduce((sum, { height }) => sum + height, 0)
    expect(drawn).toBeCloseTo(1900 / 2000)
    expect(beyondText(bins)).toBe(', 5.0 % beyond the axis')
    expect(beyondText(aRun().histograms.maxDrawdown)).toBe('')
    expect(bars.map(({ opacity }) => opacity)).toEqual([1, 1, 0.5, 0.5])
    // The outline of B goes up and down at every bin and ends on the ground.
    expect(lines[0]?.y.at(0)).toBe(0)
    expect(lines[0]?.y.at(-1)).toBe(0)
    expect(Math.max(...(lines[0]?.y.map((value) => value ?? 0) ?? []))).toBeCloseTo(0.45)
  })

  it('has the same numbers as a table, with what lies beyond', () => {
    const { rows, columns } = spreadTable(bins, undefined, words)
    expect(columns).toEqual(['From', 'Below', 'Paths', 'Share'])
    expect(rows.at(-1)).toEqual(['2', '', '100', '5.00 %'])
    expect(spreadTable(bins, bins, words).rows).toHaveLength(10)
  })
})

describe('the curve over the fraction', () => {
  const { points } = aCurve()
  const marks = { recommended: 0.01, fullKelly: 0.02, a: 0.03, b: 0.5, tolerance: 0.05 }

  it('begins at nothing for nothing staked, and stands between its points in between', () => {
    expect(curveScene(points, 'ruin', marks).lines?.at(-1)?.y).toEqual([0, 0.01, 0.2, 0.6])
    expect(onCurve(points, 'ruin', 0.03)).toBeCloseTo(0.4)
    expect(onCurve(points, 'ruin', 0.005)).toBeCloseTo(0.005)
    expect(onCurve(points, 'ruin', 0.5)).toBeUndefined()
  })

  it('marks the best fraction, full Kelly, what is allowed, and the policies that are on it', () => {
    const labels = curveScene(points, 'ruin', marks).marks?.map(({ label }) => label)
    expect(labels).toEqual(['allowed 5 %', 'full Kelly', 'best 1.00 %', 'A'])
    expect(curveScene(points, 'growth', marks).marks?.map(({ kind }) => kind)).toContain('dot')
  })

  it('draws a band only where the evidence gave one', () => {
    expect(curveScene(points, 'growth', marks).bands).toHaveLength(1)
    expect(curveScene(points, 'drawdown', marks).bands).toHaveLength(0)
  })

  it('shows growth on a scale of its own behind ruin, and none of it where nothing grows', () => {
    expect(curveScene(points, 'ruin', marks).ends?.[0]?.label).toBe('+0.20 %')
    const shrinking = points.map((point) => ({ ...point, growth: -0.01 }))
    expect(curveScene(shrinking, 'ruin', marks).ends).toEqual([])
    expect(curveScene(points, 'growth', marks).y.from).toBeGreaterThanOrEqual(-0.005)
  })

  it('has the same numbers as a table', () => {
    expect(curveTable(points).rows[1]).toEqual([
      '2.00 %',
      '0.2000 %',
      '0.10 % to 0.30 %',
      '20.00 %',
      '18.00 % to 22.00 %',
      '10.00 % to 30.00 %',
      '20.00 %',
      '',
    ])
  })
})

describe('convergence', () => {
  it('narrows the band around ruin as paths come in', () => {
    const { bands = [] } = convergenceScene(aRun().convergence.line)
    const widths = bands[0]?.high.map((high, at) => (high ?? 0) - (bands[0]?.low[at] ?? 0)) ?? []
    expect(widths[0]).toBeGreaterThan(widths[1] ?? 1)
    expect(wilson(0, 100)[0]).toBe(0)
    expect(wilson(0.5, 100)[0]).toBeCloseTo(0.4038, 3)
    expect(wilson(0.5, 100)[1]).toBeCloseTo(0.5962, 3)
  })

  it('shows the median drawdown where there is no floor', () => {
    const line = aRun().convergence.line.map((point) => ({ ...point, ruin: null }))
    expect(convergenceScene(line).lines?.[0]?.y).toEqual([0.33, 0.337])
    expect(convergenceScene(line).bands).toEqual([])
    expect(convergenceTable(line).rows[0]?.[3]).toBe('')
  })
})

describe('the odds over the size', () => {
  const chance = (probability: number) => ({ probability, low: probability - 0.01, high: probability + 0.01 })
  const points = [0.001, 0.01, 0.03].map((size, at) => ({ size, pass: chance(0.2 + at / 10), breach: chance(at / 4) }))
  const words = {
    sizeText: (size: number) => `${size * 100} %`,
    best: 0.01,
    own: 0.02,
    ownWord: 'ticket',
    hasTarget: true,
  }

  it('names both curves at their ends and marks the best size and the own one', () => {
    const scene = oddsScene(points, words)
    expect(scene.ends?.map(({ label }) => label)).toEqual(['pass', 'breach'])
    expect(scene.lines?.map(({ dash = [] }) => dash.length > 0)).toEqual([false, true])
    expect(scene.marks?.map(({ label }) => label)).toEqual(['best 1 %', 'ticket 2 %'])
    const lasting = oddsScene(points, { ...words, hasTarget: false })
    expect(lasting.ends?.map(({ label }) => label)).toEqual(['breach'])
    expect(lasting.lines).toHaveLength(1)
    expect(oddsTable(points, words.sizeText).rows[1]).toEqual([
      '1 %',
      '30.00 %',
      '29.0 % to 31.0 %',
      '25.00 %',
      '24.0 % to 26.0 %',
    ])
    expect(pointsText(-0.0123)).toBe('−1.23 points')
  })
})

it('pasted trades fall into bins that all of them are in, with zero between two of them', () => {
  const multiple = fc.double({ min: -50, max: 50, noNaN: true })
  fc.assert(
    fc.property(fc.array(multiple, { minLength: 1, maxLength: 60 }), (values) => {
      const { from, width, counts } = tradeBins(values)
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length)
      expect(counts.length).toBeLessThanOrEqual(28)
      expect(Math.abs(from / width - Math.round(from / width))).toBeLessThan(1e-6)
    }),
  )
})
