import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, expect, test } from '@playwright/test'

const folder = resolve(import.meta.dirname, '../../node_modules/electron')

test('Electron opens one locked window on its own page', async () => {
  const why = whyNoElectron()
  test.skip(why !== undefined, why ?? '')
  const dataDir = await mkdtemp(join(tmpdir(), 'ballast-electron-'))
  const app = await _electron.launch({ args: ['.', '--data-dir', dataDir] })
  const page = await app.firstWindow()
  await expect(page.getByRole('navigation').first()).toBeVisible()
  expect(page.url()).toMatch(/^app:\/\/desk\//)
  expect(await page.evaluate(() => typeof (globalThis as { require?: unknown }).require)).toBe('undefined')
  expect(app.windows()).toHaveLength(1)
  await app.close()
  await rm(dataDir, { recursive: true })
})

function whyNoElectron(): string | undefined {
  if (!existsSync(join(folder, 'path.txt'))) return 'no Electron binary'
  const binary = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'))
  if (!existsSync(binary)) return 'no Electron binary'
  if (process.platform !== 'linux') return undefined
  if (process.getuid?.() === 0) return 'Electron does not run as root'
  return (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']) === undefined ? 'no display' : undefined
}
