import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { runChild } from './child.mjs'
import { ensureInstalled } from './install.mjs'
import { environmentFor } from './node.mjs'
import { readStartOptions } from './options.mjs'
import { at, whereTheUserStands } from './place.mjs'
import { LaunchError, say } from './say.mjs'
import { findElectron } from './window.mjs'

const vite = 'node_modules/electron-vite/bin/electron-vite.js'

/** Runs the command line: nothing on stdout but the command's own output; stdin, folder and exit code pass through. */
export async function commandLine(words) {
  const node = await ensureInstalled()
  await ensureBuilt(node)
  return runChild(node, [at('out', 'main', 'cli.js'), ...words], {
    cwd: whereTheUserStands('ballast'),
    env: environmentFor(node),
  })
}

/** Installs and builds, so that the next start is quick. */
export async function setup() {
  const node = await ensureInstalled()
  await ensureBuilt(node)
  say('ready: npm start opens the workstation')
  return 0
}

/** Runs the program from its sources: the page reloads and the host restarts on every change. Its books are apart, in .data/dev. */
export async function develop(words) {
  const asked = words.some((word) => word.startsWith('--data-dir'))
  const options = readStartOptions(asked ? words : [...words, '--data-dir', at('.data', 'dev')], 'dev')
  const node = await ensureInstalled()
  const { binary, why } = options.host === 'desk' ? { why: '--host desk' } : await findElectron(node)
  if (binary !== undefined) {
    return runChild(node, [vite, 'dev', '--watch', '--', '--data-dir', options.dataDir], { env: environmentFor(node) })
  }
  const port = options.port ?? 5199
  say(`no Electron window: ${why}; open http://localhost:5173/ in a browser.`)
  const hostWords = ['--data-dir', options.dataDir, '--port', String(port)]
  // electron-vite starts whatever ELECTRON_EXEC_PATH names; its proxy adds the token that the page cannot have there.
  return runChild(node, [vite, 'dev', '--watch', '--entry', 'out/main/desk.js', '--', ...hostWords], {
    env: environmentFor(node, {
      ELECTRON_EXEC_PATH: node,
      BALLAST_DEV_ORIGIN: `http://127.0.0.1:${port}`,
      BALLAST_DEV_TOKEN: tokenOf(options.dataDir),
    }),
  })
}

function tokenOf(dataDir) {
  const file = join(dataDir, 'api-token')
  mkdirSync(dataDir, { recursive: true })
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

/** Runs the named measurements of test/bench, or all of them, one after the other. */
export async function bench(words) {
  const node = await ensureInstalled()
  await ensureBuilt(node)
  const folder = at('test', 'bench')
  const present = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts')) : []
  const chosen = words.length === 0 ? present : words.map((word) => `${word.replace(/\.ts$/, '')}.ts`)
  const unknown = chosen.find((name) => !present.includes(name))
  if (unknown !== undefined)
    throw new LaunchError(`There is no test/bench/${unknown}; there are ${present.join(', ') || 'none'}.`)
  let worst = 0
  for (const name of chosen) {
    say(`bench ${name}`)
    worst = Math.max(worst, await runChild(node, [join(folder, name)], { env: environmentFor(node) }))
  }
  return worst
}
