import { expect, it } from 'vitest'
import { rebalancingColumns } from '../../../src/ui/lab/rebalancing-columns.ts'

it('shows growth by frequency, names the fastest, and ruin as a word', () => {
  const columns = rebalancingColumns({ every: [1, 5], cost: 0.001, rows: [] })
  expect(columns.map(({ title }) => title)).toEqual(['Method', 'Daily', 'Every 5 days', 'Grew fastest'])
  const shown = (growth: (number | null)[]): string[] =>
    columns.map(({ text }) => text({ id: 'a', title: 'A', growth }))
  expect(shown([0.05, 0.075])).toEqual(['A', '5.0 %', '7.5 %', 'Every 5 days'])
  expect(shown([null, -0.02])).toEqual(['A', 'ruin', '−2.0 %', 'Every 5 days'])
  expect(shown([null, null]).at(-1)).toBe('none')
})
