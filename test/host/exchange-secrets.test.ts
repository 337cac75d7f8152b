import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { environmentSecrets } from '../../src/host/environment-secrets.ts'
import { systemSecrets, type SystemVault } from '../../electron/system-secrets.ts'
import { startStandIn } from '../brokers/exchange/exchange-room.ts'
import { KEYS } from '../brokers/exchange/exchange-stand-in.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const IN_ENVIRONMENT = { BALLAST_EXCHANGE_KEY: KEYS.key, BALLAST_EXCHANGE_SECRET: KEYS.secret }

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesIn(path) : [path]
  })
}

function runTrading(dataDir: string, network: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'trading-child.ts'), dataDir, network], {
      env: { ...process.env, ...IN_ENVIRONMENT },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
    child.once('error', reject)
    child.once('close', () => resolve(said))
  })
}

describe('keys of an exchange account', () => {
  it('are in no file, log, answer or error of a desk that trades with them, though the exchange says them', async () => {
    const standIn = await startStandIn()
    const dataDir = temporaryFolder()
    for (const path of ['/positionRisk', '/userTrades', '/openOrders', '/algoOrder', '/order'])
      standIn.troubles.push({ path, trouble: 'echoes-key' })
    const said = await runTrading(dataDir, standIn.address)
    // It did trade, and was told the keys.
    expect(said).toContain('Invalid API-key •••')
    expect(standIn.market.orders).toMatchObject([{ symbol: 'BTCUSDT' }])
    const places = [said, ...filesIn(dataDir).map((path) => readFileSync(path, 'latin1'))]
    expect(places.length).toBeGreaterThan(3)
    for (const text of places)
      for (const word of [KEYS.key, KEYS.secret, 'typed-key-of-an-account', 'typed-secret-of-an-account'])
        expect(text.includes(word)).toBe(false)
  }, 60_000)
})

describe('keys in the environment', () => {
  it('are taken out of it, and shown by four characters at most', () => {
    const environment: Record<string, string | undefined> = { ...IN_ENVIRONMENT, PATH: '/bin' }
    const secrets = environmentSecrets(environment)
    expect(environment).toEqual({ PATH: '/bin' })
    expect(secrets.read()).toEqual({ ok: true, value: KEYS })
    expect(JSON.stringify(secrets.status())).not.toContain(KEYS.key.slice(-5))
    expect(secrets.status()).toMatchObject({ from: 'environment', lastFour: KEYS.key.slice(-4), canKeep: false })
    expect(secrets.keep(KEYS)).toMatchObject({ ok: false, error: { code: 'NOT_ENABLED' } })
  })

  it('are none where one of them is missing, and a short key shows nothing', () => {
    expect(environmentSecrets({ BALLAST_EXCHANGE_KEY: KEYS.key }).read()).toMatchObject({ ok: false })
    const short = environmentSecrets({ BALLAST_EXCHANGE_KEY: 'short', BALLAST_EXCHANGE_SECRET: 'secret' })
    expect(short.status().lastFour).toBe('')
  })
})

describe('keys in the system’s store', () => {
  const vault = (backend: string, available = true): SystemVault => ({
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
    encryptString: (plain) => Buffer.from(Buffer.from(plain, 'utf8').map((byte) => byte ^ 0x5a)),
    decryptString: (sealed) => Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString('utf8'),
  })
  const none = environmentSecrets({})

  it('are sealed, read back, and forgotten', () => {
    const folder = temporaryFolder()
    const secrets = systemSecrets(vault('gnome_libsecret'), folder, none, 'linux')
    expect(secrets.status()).toMatchObject({ from: 'none', lastFour: null, canKeep: true })
    expect(secrets.keep(KEYS)).toEqual({ ok: true, value: true })
    expect(secrets.status()).toMatchObject({ from: 'system', lastFour: KEYS.key.slice(-4) })
    expect(systemSecrets(vault('gnome_libsecret'), folder, none, 'linux').read()).toEqual({ ok: true, value: KEYS })
    for (const path of filesIn(folder)) {
      expect(readFileSync(path, 'latin1')).not.toContain(KEYS.secret)
      expect(statSync(path).mode & 0o077).toBe(0)
    }
    expect(secrets.forget()).toEqual({ ok: true, value: true })
    expect(filesIn(folder)).toEqual([])
    expect(secrets.read()).toMatchObject({ ok: false })
  })

  it.each([
    ['basic_text', true, 'linux'],
    ['unknown', true, 'linux'],
    ['', false, 'darwin'],
  ] as const)('are not kept where it only pretends: %s', (backend, available, platform) => {
    const folder = temporaryFolder()
    const secrets = systemSecrets(vault(backend, available), folder, none, platform)
    expect(secrets.keep(KEYS)).toMatchObject({ ok: false, error: { code: 'NOT_ENABLED' } })
    expect(secrets.status().canKeep).toBe(false)
    expect(filesIn(folder)).toEqual([])
  })

  it('that cannot be opened any more say so, and nothing of what they hold', () => {
    const folder = temporaryFolder()
    systemSecrets(vault('kwallet5'), folder, none, 'linux').keep(KEYS)
    const broken: SystemVault = {
      ...vault('kwallet5'),
      decryptString: () => {
        throw new Error(`cannot open ${KEYS.secret}`)
      },
    }
    const read = systemSecrets(broken, folder, none, 'linux').read()
    expect(read).toMatchObject({ ok: false, error: { code: 'NOT_ENABLED' } })
    expect(JSON.stringify(read)).not.toContain(KEYS.secret)
  })

  it('give way to the environment', () => {
    const folder = temporaryFolder()
    const secrets = systemSecrets(vault('kwallet5'), folder, environmentSecrets({ ...IN_ENVIRONMENT }), 'linux')
    expect(secrets.status().from).toBe('environment')
    expect(secrets.read()).toEqual({ ok: true, value: KEYS })
  })
})
