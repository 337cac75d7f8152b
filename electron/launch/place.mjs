import { accessSync, constants, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** A path inside the project. */
export const at = (...parts) => join(root, ...parts)

export const onWindows = process.platform === 'win32'

/** Where the user stood when typing the command: npm moves to the project folder and leaves the origin in INIT_CWD. */
export function whereTheUserStands(script, environment = process.env) {
  return environment.npm_lifecycle_event === script && environment.INIT_CWD ? environment.INIT_CWD : process.cwd()
}

/** Where books live when nothing else is said. */
export function defaultDataDir(environment = process.env, platform = process.platform) {
  if (platform === 'win32') return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Ballast')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Ballast')
  // The XDG rules: a relative path in the variable is to be ignored.
  const share = environment.XDG_DATA_HOME
  return join(share?.startsWith('/') ? share : join(homedir(), '.local', 'share'), 'ballast')
}

/** An absolute data folder from what the user typed, or the default one. */
export function dataDirOf(typed, script) {
  return typed === undefined ? defaultDataDir() : resolve(whereTheUserStands(script), typed)
}

/** Whether files can be made in a folder. */
export function writable(folder) {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** The parsed JSON file, or undefined when it is missing or not JSON. */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
