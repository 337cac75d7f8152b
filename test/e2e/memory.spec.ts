import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CDPSession } from '@playwright/test'
import { aShare, openDeskLine } from './desk-line.ts'
import { endDesk, expect, startDesk, test } from './fixtures.ts'

const QUOTES = 120
/** A page that kept what every quote made would hold many times as much. */
const MOST_GROWTH = 2 * 1_048_576

test('a desk that is quoted all day keeps nothing of the quotes that are over', async ({ page }) => {
  test.setTimeout(180_000)
  const dataDir = await mkdtemp(join(tmpdir(), 'ballast-memory-'))
  const { desk, process: host } = await startDesk(dataDir)
  const line = await openDeskLine(desk)
  const { calls } = line
  const empty = { from: 'empty', currency: 'USD', timeZone: 'America/New_York', dayRoll: '17:00' } as const
  await calls.books.create({ ...empty, name: 'Paper', kind: 'paper', equity: '100000' })
  await calls.market.saveInstrument(aShare('AAPL'))
  let cents = 10_000
  const quote = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      cents += 1
      const bid = (cents / 100).toFixed(2)
      await calls.feed.typeQuote({ symbol: 'AAPL', bid, ask: bid })
    }
  }
  await quote(5)
  const request = { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '60', quantity: '20' } as const
  const { decisionId } = await calls.sizing.decide({ request })
  await calls.trading.approve({ decisionId })
  await quote(1)
  await page.goto(await desk.newAddress())
  await page.goto(`${desk.origin}/#/desk`)
  await expect(page.getByRole('treegrid', { name: 'Open positions' }).getByRole('row', { name: /^AAPL/ })).toBeVisible()
  const session = await page.context().newCDPSession(page)
  await quote(QUOTES)
  const before = await used(session)
  await quote(3 * QUOTES)
  await expect(page.getByRole('treegrid', { name: 'Open positions' })).toContainText((cents / 100).toFixed(2))
  const after = await used(session)
  expect(after.heap - before.heap, 'bytes of the page that three times as many quotes left').toBeLessThan(MOST_GROWTH)
  expect(after.nodes - before.nodes, 'nodes of the page').toBeLessThan(500)
  await page.close({ runBeforeUnload: false })
  line.close()
  await endDesk(host)
  await rm(dataDir, { recursive: true })
})

async function used(session: CDPSession): Promise<{ readonly heap: number; readonly nodes: number }> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  const { nodes } = await session.send('Memory.getDOMCounters')
  return { heap: usedSize, nodes }
}
