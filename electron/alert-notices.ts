import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Notification } from 'electron'
import type { LimitAlert } from '../src/contract/limit-alert.ts'

/** Notices of the system about limits: off until they are asked for, and then on again at each start. */
export interface AlertNotices {
  readonly isOn: () => boolean
  /** Switches them; answers whether they are on now, which they are not where the system shows none. */
  readonly set: (on: boolean) => boolean
  readonly tell: (alert: LimitAlert) => void
}

const TITLES: Readonly<Record<LimitAlert['level'], string>> = {
  caution: 'A limit is near',
  danger: 'A limit is very near',
  breach: 'A limit is reached',
  reset: 'A session ends soon',
}

/** The notices of a data folder. They are a hint and name no amounts: the list in the app is the record. */
export function alertNotices(dataDir: string): AlertNotices {
  const file = join(dataDir, 'window', 'limit-notices')
  let on = existsSync(file) && Notification.isSupported()
  return {
    isOn: () => on,
    set(wanted) {
      on = wanted && Notification.isSupported()
      if (on) writeFileSync(file, 'on\n', { mode: 0o600 })
      else rmSync(file, { force: true })
      return on
    },
    tell({ level, says }) {
      if (!on) return
      const urgency = level === 'breach' ? 'critical' : 'normal'
      new Notification({ title: TITLES[level], body: says, urgency }).show()
    },
  }
}
