import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { heatColour, heatLevel, heatPixels, inkOnHeat, luminance } from '../../../src/ui/charts/heat-colours.ts'
import { heatCellAt, heatStep, nameStride } from '../../../src/ui/charts/heat-scene.ts'
import { chooseLocale } from '../../../src/ui/format/number-locale.ts'
import { heatScene, heatSummary, heatTable, pairBatches, tellCell } from '../../../src/ui/portfolio/heat-words.ts'
import { openStudy, pairAt, strongestPairs } from '../../../src/ui/portfolio/study-cells.ts'
import { aStudy, atOnce } from './a-study.ts'

chooseLocale('en-US')

const correlation = fc.double({ min: -1, max: 1, noNaN: true })

describe('the colours of a correlation', () => {
  it('grow ever lighter from −1 to 1, so that grey alone tells them apart', () => {
    fc.assert(
      fc.property(correlation, correlation, (a, b) => {
        const [low, high] = a <= b ? [a, b] : [b, a]
        if (high - low > 0.05) expect(luminance(heatColour(low))).toBeLessThan(luminance(heatColour(high)))
      }),
    )
  })

  it('carry figures at 4.5 : 1 or better', () => {
    fc.assert(
      fc.property(correlation, (value) => {
        const ground = luminance(heatColour(value))
        const ink = inkOnHeat(value) === '#ffffff' ? 1 : 0
        const ratio = (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05)
        expect(ratio).toBeGreaterThanOrEqual(4.5)
      }),
    )
  })

  it('are the same in a picture as in an element', () => {
    const pixels = heatPixels()
    const bytes = new Uint8Array(pixels.buffer)
    for (const value of [-1, 1]) {
      const at = heatLevel(value) * 4
      expect([...bytes.slice(at, at + 4)]).toEqual([...heatColour(value), 255])
    }
    expect(heatLevel(7)).toBe(255)
    expect(heatColour(-9)).toEqual(heatColour(-1))
  })
})

describe('the cells of a map', () => {
  it('are reached with the arrows and never left', () => {
    const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown')
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, fc.boolean())), fc.integer({ min: 1, max: 500 }), (presses, n) => {
        let cell = { row: 0, column: 0 }
        for (const [key, isFar] of presses) cell = heatStep(key, cell, n, isFar) ?? { row: -1, column: -1 }
        expect(cell.row).toBeGreaterThanOrEqual(0)
        expect(cell.row).toBeLessThan(n)
        expect(cell.column).toBeGreaterThanOrEqual(0)
        expect(cell.column).toBeLessThan(n)
      }),
    )
    expect(heatStep('ArrowRight', { row: 2, column: 3 }, 30, true)).toEqual({ row: 2, column: 13 })
    expect(heatStep('Tab', { row: 2, column: 3 }, 30, false)).toBeUndefined()
  })

  it('are found under the pointer, and nothing outside the square is one', () => {
    const box = { left: 10, top: 20, width: 100, height: 50 }
    expect(heatCellAt(box, 10, 10, 20)).toEqual({ row: 0, column: 0 })
    expect(heatCellAt(box, 10, 109, 69)).toEqual({ row: 9, column: 9 })
    expect(heatCellAt(box, 10, 9, 30)).toBeUndefined()
    expect(heatCellAt(box, 10, 50, 71)).toBeUndefined()
  })

  it('have names no closer than they are high', () => {
    expect(nameStride(10, 400)).toBe(1)
    expect(nameStride(500, 550)).toBe(10)
  })
})

describe('an opened study', () => {
  it('stands in cluster order, whatever order the desk has', async () => {
    const rho = (i: number, j: number): number => (i + j) / 10
    const cells = await openStudy(aStudy(4, rho, { order: [2, 0, 3, 1] }), atOnce)
    expect(cells.symbols).toEqual(['C', 'A', 'D', 'B'])
    for (const [row, i] of [2, 0, 3, 1].entries())
      for (const [column, j] of [2, 0, 3, 1].entries()) {
        const pair = pairAt(cells, row, column)
        expect(pair.raw).toBe(i === j ? 1 : rho(i, j))
        expect(pair.denoised).toBe(i === j ? 1 : rho(i, j) / 4)
      }
  })

  it('shows what was left out as unknown with its reason, and fills nothing in', async () => {
    const cells = await openStudy(
      aStudy(2, () => 0.5, { leftOut: [{ symbol: 'NEW', says: 'NEW is left out: it has 3 of 60 periods.' }] }),
      atOnce,
    )
    expect(cells.symbols).toEqual(['A', 'B', 'NEW'])
    const { values } = heatScene(cells, 'shrunk')
    for (const at of [2, 5, 6, 7, 8]) expect(values[at]).toBeNaN()
    expect(tellCell(cells, 'raw', 0, 2)).toBe('A and NEW: not known. NEW is left out: it has 3 of 60 periods.')
    expect(heatSummary(cells, 'raw')).toContain('1 are not known')
    const rows = [...pairBatches(cells)].flat()
    expect(rows.find(([a, b]) => a === 'A' && b === 'NEW')).toEqual(['A', 'NEW', '', '', '', '', '', ''])
  })

  it('marks the pairs that lack periods', async () => {
    const study = aStudy(3, () => 0.2)
    const poor = aStudy(3, () => 0.2, { counts: aStudy(3, (i, j) => (i + j === 1 ? 12 : 60)).raw })
    expect([...(await openStudy(study, atOnce)).weak]).toEqual(Array(9).fill(0))
    const cells = await openStudy(poor, atOnce)
    expect([...cells.weak]).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 0])
    expect(tellCell(cells, 'raw', 0, 1)).toContain('n = 12 of 60')
  })

  it('tells a cell with its interval, n and the other two kinds', async () => {
    const cells = await openStudy(
      aStudy(2, () => 0.62),
      atOnce,
    )
    expect(tellCell(cells, 'raw', 0, 1)).toBe(
      'A and B: 0.62 measured, measured between 0.52 and 0.72 (95 %), n = 60 of 60; shrunk 0.31, denoised 0.16.',
    )
    expect(tellCell(cells, 'shrunk', 1, 1)).toBe('B with itself: 1.')
  })

  it('lists the strongest pairs first, of either sign, and exactly as many as are wanted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 9 }),
        fc.array(fc.double({ min: -0.99, max: 0.99, noNaN: true }), { minLength: 81, maxLength: 81 }),
        fc.integer({ min: 1, max: 40 }),
        async (n, draws, most) => {
          const rho = (i: number, j: number): number => draws[Math.min(i, j) * 9 + Math.max(i, j)] ?? 0
          const cells = await openStudy(aStudy(n, rho), atOnce)
          const found = strongestPairs(cells, 'raw', most).map(({ raw }) => Math.abs(raw))
          const all = Array.from({ length: n }, (_, i) =>
            Array.from({ length: n - i - 1 }, (_other, k) => Math.abs(rho(i, i + 1 + k))),
          )
            .flat()
            .sort((a, b) => b - a)
          expect(found).toEqual(all.slice(0, most))
        },
      ),
    )
  })

  it('has a table with the same numbers', async () => {
    const table = heatTable(
      await openStudy(
        aStudy(3, (i, j) => (i + j) / 10),
        atOnce,
      ),
      'raw',
    )
    expect(table.rows).toHaveLength(3)
    expect(table.rows[0]).toEqual(['B', 'C', '0.300', '0.200', '0.400', '60', '0.150', '0.075'])
  })
})
