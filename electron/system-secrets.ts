import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { err, ok, reason, type ExchangeKeys, type Reason, type Result, type Secrets } from '../src/desk/broker/ports.ts'
import { lastFourOf } from '../src/host/environment-secrets.ts'

/** What is used of Electron's `safeStorage`. */
export interface SystemVault {
  isEncryptionAvailable(): boolean
  getSelectedStorageBackend?(): string
  encryptString(plain: string): Buffer
  decryptString(sealed: Buffer): string
}

const FILE = 'exchange-keys.sealed'

/**
 * Keys of an exchange account, sealed by the system's own key store in one file of the window's folder. Where the system has no
 * such store, or only pretends to, nothing is kept. Keys of the environment come first.
 */
export function systemSecrets(vault: SystemVault, folder: string, environment: Secrets, platform: string): Secrets {
  const file = join(folder, FILE)
  const guarded = (): Result<true, Reason> => {
    const isPretence =
      platform === 'linux' && ['basic_text', 'unknown'].includes(vault.getSelectedStorageBackend?.() ?? 'unknown')
    return vault.isEncryptionAvailable() && !isPretence
      ? ok(true)
      : err(
          reason(
            'NOT_ENABLED',
            'This system has no key store that guards secrets: unlock or install one (GNOME Keyring, KWallet), or set BALLAST_EXCHANGE_KEY and BALLAST_EXCHANGE_SECRET in the environment.',
            'key',
          ),
        )
  }
  const read = (): Result<ExchangeKeys, Reason> => {
    const fromEnvironment = environment.read()
    if (fromEnvironment.ok) return fromEnvironment
    const guard = guarded()
    if (!guard.ok) return guard
    if (!existsSync(file)) return err(reason('NOT_ENABLED', 'No exchange keys are set: enter them in Settings.', 'key'))
    return open(vault, file)
  }
  return {
    read,
    status: () => {
      if (environment.read().ok) return environment.status()
      const guard = guarded()
      const keys = read()
      return {
        from: keys.ok ? 'system' : 'none',
        lastFour: keys.ok ? lastFourOf(keys.value) : null,
        canKeep: guard.ok,
        says: keys.ok ? 'The keys are sealed by the system’s key store.' : keys.error.says,
      }
    },
    keep: (keys) => {
      const guard = guarded()
      if (!guard.ok) return guard
      writeFileSync(file, vault.encryptString(JSON.stringify({ key: keys.key, secret: keys.secret })), { mode: 0o600 })
      return ok(true)
    },
    forget: () => {
      if (environment.read().ok) return environment.forget()
      rmSync(file, { force: true })
      return ok(true)
    },
  }
}

function open(vault: SystemVault, file: string): Result<ExchangeKeys, Reason> {
  try {
    const opened = JSON.parse(vault.decryptString(readFileSync(file))) as Partial<ExchangeKeys>
    const { key, secret } = opened
    if (typeof key === 'string' && typeof secret === 'string') return ok({ key, secret })
    return unreadable()
  } catch {
    // What the system says of it may hold what was sealed, so that none of it is told on.
    return unreadable()
  }
}

function unreadable(): Result<ExchangeKeys, Reason> {
  return err(
    reason('NOT_ENABLED', 'The sealed keys cannot be opened on this system: forget them, and enter them again.', 'key'),
  )
}
