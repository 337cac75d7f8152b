import type { LabResult } from '../../contract/simulation/lab.ts'
import { percentText } from '../format/number-text.ts'
import type { TableColumn } from '../kit/table-order.ts'

type Found = NonNullable<LabResult['rebalancing']>

/** One method's growth by how often its weights are set. */
export interface RebalancingRow {
  readonly id: string
  readonly title: string
  readonly growth: readonly (number | null)[]
}

/** The methods that hold weights, by their titles. */
export function rebalancingRows({ rows }: LabResult, found: Found): RebalancingRow[] {
  return found.rows.map(({ id, growth }) => ({ id, growth, title: rows.find((row) => row.id === id)?.title ?? id }))
}

/** A column for each frequency, and the one that grew fastest in words. */
export function rebalancingColumns({ every }: Found): TableColumn<RebalancingRow>[] {
  return [
    { id: 'title', title: 'Method', text: ({ title }) => title, key: ({ title }) => title },
    ...every.map((days, at): TableColumn<RebalancingRow> => ({
      id: `every-${days}`,
      title: frequency(days),
      numeric: true,
      text: ({ growth }) => (growth[at] == null ? 'ruin' : percentText(growth[at], 1)),
      key: ({ growth }) => growth[at] ?? -Infinity,
    })),
    {
      id: 'best',
      title: 'Grew fastest',
      text: ({ growth }) => best(growth, every),
      key: ({ growth }) => best(growth, every),
    },
  ]
}

function best(growth: readonly (number | null)[], every: readonly number[]): string {
  const most = Math.max(...growth.map((value) => value ?? -Infinity))
  const days = every[growth.indexOf(most)]
  return days === undefined ? 'none' : frequency(days)
}

function frequency(days: number): string {
  return days === 1 ? 'Daily' : `Every ${days} days`
}
