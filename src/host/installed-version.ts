import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Version of the Ballast that is installed now around a folder, which may be newer than what runs; `undefined` where none can be read. */
export function installedVersion(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = versionIn(join(folder, 'package.json'))
    if (found !== undefined) return found
    if (dirname(folder) === folder) return undefined
  }
}

function versionIn(file: string): string | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown; version?: unknown }
    return name === 'ballast' && typeof version === 'string' ? version : undefined
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code !== undefined) return undefined
    throw error
  }
}
