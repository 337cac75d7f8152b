import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const root = new URL('../../../shared/', import.meta.url)

/** Whether the reference values and price files are beside the project. */
export const hasShared = existsSync(root)

/** A test's title, which says so when it cannot run. */
export const onShared = (title: string): string => (hasShared ? title : `${title} (skipped: no shared data)`)

/** A parsed reference file; the caller knows its shape. */
export const sharedOracle = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`oracles/${name}.json`, root), 'utf8'))

/** A price table: its columns by name, NaN where a cell is empty, and the start of each day in UTC milliseconds. */
export function sharedPrices(file: string): {
  readonly at: readonly number[]
  readonly columns: ReadonlyMap<string, Float64Array>
} {
  const bytes = readFileSync(new URL(`data/${file}`, root))
  const [header = '', ...lines] = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim().split('\n')
  const rows = lines.map((line) => line.trim().split(','))
  const names = header.trim().split(',').slice(1)
  return {
    at: rows.map(([date = '']) => Date.parse(date)),
    columns: new Map(
      names.map((name, i) => [name, Float64Array.from(rows, (row) => (row[i + 1] ? Number(row[i + 1]) : Number.NaN))]),
    ),
  }
}
