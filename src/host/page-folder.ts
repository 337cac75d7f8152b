import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The built page, looked for beside and above a folder of the program; undefined when it is not built. */
export function findPageFolder(from: string): string | undefined {
  for (let folder = from, level = 0; level < 5; folder = dirname(folder), level++) {
    const found = [join(folder, 'renderer'), join(folder, 'out', 'renderer')].find((path) =>
      existsSync(join(path, 'index.html')),
    )
    if (found !== undefined) return found
  }
  return undefined
}
