import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { runChild } from './child.mjs'
import { lockFile, withLock } from './lock.mjs'
import { environmentFor } from './node.mjs'
import { readJson, root, writable } from './place.mjs'
import { LaunchError, say } from './say.mjs'

const sources = ['electron', 'src', 'resources', 'electron.vite.config.ts', 'tsconfig.json', 'package-lock.json']
const products = ['main/index.js', 'main/desk.js', 'main/cli.js', 'preload/preload.cjs', 'renderer/index.html']

/** Builds out/ when the sources changed since the last build. */
export async function ensureBuilt(node) {
  if (isFresh(root)) return
  if (!writable(existsSync(join(root, 'out')) ? join(root, 'out') : root)) {
    throw new LaunchError(`The program must be built, and ${root} is read-only; copy it to a folder you may write to.`)
  }
  await withLock(lockFile('build', root), 'build', async () => {
    if (!isFresh(root)) await build(node)
  })
}

/**
 * Whether out/ was built from the sources as they are. Times and sizes decide at once; where they differ (a copy, a
 * checkout) the contents do, and the times are noted for the next start.
 */
export function isFresh(folder) {
  const stamp = readJson(stampOf(folder))
  if (stamp === undefined || !products.every((file) => existsSync(join(folder, 'out', file)))) return false
  const files = walk(folder)
  if (timesOf(files) === stamp.times) return true
  if (contentsOf(files) !== stamp.contents) return false
  if (writable(join(folder, 'out'))) writeStamp(folder, files, stamp.contents)
  return true
}

/** Notes what out/ was built from. */
export function noteBuilt(folder, files = walk(folder)) {
  writeStamp(folder, files, contentsOf(files))
}

async function build(node) {
  say('building')
  rmSync(stampOf(root), { force: true })
  const before = walk(root)
  const contents = contentsOf(before)
  const code = await runChild(
    node,
    ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
    {
      stdio: ['ignore', 2, 2],
      env: environmentFor(node),
    },
  )
  if (code !== 0) throw new LaunchError('The build failed; the lines above say where.')
  writeStamp(root, before, contents)
}

const stampOf = (folder) => join(folder, 'out', '.built.json')

function writeStamp(folder, files, contents) {
  mkdirSync(join(folder, 'out'), { recursive: true })
  writeFileSync(stampOf(folder), JSON.stringify({ contents, times: timesOf(files) }))
}

function walk(folder) {
  const found = []
  const visit = (path) => {
    const stat = statSync(join(folder, path), { throwIfNoEntry: false })
    if (stat === undefined) return
    if (!stat.isDirectory()) found.push({ path: path.split(sep).join('/'), file: join(folder, path), stat })
    else for (const name of namesIn(join(folder, path))) visit(join(path, name))
  }
  sources.forEach(visit)
  return found
}

// Caches that checkers leave beside the sources begin with a dot and are no sources.
const namesIn = (folder) =>
  readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort()

const digest = (parts) =>
  parts.reduce((hash, part) => hash.update(part).update('\0'), createHash('sha256')).digest('hex')
const timesOf = (files) => digest(files.map(({ path, stat }) => `${path} ${stat.mtimeMs} ${stat.size}`))
const contentsOf = (files) => digest(files.flatMap(({ path, file }) => [path, readFileSync(file)]))
