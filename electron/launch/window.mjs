import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasDisplay, isRoot } from './browser.mjs'
import { runChild } from './child.mjs'
import { environmentFor } from './node.mjs'
import { at, readJson, root } from './place.mjs'
import { say } from './say.mjs'

const probeLimit = 4_000
const fetchLimit = 180_000
const versionLimit = 15_000
const shortLife = 8_000

/** The Electron binary that runs here, fetched in bounded time when missing; or the reason why there is none. */
export async function findElectron(node) {
  if (!hasDisplay()) return { why: 'this machine has no display' }
  if (isRoot()) return { why: 'Electron does not run as root' }
  let binary = electronBinary()
  if (binary === undefined) {
    const why = await fetchElectron(node)
    if (why !== undefined) return { why }
    binary = electronBinary()
    if (binary === undefined) return { why: 'its binary could not be fetched' }
  }
  const tried = spawnSync(binary, ['--version'], { timeout: versionLimit, encoding: 'utf8' })
  if (tried.status === 0) return { binary }
  const reason = tried.error?.code ?? (tried.stderr?.trim().split('\n')[0] || tried.signal || `code ${tried.status}`)
  return { why: `its binary does not run here (${reason})` }
}

/** Runs the window to its end; resolves with its exit code, or with the reason when it died within seconds of its start. */
export async function runWindow(binary, words, limit = shortLife) {
  const began = Date.now()
  let stopped = false
  const stop = () => (stopped = true)
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const code = await runChild(binary, ['.', ...words], { cwd: root })
  const lived = Date.now() - began
  if (code === 0 || stopped || lived > limit) return { code }
  return { why: `its window ended after ${(lived / 1000).toFixed(1)} s with code ${code}` }
}

/** The installed Electron binary of the locked version, or undefined. */
export function electronBinary(
  folder = at('node_modules', 'electron'),
  elsewhere = process.env.ELECTRON_OVERRIDE_DIST_PATH,
) {
  const version = readJson(join(folder, 'package.json'))?.version
  const name = text(join(folder, 'path.txt'))
  if (version === undefined || name === undefined) return undefined
  if (!elsewhere && text(join(folder, 'dist', 'version'))?.replace(/^v/, '') !== version) return undefined
  const binary = join(elsewhere ?? join(folder, 'dist'), name)
  return existsSync(binary) ? binary : undefined
}

async function fetchElectron(node) {
  const proxied = Boolean(process.env.HTTPS_PROXY || process.env.https_proxy)
  const source = new URL(process.env.ELECTRON_MIRROR ?? 'https://github.com/')
  if (!proxied) {
    const why = await unreachable(source)
    if (why !== undefined) return `its binary is not here and ${source.host} cannot be reached (${why})`
  }
  say(`fetching the Electron binary (at most ${fetchLimit / 1000} s)`)
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), fetchLimit)
  const code = await runChild(node, ['node_modules/electron/install.js'], {
    stdio: ['ignore', 2, 2],
    signal: limit.signal,
    killSignal: 'SIGKILL',
    env: environmentFor(node, proxied ? { ELECTRON_GET_USE_PROXY: '1' } : {}),
  })
  clearTimeout(timer)
  if (limit.signal.aborted) return `its binary was not here after ${fetchLimit / 1000} s`
  return code === 0 ? undefined : 'its binary could not be fetched'
}

async function unreachable(source) {
  try {
    await fetch(source, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(probeLimit) })
    return undefined
  } catch (error) {
    return error.cause?.code ?? error.name
  }
}

function text(file) {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return undefined
  }
}
