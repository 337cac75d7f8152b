import { homedir } from 'node:os'
import { join } from 'node:path'

/** The folder of books when none is named: XDG data home, %APPDATA% or Application Support. */
export function defaultDataDir(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Ballast')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Ballast')
  // The XDG rules: a relative path in the variable is to be ignored.
  const share = environment['XDG_DATA_HOME']
  return join(share?.startsWith('/') === true ? share : join(homedir(), '.local', 'share'), 'ballast')
}
