import { expect, it } from 'vitest'
import { strongestPairs } from '../../src/cli/portfolio/strongest-pairs.ts'
import { packMatrix } from '../../src/contract/matrix-codec.ts'
import type { StudyView } from '../../src/contract/portfolio/study.ts'

const SYMBOLS = ['A', 'B', 'C', 'D']
/** Cells above the diagonal: A with B, C and D, then B with C and D, then C with D. */
function packed(cells: readonly number[]): string {
  const full = new Float64Array(16)
  let next = 0
  for (let i = 0; i < 4; i++) for (let j = i + 1; j < 4; j++) full[4 * i + j] = cells[next++] ?? Number.NaN
  return packMatrix(full, 4)
}

it('shows the strongest pairs first, whatever their sign, and none that have too little in common', () => {
  const raw = packed([0.1, Number.NaN, 0.5, -0.9, Number.NaN, 0.3])
  const same = packed([1, 1, 1, 1, 1, 1])
  const view = {
    symbols: SYMBOLS,
    periods: 60,
    raw,
    low: same,
    high: same,
    counts: same,
  } as Partial<StudyView> as StudyView
  expect(strongestPairs(view).map(({ a, b, value }) => [a, b, value])).toEqual([
    ['B', 'C', -0.9],
    ['A', 'D', 0.5],
    ['C', 'D', 0.3],
    ['A', 'B', 0.1],
  ])
})
