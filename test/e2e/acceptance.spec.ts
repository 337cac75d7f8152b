import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { endDesk, expect, startDesk, test } from './fixtures.ts'

const run = promisify(execFile)

/** Runs the built command line and reads its one document. */
async function ballast(dataDir: string, ...words: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run(process.execPath, ['out/main/cli.js', ...words, '--data-dir', dataDir, '--json'])
  return JSON.parse(stdout) as Record<string, unknown>
}

/** Thirty weekdays of bars up to yesterday, one tick wider each day. */
function bars(): string {
  const lines = ['Date,Open,High,Low,Close,Volume']
  const day = new Date(Date.now() - 86_400_000)
  for (let n = 0; n < 30; day.setUTCDate(day.getUTCDate() - 1)) {
    if (day.getUTCDay() % 6 === 0) continue
    lines.splice(1, 0, `${day.toISOString().slice(0, 10)},100,${(102 + n / 100).toFixed(2)},98,101,1000`)
    n += 1
  }
  return `${lines.join('\n')}\n`
}

test('bars are imported, an order is sized and recorded, found after a restart, replayed and verified', async ({
  page,
}) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ballast-acceptance-'))
  const file = join(dataDir, 'acme.csv')
  await writeFile(file, bars())
  const opening = ['--equity', '50000', '--equity-at', '2020-01-01T00:00:00Z']
  expect(await ballast(dataDir, 'import', file, '--symbol', 'ACME', '--create', ...opening, '--yes')).toMatchObject({
    ok: true,
  })

  const first = await startDesk(dataDir)
  await page.goto(await first.desk.newAddress())
  await page.goto(`${first.desk.origin}/#/ticket`)
  const form = page.locator('main form')
  await form.getByLabel('Symbol', { exact: true }).fill('ACME')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'ACME' })).toBeVisible()
  await form.getByLabel('Entry', { exact: true }).fill('101')
  await form.getByLabel('Stop', { exact: true }).fill('91')
  await page.keyboard.press('Tab')
  await expect(page.getByTestId('size')).toHaveText('50')
  await page.keyboard.press('Control+Enter')
  const dock = page.getByRole('region', { name: 'Size', exact: true })
  await expect(dock).toContainText(/recorded as/i)
  const decisionId = await dock.locator('a[href*="decisions"]').innerText()
  await page.goto('about:blank')
  await endDesk(first.process)

  const second = await startDesk(dataDir)
  await page.goto(await second.desk.newAddress())
  await page.goto(`${second.desk.origin}/#/decisions`)
  await expect(page.getByText('1 of 1 decisions')).toBeVisible()
  await page
    .getByRole('grid', { name: /^Decisions/ })
    .getByRole('row', { name: /ACME/ })
    .click()
  const detail = page.getByRole('region', { name: 'Detail' })
  await expect(detail.getByText(decisionId)).toBeVisible()
  await page.keyboard.press('r')
  await expect(detail.getByText('IDENTICAL', { exact: true })).toBeVisible()
  await page.goto('about:blank')
  await endDesk(second.process)

  expect(await ballast(dataDir, 'replay', decisionId)).toMatchObject({ ok: true, identical: true })
  expect(await ballast(dataDir, 'audit', 'verify', '--require-anchor')).toMatchObject({ verdict: 'verified-anchored' })
  await rm(dataDir, { recursive: true })
})
