/*
 * Times quotes from the desk to the painted frame of a page that shows 100 positions, at 1,000 and at 10,000 a second, and
 * keystrokes in the ticket and in the desk while 10,000 a second run. Run: `npm run bench quotes [seconds]` after a build.
 */
import { loadavg } from 'node:os'
import type { Page } from '@playwright/test'
import { startQuotesHost, type AskedHost } from './live/ask-host.ts'
import { openPage } from './live/open-page.ts'
import { countFrames, paintedMarks, strokeDelays, watchMarks } from './live/page-watch.ts'
import { printTimes } from './live/print-times.ts'

const SECONDS = Number(process.argv[2] ?? 15)
const STROKES = 120

const host = await startQuotesHost()
try {
  const { page, close } = await openPage(host)
  try {
    const { origin } = new URL(page.url())
    await page.goto(`${origin}/#/desk`)
    await page.getByRole('treegrid', { name: 'Open positions' }).getByRole('row', { name: /^S099/ }).waitFor()
    // Only what can be seen is drawn: the first twenty positions, at the top of the pane.
    await page.getByRole('treegrid', { name: 'Open positions' }).evaluate((table) => table.scrollIntoView())
    await host.ask({ tell: 'rate', rate: 1_000, seconds: 3 })
    for (const rate of [1_000, 10_000]) await quotesToScreen(host, page, rate)
    await page.goto(`${origin}/#/ticket`)
    await page.getByLabel('Symbol').fill('S000')
    await page.keyboard.press('Enter')
    await keystrokes(host, page, 'ticket, stop', () => page.getByLabel('Stop', { exact: true }).click())
    await page.goto(`${origin}/#/desk`)
    await page.getByRole('treegrid', { name: 'Open positions' }).getByRole('row', { name: /^S000/ }).click()
    await keystrokes(host, page, 'desk, a price', () => page.getByLabel('Price', { exact: false }).first().click())
  } finally {
    await close()
  }
} finally {
  await host.end()
}

/** From the quote that is handed to the desk to the frame that shows it. */
async function quotesToScreen({ ask }: AskedHost, page: Page, rate: number): Promise<void> {
  const apart = await clocksApart(page)
  await watchMarks(page)
  const endFrames = await countFrames(page)
  const endWork = await countWork(page)
  const { stamps = [] } = await ask({ tell: 'rate', rate, seconds: SECONDS })
  const worked = await endWork()
  await page.waitForTimeout(300)
  const frames = await endFrames()
  const handed = new Map(stamps.map(([symbol, middle, at]) => [`${symbol} ${middle}`, at]))
  const times = (await paintedMarks(page)).flatMap(([symbol, text, at]) => {
    const since = handed.get(`${symbol} ${text.replaceAll(',', '')}`)
    return since === undefined ? [] : [at - apart - since]
  })
  console.log(
    `\n${rate} quotes a second for ${SECONDS} s, 100 positions: ${stamps.length} told, ${frames.count} frames, ` +
      `tasks over 50 ms: ${frames.longTasks.map((one) => one.toFixed(0)).join(', ') || 'none'}; load ${loadavg()[0]?.toFixed(1) ?? ''}`,
  )
  console.log(`  the page's thread worked ${((worked / SECONDS) * 1_000).toFixed(0)} ms of each second`)
  printTimes('quote to painted frame', times)
  printTimes('between frames', frames.gaps)
}

/** From a key that goes down to the next painted frame, at rest and while 10,000 quotes a second run. */
async function keystrokes({ ask }: AskedHost, page: Page, where: string, focus: () => Promise<void>): Promise<void> {
  await focus()
  const still = await strokeDelays(page, STROKES)
  const told = ask({ tell: 'rate', rate: 10_000, seconds: SECONDS })
  const endFrames = await countFrames(page)
  const busy = await strokeDelays(page, STROKES)
  const { longTasks } = await endFrames()
  await told
  console.log(
    `\nkeystrokes (${where}); tasks over 50 ms: ${longTasks.map((one) => one.toFixed(0)).join(', ') || 'none'}`,
  )
  printTimes('key to painted frame, no quotes', still)
  printTimes('key to painted frame, 10,000 quotes a second', busy)
}

/** Counts processor seconds of the page's main thread from here on: other programs on a busy machine do not add to them. */
async function countWork(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
  }
  const before = await worked()
  return async () => {
    const after = await worked()
    await session.detach()
    return after - before
  }
}

/** How far the page's clock is ahead of ours, in milliseconds: the middle of the shortest of some round trips. */
async function clocksApart(page: Page): Promise<number> {
  let best = { trip: Number.POSITIVE_INFINITY, apart: 0 }
  for (let turn = 0; turn < 20; turn += 1) {
    const before = performance.timeOrigin + performance.now()
    const there = await page.evaluate(() => performance.timeOrigin + performance.now())
    const after = performance.timeOrigin + performance.now()
    if (after - before < best.trip) best = { trip: after - before, apart: there - (before + after) / 2 }
  }
  return best.apart
}
