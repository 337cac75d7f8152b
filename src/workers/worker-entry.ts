import { existsSync } from 'node:fs'
import { invariant } from '../domain/kernel/invariant.ts'

/**
 * Where the simulation worker is: beside this file when run from source, beside or one folder above it when bundled
 * (the bundle's entry is named `simulation-worker`).
 */
export function workerEntry(): URL {
  const name = import.meta.url.endsWith('.ts') ? 'simulation-worker.ts' : 'simulation-worker.js'
  const found = [`./${name}`, `../${name}`].map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url))
  invariant(found !== undefined, 'the simulation worker is built beside the program')
  return found
}
