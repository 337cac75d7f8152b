import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultDataDir } from './data-dir.ts'
import { HostRefusal } from './host-refusal.ts'
import { serveDesk } from './serve-desk.ts'

// The desk without Electron: `desk-host [--data-dir DIR] [--port N] [--json-ready]`, until SIGINT or SIGTERM.
// With --json-ready the first line on stdout is {"ready":true,"url":…} or {"ready":false,"code":…,"message":…}.
const machine = process.argv.includes('--json-ready')

function tell(line: Readonly<Record<string, unknown>>, forPeople: string): void {
  process.stdout.write(`${machine ? JSON.stringify(line) : forPeople}\n`)
}

function readOptions(): { dataDir: string; port: number | undefined } {
  const { values } = parseArgs({
    options: { 'data-dir': { type: 'string' }, port: { type: 'string' }, 'json-ready': { type: 'boolean' } },
  })
  const { port } = values
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65535)) {
    throw new HostRefusal('BAD_OPTION', `--port is «${port}»; give a whole number from 0 (any free port) to 65535.`)
  }
  return {
    dataDir: resolve(values['data-dir'] ?? defaultDataDir()),
    port: port === undefined ? undefined : Number(port),
  }
}

try {
  const { dataDir, port } = readOptions()
  const served = await serveDesk(dataDir, port, import.meta.dirname)
  // Whoever reads the line below may end this process at once.
  let ending = false
  const end = (): void => {
    if (ending) return
    ending = true
    void served.close().then(() => process.exit(0))
  }
  process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end)
  const url = served.newAddress()
  const message = served.remark === undefined ? {} : { message: served.remark }
  tell(
    { ready: true, url, dataDir, ...message },
    `${served.remark ?? ''}\nBallast answers at ${url} (the token works once)`.trim(),
  )
} catch (error) {
  if (!(error instanceof HostRefusal)) throw error
  tell({ ready: false, code: error.code, message: error.message }, error.message)
  process.exitCode = 1
}
