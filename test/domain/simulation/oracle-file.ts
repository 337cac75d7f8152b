import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../shared/oracles/', import.meta.url))

/** Whether the reference values are beside the project. */
export const hasOracles = existsSync(root)

/** A test's title, which says so when it cannot run. */
export const onOracles = (title: string): string => (hasOracles ? title : `${title} (skipped: no shared data)`)

/** The parsed reference file; the caller knows its shape. */
export function oracle(name: string): unknown {
  return JSON.parse(readFileSync(`${root}${name}.json`, 'utf8'))
}
