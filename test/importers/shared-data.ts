import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** Whether the real broker and market files are beside the repository; tests on them are skipped where they are not. */
export const hasSharedData = existsSync(root)

/** Title of a group of tests on real files. */
export const onRealFiles = (title: string): string => (hasSharedData ? title : `${title} (skipped: no shared data)`)

/** The bytes of a real file, by its path below the data folder. */
export function sharedBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(root + path))
}

/** Names of the real files of a folder. */
export function sharedNames(folder: string): readonly string[] {
  return hasSharedData ? readdirSync(root + folder).sort() : []
}
