import { describe, expect, it } from 'vitest'
import type { AssetWeight, FrontierResult } from '../../../src/contract/portfolio/optimise.ts'
import type { SensorTile } from '../../../src/contract/portfolio/sensors.ts'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import { frontierScene, frontierTable } from '../../../src/ui/portfolio/frontier-scene.ts'
import { shareText } from '../../../src/ui/portfolio/portfolio-words.ts'
import {
  barsHidden,
  contributionScene,
  contributionSummary,
  contributionTable,
  sharesHeld,
  sharesProposed,
} from '../../../src/ui/portfolio/risk-scenes.ts'
import { historyOf, sensorScene, sensorTable } from '../../../src/ui/portfolio/sensor-scene.ts'
import { dwarfsBand, spectrumScene, spectrumSummary, spectrumTable } from '../../../src/ui/portfolio/spectrum-scene.ts'

chooseLocale('en-US')

const spectrum = { eigenvalues: [4.1, 1.6, 0.9, 0.3], noise: { low: 0.4, high: 1.44 }, signals: 2 }

describe('the spectrum', () => {
  it('sets signals apart from noise by shape of words, table and bars alike', () => {
    const { bars = [], marks = [] } = spectrumScene(spectrum, 'all')
    expect(bars.map(({ colour }) => colour)).toEqual(['series-b', 'series-b', 'ink-3', 'ink-3'])
    expect(bars.map(({ height }) => height)).toEqual(spectrum.eigenvalues)
    expect(marks[0]).toMatchObject({ kind: 'level', at: 1.44, label: 'Noise edge 1.44' })
    expect(spectrumTable(spectrum).rows.map((row) => row[3])).toEqual(['signal', 'signal', 'noise', 'below the band'])
    expect(spectrumSummary(spectrum)).toContain('2 modes stand above it')
  })

  it('stands on zero, also where rounding leaves an eigenvalue just below', () => {
    const singular = { ...spectrum, eigenvalues: [40, 2, 1e-15, -1e-15] }
    expect(spectrumScene(singular, 'all').y.from).toBe(0)
  })

  it('shows the edge where one mode dwarfs the band', () => {
    expect(dwarfsBand(spectrum)).toBe(false)
    const market = { ...spectrum, eigenvalues: [150, 2, 1] }
    expect(dwarfsBand(market)).toBe(true)
    expect(spectrumScene(market, 'edge').y.to).toBeLessThan(10)
    expect(spectrumScene(market, 'all').y.to).toBeGreaterThanOrEqual(150)
  })
})

const held = (symbol: string, share: number | null) => ({
  symbol,
  weight: 0.1,
  volatility: 0.2,
  marginal: share,
  contribution: share,
  share,
  riskAtStop: '10',
  says: '',
})

describe('risk contributions', () => {
  it('stand by size, a hedge among them by its size, and what is not known has no bar', () => {
    const shares = sharesHeld([held('A', 0.1), held('HEDGE', -0.3), held('B', 1.2), held('NEW', null)])
    const scene = contributionScene(shares)
    expect(scene.names).toEqual(['B', 'HEDGE', 'A', 'NEW'])
    expect(scene.series.map(({ values }) => values)).toEqual([[1.2, -0.3, 0.1, null]])
    expect(scene.x.from).toBeLessThanOrEqual(-0.3)
    expect(contributionSummary(shares)).toBe(
      "Shares of the portfolio's volatility. B carries 120 % of the risk. Hedges: HEDGE.",
    )
    expect(contributionTable(shares).rows[3]).toEqual(['NEW', '10.00 %', '–'])
  })

  it('say how many bars are left to the table', () => {
    const shares = sharesHeld(Array.from({ length: 30 }, (_, i) => held(`S${i}`, 1 / 30)))
    expect(contributionScene(shares).names).toHaveLength(24)
    expect(barsHidden(shares)).toBe(6)
    expect(contributionTable(shares).rows).toHaveLength(30)
  })

  it('set the proposal beside what is held, outlined', () => {
    const asset = (symbol: string, presentShare: number, proposedShare: number): AssetWeight => ({
      symbol,
      present: presentShare,
      proposed: proposedShare,
      change: 0,
      inLots: null,
      lower: 0,
      upper: 1,
      expected: null,
      expectedSource: '',
      volatility: 0.2,
      presentShare,
      proposedShare,
    })
    const scene = contributionScene(sharesProposed([asset('A', 1, 0.4), asset('B', 0, 0.6), asset('C', 0, 0)]))
    expect(scene.names).toEqual(['A', 'B'])
    expect(scene.series.map(({ label, outlined }) => [label, outlined ?? false])).toEqual([
      ['Present', false],
      ['Proposed', true],
    ])
  })
})

