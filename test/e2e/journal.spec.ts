import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { endDesk, expect, startDesk, test } from './fixtures.ts'
import { useSampleBook } from './sample-book.ts'

const trades = (page: Page): Locator => page.getByRole('treegrid', { name: 'Closed trades' })
const count = (page: Page): Locator => page.getByRole('region', { name: 'Filter' }).getByRole('status')

/** Goes to the journal by its key; a book that has just been made leads to the ticket first. */
async function goToJournal(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Control+3')
    await expect(page).toHaveURL(/#\/journal$/, { timeout: 500 })
    await expect(page.getByRole('heading', { name: 'Journal', level: 1 })).toBeVisible({ timeout: 2000 })
  }).toPass()
}

/** Opens the sample book's journal. */
async function openJournal(page: Page, openDesk: (hash?: string) => Promise<void>): Promise<void> {
  await openDesk('#/ticket')
  await useSampleBook(page)
  await expect(page.getByTestId('size')).toBeVisible()
  await goToJournal(page)
  await expect(page.getByRole('img', { name: /^Closed balance/ })).toBeVisible()
}

test('the journal shows every closed trade with its statistics and charts', async ({ page, openDesk }) => {
  await openJournal(page, openDesk)
  await expect(count(page)).toHaveText('410 trades')
  await expect(trades(page).locator('tbody tr[data-row]')).toHaveCount(100)
  await page.getByRole('button', { name: /^More trades/ }).click()
  await expect(trades(page).locator('tbody tr[data-row]')).toHaveCount(200)
  for (const name of [
    /^Closed balance over/,
    /^Under water/,
    /^R multiples of 410/,
    /^Rolling edge over 50/,
    /^Kelly by day/,
  ])
    await expect(page.getByRole('img', { name })).toBeAttached()
  await expect(page.getByText(/^n = 410, 20\d\d-/).first()).toBeAttached()
})

test('trades are filtered, ordered, opened and exported with the keyboard alone', async ({ page, openDesk }) => {
  await openJournal(page, openDesk)
  await page.keyboard.press('Control+f')
  await expect(page.getByLabel('Strategy', { exact: true })).toBeFocused()
  await page.keyboard.type('mac')
  await expect(count(page)).not.toHaveText('410 trades')
  const left = Number((await count(page).textContent())?.split(' ')[0])
  expect(left).toBeGreaterThan(50)
  await expect(page.getByText('strategy macro', { exact: true })).toBeVisible()

  await trades(page).getByRole('button', { name: 'R', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(trades(page).getByRole('columnheader', { name: /^R/ })).toHaveAttribute('aria-sort', 'descending')
  const multiples = await trades(page).locator('tbody tr[data-row] td:last-child').allTextContents()
  const read = multiples.map((text) => Number(text.replace('−', '-')))
  expect(read).toEqual([...read].sort((a, b) => b - a))

  await trades(page).locator('tbody tr').first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(trades(page)).toContainText(/held \d+ d/)

  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+e')])
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(left + 1)
  expect(lines[0]).toContain('"Net profit, USD"')

  await page.getByRole('button', { name: 'All trades' }).press('Enter')
  await expect(count(page)).toHaveText('410 trades')
})

test('every chart has its numbers as a table', async ({ page, openDesk }) => {
  await openJournal(page, openDesk)
  const toggles = page.getByRole('button', { name: 'Data table' })
  await expect(toggles).toHaveCount(4)
  for (const [index, name] of ['Closed balance', 'R multiples', 'Rolling edge', 'Edge by day'].entries()) {
    await toggles.nth(index).press('Enter')
    const region = page.getByRole('region', { name: `${name}, data table` })
    await expect(region.getByRole('row').nth(1)).toBeAttached()
  }
  await expect(page.getByRole('region', { name: 'R multiples, data table' })).toContainText('no stop known')
})

test('a filter that leaves few trades says what is missing, and one that leaves none says so', async ({
  page,
  openDesk,
}) => {
  await openJournal(page, openDesk)
  await page.getByLabel('Closed from').fill('2026-10-26')
  await page.getByLabel('Closed from').blur()
  await expect(page.getByText(/of 50 trades have closed: \d+ more are needed/)).toBeVisible()
  await page.getByLabel('Closed from').fill('2019-01-01')
  await page.getByLabel('Closed to').fill('2019-02-01')
  await page.getByLabel('Closed to').blur()
  await expect(page.getByText('No trade was found')).toBeVisible()
  await page.getByLabel('Closed from').fill('2020-01-01')
  await page.getByLabel('Closed from').blur()
  await expect(page.getByRole('group', { name: 'Filter of the trades' }).getByRole('alert')).toContainText(
    'exchange them',
  )
})

test('a budget is tried out, and a market regime set by hand', async ({ page, openDesk, api }) => {
  await openJournal(page, openDesk)
  await page.getByLabel('Budget').fill('3')
  await expect(page.getByText('of 1.00 % each')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Strategies together' }).getByRole('row')).toHaveCount(4)
  const status = await api.get('/api/portfolio/status?budget=0.03')
  expect(await status.json()).toMatchObject({ bot_count: 3, max_portfolio_risk: 0.03 })
  expect(await (await api.get('/api/portfolio/summary')).json()).toMatchObject({ position_count: 4 })
  expect(await (await api.get('/api/edge?strategy=macro&last=20')).json()).toMatchObject({ trades: 20 })

  await page.getByLabel('Quality').fill('7')
  await page.getByRole('button', { name: 'Set regime' }).press('Enter')
  await expect(page.getByText('give a number from 0 to 1')).toBeVisible()
  await page.getByLabel('Regime', { exact: true }).selectOption('Chop')
  await page.getByLabel('Quality').fill('0.5')
  await page.getByRole('button', { name: 'Set regime' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Set regime' })).toBeDisabled()
  await page.getByLabel('Regime', { exact: true }).selectOption('Not set')
  await page.getByLabel('Quality').fill('')
  await page.getByRole('button', { name: 'Set regime' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Set regime' })).toBeDisabled()
})

test('an empty book has an empty journal that leads to the import', async ({ page }) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ballast-journal-'))
  const { desk, process: host } = await startDesk(dataDir)
  await page.goto(await desk.newAddress())
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('button', { name: 'Make the book' }).click()
  await expect(page.getByRole('region', { name: 'Book and account' })).toContainText('PAPER')
  await goToJournal(page)
  await expect(page.getByRole('heading', { name: 'No trade has closed yet' })).toBeVisible()
  await expect(page.getByText('No trade has won or lost yet')).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Import/ })
    .press('Enter')
  await expect(page).toHaveURL(/#\/import$/)
  await page.close()
  await endDesk(host)
  await rm(dataDir, { recursive: true })
})

for (const [colorScheme, width, height] of [
  ['light', 1440, 900],
  ['dark', 1920, 1080],
  ['dark', 1024, 700],
  ['light', 400, 900],
] as const) {
  test(`axe finds nothing and nothing sticks out of the journal, ${colorScheme} ${width}×${height}`, async ({
    page,
    openDesk,
  }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height })
    await openJournal(page, openDesk)
    await page.getByLabel('Budget').fill('3')
    await expect(page.getByText('of 1.00 % each')).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    const figure = await trades(page).locator('tbody tr').first().locator('td').last().boundingBox()
    expect((figure?.x ?? width) + (figure?.width ?? 0)).toBeLessThan(width)
  })
}
