import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { hasDisplay, isRoot, openBrowser } from './browser.mjs'
import { ensureBuilt } from './build.mjs'
import { runChild } from './child.mjs'
import { ensureInstalled } from './install.mjs'
import { lockFile, withLock } from './lock.mjs'
import { environmentFor } from './node.mjs'
import { readStartOptions } from './options.mjs'
import { at } from './place.mjs'
import { whoHasOpen } from './running.mjs'
import { LaunchError, say } from './say.mjs'
import { electronBinary, findElectron, runWindow } from './window.mjs'

/** Opens the workstation: Electron's window where it can be had, else the desk host and a browser. Resolves with the exit code. */
export async function start(words) {
  const options = readStartOptions(words)
  const node = await ensureInstalled()
  await ensureBuilt(node)
  if (await pointToRunning(options)) return 0
  const why = options.host === 'desk' ? undefined : await tryWindow(node, options)
  if (why?.code !== undefined) return why.code
  if (why !== undefined) say(`no Electron window: ${why}; starting the desk host for a browser instead.`)
  return runDesk(node, options)
}

async function tryWindow(node, { dataDir }) {
  const { binary, why } = await findElectron(node)
  if (binary === undefined) return why
  const ended = await runWindow(binary, ['--data-dir', dataDir])
  return ended.why ?? ended
}

// Two starts at once: the second waits here until the first is ready, and then finds it running.
async function runDesk(node, options) {
  let ended
  const found = await withLock(lockFile('start', options.dataDir), 'start', async () => {
    if (await pointToRunning(options)) return true
    await new Promise((ready) => {
      ended = serve(node, options, ready)
      ended.then(ready)
    })
    return false
  })
  return found ? 0 : ended
}

async function pointToRunning({ dataDir, open }) {
  const holder = await whoHasOpen(dataDir)
  if (holder === undefined) return false
  if (holder.kind === 'window') {
    say(`Ballast already has ${dataDir} open in its window (process ${holder.pid}).`)
    // Started a second time, the window comes to the front and the second start ends by itself.
    const binary = electronBinary()
    if (binary !== undefined) await runChild(binary, ['.', '--data-dir', dataDir])
    return true
  }
  if (holder.address === undefined) {
    throw new LaunchError(
      `Process ${holder.pid} has ${dataDir} open and does not answer; end it, or choose another folder with --data-dir.`,
    )
  }
  say(`Ballast is already running here (process ${holder.pid}) with ${dataDir}.`)
  await show(holder.address, dataDir, open)
  return true
}

function serve(node, { dataDir, port, open }, ready) {
  const words = ['--data-dir', dataDir, '--json-ready', ...(port === undefined ? [] : ['--port', String(port)])]
  return runChild(node, [at('out', 'main', 'desk.js'), ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environmentFor(node),
    whenStarted: (child) => {
      createInterface({ input: child.stdout }).once('line', async (line) => {
        const { url, message } = JSON.parse(line)
        if (message !== undefined) say(message)
        if (url !== undefined) {
          say(`your books are in ${dataDir}`)
          await show(url, dataDir, open)
          say('press Ctrl+C to stop')
        }
        ready()
      })
    },
  })
}

// The address goes to stdout: it is what this command answers, and it can be piped on.
async function show(address, dataDir, open) {
  if (open && hasDisplay() && !isRoot() && (await openBrowser(address, join(dataDir, 'browser')))) {
    say(`opened in the browser: ${new URL(address).origin}`)
    return
  }
  say('open this address in a browser (its token works once):')
  process.stdout.write(`${address}\n`)
}