describe('the frontier', () => {
  const frontier: FrontierResult = {
    symbols: ['A', 'B'],
    points: [
      { volatility: 0, expectedReturn: 0, weights: [0, 0], cash: 1 },
      { volatility: 0.1, expectedReturn: 0.08, weights: [0.6, 0.1], cash: 0.3 },
    ],
    present: { volatility: 0.2, expectedReturn: 0.02 },
    proposed: null,
    assets: [{ symbol: 'B', volatility: 0.6, expectedReturn: -0.4 }],
    study: { at: 0, age: 0, lookback: 60, periods: 60, from: '', to: '' },
    notes: [],
    says: '',
  }

  it('holds every point inside its axes, with instruments and without', () => {
    for (const withAssets of [true, false]) {
      const { x, y, marks = [] } = frontierScene(frontier, withAssets)
      for (const mark of marks)
        if (mark.kind === 'dot') {
          expect(mark.x).toBeLessThanOrEqual(x.to)
          expect(mark.y).toBeGreaterThanOrEqual(y.from)
        }
      expect(marks).toHaveLength(withAssets ? 2 : 1)
    }
  })

  it('has a table with the weights of each portfolio', () => {
    const { rows } = frontierTable(frontier)
    expect(rows.map((row) => row[0])).toEqual(['Present', 'Frontier 1', 'Frontier 2', 'B'])
    expect(rows[2]).toEqual(['Frontier 2', '10.00 %', '8.00 %', 'A 60 %, B 10 %, cash 30 %'])
  })
})

describe('the history of a sensor', () => {
  const tile = (history: SensorTile['history']): SensorTile => ({
    id: 'lyapunov',
    title: 'Lyapunov exponent',
    subject: 'A',
    reading: 0.1,
    error: null,
    units: 'nats per bar',
    level: 'stable',
    state: 'ok',
    thresholds: [
      { from: 0, level: 'stable' },
      { from: 0.2, level: 'moderate' },
      { from: 0.5, level: 'chaotic' },
    ],
    at: 1,
    dataTo: 1,
    age: 0,
    pValue: 0.6,
    confidence: null,
    abstains: false,
    multiplier: 1,
    binds: false,
    effect: '',
    says: '',
    method: '',
    history,
  })
  const week = 7 * 86_400_000
  const point = (i: number, reading: number | null, abstains: boolean) => ({
    at: Date.UTC(2026, 5, 1) + i * week,
    reading,
    multiplier: 1,
    abstains,
  })

  it('draws what it said solid, and what it abstained from only dashed', () => {
    const { lines = [] } = sensorScene(tile([point(0, 0.1, true), point(1, 0.3, false), point(2, 0.25, false)]), 'UTC')
    expect(lines.map(({ y }) => y)).toEqual([
      [0.1, 0.3, 0.25],
      [null, 0.3, 0.25],
    ])
    expect(lines[0]?.dash).toEqual([3, 3])
    expect(sensorTable(tile([point(0, 0.1, true)]), 'UTC').rows[0]).toEqual([
      '2026-06-01',
      '0.1000',
      '× 1',
      'abstained',
    ])
  })

  it('shows the levels passed and the next one, inside the axis', () => {
    const { y, marks = [] } = sensorScene(tile([point(0, 0.1, false), point(1, 0.15, false)]), 'UTC')
    expect(marks.map((mark) => mark.label)).toEqual(['moderate'])
    expect(y.to).toBeGreaterThan(0.2)
  })

  it('without figures draws what it did to size', () => {
    expect(historyOf(tile([point(0, null, false)]))).toBe('multiplier')
    expect(sensorScene(tile([point(0, null, false)]), 'UTC').x.to).toBeGreaterThan(point(0, null, false).at)
  })
})

describe('shares in words', () => {
  it('have no sign where they round to zero, and a dash where they are not known', () => {
    expect(shareText(-1e-9)).toBe('0.0 %')
    expect(shareText(-0.0012, 2)).toBe('\u22120.12 %')
    expect(shareText(null)).toBe('–')
    expect(shareText(Number.NaN)).toBe('–')
  })
})
