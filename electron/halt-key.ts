import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GlobalShortcut } from 'electron'

/** The one key that works while another program is in front. */
export const HALT_KEY = 'CommandOrControl+Alt+Shift+H'

/** The global halt key: off until it is asked for, and then on again at each start. */
export interface HaltKey {
  readonly isOn: () => boolean
  /** Switches it; answers whether it is on now, which it is not where another program has the key. */
  readonly set: (on: boolean) => boolean
  readonly release: () => void
}

/** The global halt key of a data folder. */
export function haltKey(shortcuts: GlobalShortcut, dataDir: string, halt: () => void): HaltKey {
  const file = join(dataDir, 'window', 'halt-key')
  const release = (): void => shortcuts.unregister(HALT_KEY)
  const take = (): boolean => shortcuts.isRegistered(HALT_KEY) || shortcuts.register(HALT_KEY, halt)
  if (existsSync(file)) take()
  return {
    isOn: () => shortcuts.isRegistered(HALT_KEY),
    set(on) {
      if (!on) {
        release()
        rmSync(file, { force: true })
        return false
      }
      const taken = take()
      if (taken) writeFileSync(file, `${HALT_KEY}\n`, { mode: 0o600 })
      return taken
    },
    release,
  }
}
