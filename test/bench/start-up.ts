import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Browser } from '@playwright/test'
import { testBrowser } from '../../electron/launch/browser.mjs'

/**
 * Cold start of the desk host to a usable page, and what the page weighs. Run: `npm run bench start-up [starts]` after a build.
 * Usable: the host answers, the page is loaded, and the ticket of the sample book shows its account. A new host, data folder
 * (with the sample book made beforehand) and browser profile each time; the browser itself is running already.
 */
const STARTS = Number(process.argv[2] ?? 7)
const named = testBrowser()
if (named === undefined) throw new Error('no Chromium was found: set BALLAST_CHROMIUM to one')

interface Start {
  readonly listening: number
  readonly usable: number
  readonly bytes: number
  readonly requests: number
  readonly unpacked: number
}

const folder = mkdtempSync(join(tmpdir(), 'ballast-bench-'))
const browser = await chromium.launch({
  ...(named === '' ? {} : { executablePath: named }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
await run(['out/main/cli.js', 'book', 'sample', '--data-dir', folder])
const starts: Start[] = []
for (let n = 0; n <= STARTS; n++) {
  const start = await once(browser)
  // The first warms the file cache of the machine.
  if (n > 0) starts.push(start)
}
await browser.close()
const cli: number[] = []
for (let n = 0; n < STARTS; n++) cli.push(await run(['out/main/cli.js', 'limits', '--json', '--data-dir', folder]))
rmSync(folder, { recursive: true })

const line = (name: string, values: readonly number[], unit: string): string => {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number): string => (sorted[Math.round(share * (sorted.length - 1))] ?? 0).toFixed(0)
  return `${name.padEnd(34)} median ${at(0.5).padStart(7)} ${unit}   ${at(0)} … ${at(1)}`
}
process.stdout.write(
  [
    `${STARTS} starts, Node ${process.versions.node}, ${browser.version()}`,
    line(
      'host listens',
      starts.map(({ listening }) => listening),
      'ms',
    ),
    line(
      'page usable, from the start',
      starts.map(({ usable }) => usable),
      'ms',
    ),
    line(
      'page weight, as sent',
      starts.map(({ bytes }) => bytes / 1024),
      'KiB',
    ),
    line(
      'page weight, unpacked',
      starts.map(({ unpacked }) => unpacked / 1024),
      'KiB',
    ),
    line(
      'requests',
      starts.map(({ requests }) => requests),
      '',
    ),
    line('command line, «limits --json»', cli, 'ms'),
    '',
  ].join('\n'),
)

async function once(on: Browser): Promise<Start> {
  const begun = performance.now()
  const host = spawn(process.execPath, ['out/main/desk.js', '--data-dir', folder, '--json-ready', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const first = await new Promise<string>((resolve) => createInterface({ input: host.stdout }).once('line', resolve))
  const listening = performance.now() - begun
  const { url } = JSON.parse(first) as { url: string }
  const context = await on.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  let [bytes, requests, unpacked] = [0, 0, 0]
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
    requests += 1
  })
  session.on('Network.dataReceived', ({ dataLength }) => (unpacked += dataLength))
  await page.goto(url)
  await page.getByRole('region', { name: 'Book and account' }).getByText('SAMPLE', { exact: true }).waitFor()
  await page.getByTestId('size').waitFor()
  const usable = performance.now() - begun
  await page.waitForLoadState('networkidle')
  await context.close()
  const gone = new Promise((resolve) => host.once('exit', resolve))
  host.kill('SIGTERM')
  await gone
  return { listening, usable, bytes, requests, unpacked }
}

/** Runs a program and resolves with its milliseconds. */
function run(words: readonly string[]): Promise<number> {
  const begun = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] })
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve(performance.now() - begun)
      else reject(new Error(`${words.join(' ')} ended with ${String(code)}`))
    })
  })
}
