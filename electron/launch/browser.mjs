import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { at, onWindows } from './place.mjs'

/** Whether there is a screen to open a window on. */
export function hasDisplay(environment = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY)
}

/** Whether this is Linux's root, as whom neither Electron nor Chromium opens a sandboxed window. */
export function isRoot() {
  return process.platform === 'linux' && process.getuid?.() === 0
}

/** The first installed browser of the Chromium family, or undefined. */
export function installedChromium(exists = existsSync, environment = process.env) {
  return candidates(environment).find((path) => exists(path))
}

/** The browser for the end-to-end tests: the named one, Playwright's own (''), an installed one, or undefined. */
export function testBrowser(environment = process.env) {
  if (environment.BALLAST_CHROMIUM) return environment.BALLAST_CHROMIUM
  return playwrightHasItsOwn() ? '' : installedChromium()
}

/** Opens the address: a window of its own in a Chromium where there is one, else the usual browser. Resolves with whether one was started. */
export async function openBrowser(address, profileDir) {
  const chromium = installedChromium()
  if (chromium !== undefined) {
    const words = [`--app=${address}`, `--user-data-dir=${profileDir}`, '--no-first-run', '--no-default-browser-check']
    if (await started(chromium, words)) return true
  }
  if (onWindows) return started('cmd', ['/c', 'start', '""', address.replaceAll('&', '^&')])
  return started(process.platform === 'darwin' ? 'open' : 'xdg-open', [address])
}

function started(program, words) {
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}

function playwrightHasItsOwn() {
  try {
    return existsSync(createRequire(at('package.json'))('playwright-core').chromium.executablePath())
  } catch {
    return false
  }
}

function candidates(environment) {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  }
  if (onWindows) {
    const folders = [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA].filter(
      Boolean,
    )
    return folders.flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ])
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge',
    'microsoft-edge-stable',
  ]
  const folders = (environment.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'))
  return names.flatMap((name) =>
    [...new Set(['/usr/bin', '/snap/bin', ...folders])].map((folder) => join(folder, name)),
  )
}
