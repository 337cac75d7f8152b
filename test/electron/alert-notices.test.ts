import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { LimitAlert } from '../../src/contract/limit-alert.ts'
import { Notification, seen } from '../support/electron.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

vi.mock('electron', () => import('../support/electron.ts'))
const { alertNotices } = await import('../../electron/alert-notices.ts')

const alert: LimitAlert = {
  number: 1,
  at: 0,
  level: 'breach',
  key: 'daily_loss',
  says: 'Daily loss has reached its limit.',
}

function folder(): string {
  const dataDir = temporaryFolder()
  mkdirSync(join(dataDir, 'window'))
  seen.notices.length = 0
  return dataDir
}

describe('notices about limits', () => {
  it('are shown only where they were asked for, and on again at the next start', () => {
    const dataDir = folder()
    const notices = alertNotices(dataDir)
    notices.tell(alert)
    expect([notices.isOn(), seen.notices]).toEqual([false, []])
    expect(notices.set(true)).toBe(true)
    notices.tell(alert)
    expect(seen.notices).toEqual([
      expect.objectContaining({ title: 'A limit is reached', body: 'Daily loss has reached its limit.' }),
    ])
    expect(alertNotices(dataDir).isOn()).toBe(true)
    expect(notices.set(false)).toBe(false)
    notices.tell(alert)
    expect(seen.notices).toHaveLength(1)
    expect(existsSync(join(dataDir, 'window', 'limit-notices'))).toBe(false)
  })

  it('stay off where the system shows none', () => {
    const supported = vi.spyOn(Notification, 'isSupported').mockReturnValue(false)
    const notices = alertNotices(folder())
    expect(notices.set(true)).toBe(false)
    notices.tell(alert)
    expect(seen.notices).toEqual([])
    supported.mockRestore()
  })
})
