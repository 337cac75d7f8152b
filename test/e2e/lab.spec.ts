import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { endDesk, startDesk, test as fresh } from './fixtures.ts'
import { expect, expectAccessible, expectReflow, test } from './own-book.ts'

const methods = (page: Page): Locator => page.getByRole('grid', { name: 'Methods compared' })
const rows = (page: Page): Locator => methods(page).locator('tbody tr[data-row]')

/** Opens the lab by its key and waits for the first comparison. */
async function openLab(page: Page): Promise<void> {
  // A book that has just been made leads to the ticket first.
  await expect(async () => {
    await page.keyboard.press('Control+6')
    await expect(page).toHaveURL(/#\/lab$/, { timeout: 500 })
    await expect(page.getByRole('heading', { name: 'Sizing lab', level: 1 })).toBeVisible({ timeout: 2000 })
  }).toPass()
  await expect(rows(page).first()).toBeVisible({ timeout: 20_000 })
}

test('methods are compared on the trades of the book, ordered and chosen with the keyboard', async ({ page, book }) => {
  expect(book.origin).toContain('http')
  await openLab(page)
  await methods(page).getByRole('button', { name: 'Drawdown' }).press('Enter')
  await expect(methods(page).getByRole('columnheader', { name: /^Drawdown/ })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
  await rows(page).first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(rows(page).nth(1)).toHaveAttribute('aria-selected', 'true')
  const name = (await rows(page).nth(1).locator('td').first().textContent()) ?? ''
  await expect(page.getByRole('img', { name: /^Equity of/ })).toHaveAttribute(
    'aria-label',
    new RegExp(name.slice(0, 12)),
  )
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+e')])
  const [head = ''] = (await readFile(await download.path(), 'utf8')).split('\r\n')
  expect(head.split(',')).toHaveLength(22)
  await page.getByRole('button', { name: 'Data table' }).press('Enter')
  await expect(page.getByRole('region', { name: 'Equity, × start, data table' }).getByRole('row').nth(1)).toBeAttached()
})

test('the example earns the absurd with skill 0.6 and is flagged, and nothing without skill', async ({
  page,
  book,
}) => {
  expect(book.origin).toContain('http')
  await openLab(page)
  await page.getByLabel('On', { exact: true }).selectOption('Made-up example')
  await expect(page.getByText('Look-ahead suspected')).toBeVisible()
  await expect(page.getByText(/they contain part of the answer/)).toBeVisible()
  const sharpe = async (): Promise<number> =>
    Math.max(
      ...(await rows(page).locator('td:nth-child(5)').allTextContents()).map((text) => Number(text.replace('−', '-'))),
    )
  expect(await sharpe()).toBeGreaterThan(10)
  await page.getByRole('radio', { name: 'No skill' }).click()
  await expect(page.getByText('No look-ahead found')).toBeVisible()
  expect(await sharpe()).toBeLessThan(4)
})

test('forecasts come from a file or are pasted, and what is wrong with them is said', async ({ page, book }) => {
  expect(book.origin).toContain('http')
  await openLab(page)
  await page.getByLabel('On', { exact: true }).selectOption('Forecasts from a CSV')
  await expect(page.getByText(/^Forecasts are empty/)).toBeVisible()
  await page.getByLabel('Forecasts', { exact: true }).fill('date,symbol\n2026-01-05,AAPL')
  await expect(page.getByRole('region', { name: 'History' })).toContainText(/forecast/)
  const folder = await mkdtemp(join(tmpdir(), 'ballast-lab-'))
  const file = join(folder, 'forecasts.csv')
  const days = Array.from({ length: 60 }, (_, day) => {
    const date = new Date(Date.UTC(2026, 0, 5 + day)).toISOString().slice(0, 10)
    return `${date},AAPL,${(Math.sin(day) / 100).toFixed(5)},${(Math.cos(day * 1.7) / 100).toFixed(5)}`
  })
  await writeFile(file, ['date,symbol,forecast,return', ...days].join('\n'))
  await page.getByLabel('File of forecasts').setInputFiles(file)
  await expect(page.getByText('forecasts.csv')).toBeVisible()
  await expect(rows(page).first()).toBeVisible()
  await expect(page.getByText(/look-ahead/i).first()).toBeVisible()
  await rm(folder, { recursive: true })
})

test('the lab is accessible in both themes, and narrow windows need no scrolling sideways', async ({ page, book }) => {
  test.setTimeout(240_000)
  expect(book.origin).toContain('http')
  await openLab(page)
  await expectAccessible(page)
  await page.getByLabel('On', { exact: true }).selectOption('Made-up example')
  await expect(page.getByText('Look-ahead suspected')).toBeVisible()
  await expectAccessible(page)
  await expectReflow(page)
})

fresh('a book without trades begins with a model by hand and with the example', async ({ page }) => {
  fresh.setTimeout(180_000)
  const dataDir = await mkdtemp(join(tmpdir(), 'ballast-lab-empty-'))
  const { desk, process: host } = await startDesk(dataDir)
  await page.goto(await desk.newAddress())
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('button', { name: 'Make the book' }).click()
  await expect(page.getByRole('region', { name: 'Book and account' })).toContainText('PAPER')
  // The first start leads to the ticket; going elsewhere before that would be overtaken.
  await expect(page.getByRole('region', { name: 'Ticket' })).toBeVisible()
  await expect(async () => {
    await page.keyboard.press('Control+5')
    await expect(page).toHaveURL(/#\/simulate$/, { timeout: 500 })
    await expect(page.getByRole('heading', { name: 'Monte Carlo', level: 1 })).toBeVisible({ timeout: 2000 })
  }).toPass()
  await expect(page.getByLabel('Source')).toHaveValue('hand')
  await expect(page.getByRole('img', { name: /^Equity over/ })).toBeVisible({ timeout: 20_000 })
  await page.getByLabel('Source').selectOption('Trades of the book')
  await expect(page.getByRole('region', { name: 'Inputs' })).toContainText(/No closed trade|closed trades/)
  await openLab(page)
  await expect(page.getByLabel('On', { exact: true })).toHaveValue('example')
  await expect(page.getByText('Look-ahead suspected')).toBeVisible()
  await page.close()
  await endDesk(host)
  await rm(dataDir, { recursive: true })
})
