/*
 * Plays an hour of a quote a second for each of 100 positions through a desk and a page that shows it, as fast as it goes,
 * and tells the memory of both on the way. Run: `npm run bench memory [minutes]` after a build.
 */
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import type { Browser, CDPSession } from '@playwright/test'
import { startQuotesHost } from './live/ask-host.ts'
import { openPage } from './live/open-page.ts'

const MINUTES = Number(process.argv[2] ?? 60)
const SAMPLES = 6

const host = await startQuotesHost()
try {
  const { page, browser, close } = await openPage(host)
  try {
    await page.goto(`${new URL(page.url()).origin}/#/desk`)
    await page.getByRole('treegrid', { name: 'Open positions' }).getByRole('row', { name: /^S099/ }).waitFor()
    const session = await page.context().newCDPSession(page)
    // What the first minute makes once, such as compiled code, is no growth.
    await host.ask({ tell: 'seconds', seconds: 60 })
    console.log(`${MINUTES} minutes of a quote a second for 100 positions; load ${loadavg()[0]?.toFixed(1) ?? ''}`)
    await tell('begin', await host.ask({ tell: 'memory' }), session, browser)
    const begun = performance.now()
    for (let sample = 1; sample <= SAMPLES; sample += 1) {
      const used = await host.ask({ tell: 'seconds', seconds: Math.round((MINUTES * 60) / SAMPLES) })
      await tell(`${Math.round((MINUTES * sample) / SAMPLES)} min`, used, session, browser)
    }
    const seconds = (performance.now() - begun) / 1_000
    console.log(`${MINUTES * 60 * 100} quotes in ${seconds.toFixed(0)} s`)
  } finally {
    await close()
  }
} finally {
  await host.end()
}

interface Used {
  readonly heap?: number
  readonly resident?: number
}

async function tell(
  when: string,
  { heap = 0, resident = 0 }: Used,
  session: CDPSession,
  browser: Browser,
): Promise<void> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  const { nodes } = (await session.send('Memory.getDOMCounters')) as { nodes: number }
  const page = await residentOfPage(browser)
  console.log(
    `  ${when.padEnd(7)} desk: heap ${mega(heap)}, resident ${mega(resident)} MB; ` +
      `page: heap ${mega(usedSize)}, resident ${page === undefined ? 'not told here' : `${mega(page)} MB`}, ${nodes} nodes`,
  )
}

/** Resident bytes of the page's process, where the system tells them in /proc. */
async function residentOfPage(browser: Browser): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) * 1_024)
  return Math.max(...sizes)
}

function mega(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1).padStart(6)
}
