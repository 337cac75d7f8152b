import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBookOfKind } from './book-kinds.ts'
import { openDeskLine } from './desk-line.ts'
import { endDesk, expect, startDesk, test } from './fixtures.ts'

test('prices and profits of positions move with the replay, and every sum beside them', async ({ page }) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ballast-quotes-'))
  const { desk, process: host } = await startDesk(dataDir)
  const line = await openDeskLine(desk)
  try {
    const end = await openBookOfKind('paper', desk)
    await page.goto(await desk.newAddress())
    await page.goto(`${desk.origin}/#/desk`)
    const row = page.getByRole('treegrid', { name: 'Open positions' }).getByRole('row', { name: /^AAPL/ })
    await expect(row).toBeVisible()
    const mark = row.getByRole('gridcell').nth(3)
    const seen = new Set<string>()
    await line.calls.feed.speed({ speed: 600 })
    await expect(async () => {
      seen.add(await mark.innerText())
      expect(seen.size).toBeGreaterThan(3)
    }).toPass({ intervals: [50] })
    await line.calls.feed.pause()
    const { positions, equity } = await line.calls.limits.desk()
    const [held] = positions
    const money = (value: string | null | undefined): string =>
      Number(value).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
    await expect(mark).toHaveText(money(held?.mark))
    await expect(row.getByRole('gridcell').nth(8)).toContainText(money(held?.profit?.replace('-', '')))
    await expect(page.getByRole('region', { name: 'Account', exact: true })).toContainText(money(equity))
    await expect(page.getByRole('region', { name: 'Book and account' })).toContainText(money(equity))
    end()
  } finally {
    await page.close({ runBeforeUnload: false })
    line.close()
    await endDesk(host)
    await rm(dataDir, { recursive: true })
  }
})
