import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ProfileOverrides } from '../desk/profile-overrides.ts'
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
  return readFolder(join(resources, 'profiles'))
}

/** Programs of prop firms by file name: the trader's own of the data folder, then those that come with Ballast. */
export function readPrograms(resources: string, dataDir: string): ShippedProfile[] {
  const own = join(dataDir, 'prop-firms')
  return [...(existsSync(own) ? readFolder(own) : []), ...readFolder(join(resources, 'prop-firms'))]
}

/** What the environment overrides of the profile; a variable that is empty overrides nothing. */
export function readOverrides(environment: Readonly<Record<string, string | undefined>>): ProfileOverrides {
  const said = (name: string): string | undefined => environment[name]?.trim() || undefined
  const profile = said('BALLAST_PROFILE')
  const intraday = said('BALLAST_MAX_INTRADAY_LEVERAGE')
  const overnight = said('BALLAST_MAX_OVERNIGHT_LEVERAGE')
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(intraday === undefined ? {} : { intraday }),
    ...(overnight === undefined ? {} : { overnight }),
  }
}

function readFolder(folder: string): ShippedProfile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ name: name.slice(0, -'.yaml'.length), yaml: readFileSync(join(folder, name), 'utf8') }))
}
