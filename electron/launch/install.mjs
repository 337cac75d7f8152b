import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runChild } from './child.mjs'
import { missingFiles } from './file-count.mjs'
import { lockFile, withLock } from './lock.mjs'
import { modernNode } from './node.mjs'
import { onWindows, readJson, root, writable } from './place.mjs'
import { LaunchError, say } from './say.mjs'

/** Installs the packages when they are missing, stale or half-deleted; resolves with a Node that can run the desk. */
export async function ensureInstalled() {
  if (whyStale(root) !== undefined) {
    if (!writable(root)) throw new LaunchError(cannotInstall())
    await withLock(lockFile('install', root), 'install', install)
  }
  return modernNode()
}

/**
 * Why the packages of a project folder must be installed, or undefined when they are as the lock file says. npm writes
 * `node_modules/.package-lock.json` last, so an interrupted install has none.
 */
export function whyStale(folder, node = modernNode(join(folder, 'node_modules'))) {
  const wanted = readJson(join(folder, 'package-lock.json'))?.packages
  if (!wanted)
    throw new LaunchError(`${join(folder, 'package-lock.json')} is missing or broken; restore it from the repository.`)
  const present = readJson(join(folder, 'node_modules', '.package-lock.json'))?.packages
  if (!present) return 'the packages are not installed, or not completely'
  for (const [path, entry] of Object.entries(wanted)) {
    // The root itself, and leftovers of npm's own reckoning that it never installs.
    if (path === '' || entry.extraneous) continue
    const found = present[path]
    // A package for another platform is in the lock and rightly not on disk.
    if (!found && (entry.optional || entry.devOptional || entry.peer)) continue
    if (!found) return `${path} is missing`
    if (found.version !== entry.version) return `${path} is ${found.version} and the lock says ${entry.version}`
    if (entry.integrity && found.integrity && entry.integrity !== found.integrity)
      return `${path} is not the locked one`
    if (!existsSync(join(folder, path, 'package.json'))) return `${path} was removed`
  }
  const missing = missingFiles(join(folder, 'node_modules'))
  if (missing > 0) return `${missing} files of the packages were removed`
  return node === undefined ? 'no Node 22.12 or newer is among the packages' : undefined
}

async function install(alsoHeldBy) {
  const why = whyStale(root)
  if (why === undefined) return
  say(`installing: ${why} (a minute at most on a usual line)`)
  const began = Date.now()
  const [program, before, options] = npm()
  const words = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const code = await runChild(program, [...before, ...words], {
    stdio: ['ignore', 2, 2],
    ...options,
    whenStarted: (child) => child.pid !== undefined && alsoHeldBy(child.pid),
  })
  if (code >= 128) throw new LaunchError('The install was interrupted; the next start takes it up again.')
  if (code === 127) throw new LaunchError('npm was not found; install Node.js with npm, or run through npm.')
  if (code !== 0)
    throw new LaunchError(
      `npm ci failed with code ${code}; see the lines above, and whether the registry can be reached.`,
    )
  const left = whyStale(root)
  if (left !== undefined) throw new LaunchError(noNode(left))
  say(`installed in ${Math.round((Date.now() - began) / 1000)} s`)
}

// The npm that started us, on the Node that started it: not the one we are about to replace.
function npm() {
  const script = process.env.npm_execpath
  if (script && /npm-cli\.c?js$/.test(script)) return [process.env.npm_node_execpath ?? process.execPath, [script], {}]
  return [onWindows ? 'npm.cmd' : 'npm', [], { shell: onWindows }]
}

function cannotInstall() {
  const why = whyStale(root)
  return `The packages must be installed (${why}), and ${root} is read-only; copy it to a folder you may write to, or make this one writable.`
}

function noNode(left) {
  return left.startsWith('no Node')
    ? `This Node is ${process.versions.node} and there is none to install for ${process.platform} ${process.arch}; install Node 22.12 or newer.`
    : `After the install ${left}; delete node_modules and start again.`
}
