import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ShippedProfile } from '../desk/workspace.ts'

/** The folder of shipped files, looked for above a folder of the program. */
export function findResources(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'resources', 'profiles'))) return join(folder, 'resources')
    if (folder === dirname(folder)) throw new Error(`no resources folder above ${from}: the program is incomplete`)
  }
}

/** The profiles that come with Ballast, by file name. */
export function readShippedProfiles(resources: string): ShippedProfile[] {
  const folder = join(resources, 'profiles')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ name: name.slice(0, -'.yaml'.length), yaml: readFileSync(join(folder, name), 'utf8') }))
}
