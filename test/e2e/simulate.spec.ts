import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, expectReflow, test } from './own-book.ts'

const fan = (page: Page): Locator => page.getByRole('img', { name: /^Equity over/ })
const inputs = (page: Page): Locator => page.getByRole('region', { name: 'Inputs' })
const status = (page: Page): Locator => inputs(page).getByRole('status')
const caption = (page: Page): Locator => page.getByRole('region', { name: 'Equity fan' }).locator('figcaption')
const beside = (page: Page, name: string): Locator => page.getByRole('radio', { name, exact: true })

/** Opens the screen by its key and waits for the first answer. */
async function openSimulate(page: Page): Promise<void> {
  // A book that has just been made leads to the ticket first.
  await expect(async () => {
    await page.keyboard.press('Control+5')
    await expect(page).toHaveURL(/#\/simulate$/, { timeout: 500 })
    await expect(page.getByRole('heading', { name: 'Monte Carlo', level: 1 })).toBeVisible({ timeout: 2000 })
  }).toPass()
  await expect(fan(page)).toBeVisible({ timeout: 20_000 })
  await expect(status(page)).toHaveText(/^Live: 2,000 paths/, { timeout: 20_000 })
}

test('the fan of the book’s own trades is there at once, with every chart and its table', async ({ page, book }) => {
  expect(book.origin).toContain('http')
  await openSimulate(page)
  await expect(caption(page)).toContainText('n = 410, 2024-12-05 to 2026-10-30; 2,000 paths of 100 trades, seed 1')
  for (const name of [
    /^Maximum drawdown/,
    /^Ruin against the staked/,
    /^R multiples of the 410/,
    /P\(ruin\), A after more/,
  ])
    await expect(page.getByRole('img', { name })).toBeAttached({ timeout: 20_000 })
  const toggles = page.getByRole('button', { name: 'Data table' })
  await expect(toggles).toHaveCount(5)
  for (const [index, name] of ['Equity, × start', 'Drawdown', 'By fraction', 'R multiples', 'Convergence'].entries()) {
    await toggles.nth(index).press('Enter')
    await expect(
      page
        .getByRole('region', { name: `${name}, data table` })
        .getByRole('row')
        .nth(1),
    ).toBeAttached()
  }
})

test('moving the fraction with the keyboard moves the fan; the newest answer is the one shown', async ({
  page,
  book,
}) => {
  expect(book.origin).toContain('http')
  await openSimulate(page)
  const before = await fan(page).getAttribute('aria-label')
  await page.getByRole('heading', { name: 'Monte Carlo' }).click()
  await page.keyboard.press('k')
  const slider = page.getByRole('slider', { name: 'Fraction of policy A' })
  await expect(slider).toBeFocused()
  await expect(slider).toHaveAttribute('aria-valuetext', '50 % of Kelly')
  for (let step = 0; step < 30; step++) await page.keyboard.press('ArrowLeft')
  await expect(slider).toHaveAttribute('aria-valuetext', '20 % of Kelly')
  await expect(page.getByText(/^0\.2 of full Kelly/)).toBeAttached({ timeout: 20_000 })
  await expect(fan(page)).not.toHaveAttribute('aria-label', before ?? '')
})

test('a full run is made, kept with digest and seed, and loaded again', async ({ page, book }) => {
  expect(book.origin).toContain('http')
  await openSimulate(page)
  await page.getByLabel('Seed').fill('77')
  await page.keyboard.press('Control+r')
  await expect(status(page)).toHaveText(/^Full run: 10,000 paths/, { timeout: 60_000 })
  await expect(caption(page)).toContainText('10,000 paths of 100 trades, seed 77')
  await expect(page.getByText(/digest [0-9a-f]{16}, kept in the book/)).toBeAttached()
  await beside(page, 'Saved').click()
  const run = page.getByRole('grid', { name: 'Full runs' }).getByRole('row').nth(1)
  await expect(run).toContainText('77')
  await run.press(' ')
  await expect(page.getByText('Engine', { exact: true })).toBeVisible()
  await page.getByLabel('Seed').fill('5')
  await page.getByRole('button', { name: 'Load its inputs' }).press('Enter')
  await expect(page.getByLabel('Seed')).toHaveValue('77')
})

test('a run that is cancelled leaves the earlier picture and keeps nothing', async ({ page, book }) => {
  expect(book.origin).toContain('http')
  await openSimulate(page)
  const before = await fan(page).getAttribute('aria-label')
  await page.getByLabel('Paths', { exact: true }).fill('4000000')
  await page.getByLabel('Paths', { exact: true }).press('Enter')
  await expect(status(page)).toHaveText(/^Live: /)
  await page.keyboard.press('Control+r')
  await expect(page.getByRole('progressbar', { name: /^Full run/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(status(page)).toHaveText('The run was cancelled: nothing of it is shown or kept.')
  await expect(fan(page)).toHaveAttribute('aria-label', before ?? '')
  await beside(page, 'Saved').click()
  await expect(page.getByText('No full run has been made in this book.')).toBeVisible()
})

test('what is wrong is said at its field, and the charts say that they are of earlier inputs', async ({
  page,
  book,
}) => {
  expect(book.origin).toContain('http')
  await openSimulate(page)
  await page.getByLabel('Ruin', { exact: true }).fill('120')
  await expect(inputs(page)).toContainText('Ruin is 120 %; give a number between 0 and 100 %')
  await expect(page.getByText(/^Drawn for earlier inputs/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Full run/ })).toBeDisabled()
  await page.getByLabel('Ruin', { exact: true }).fill('20')
  await expect(page.getByText(/^Drawn for earlier inputs/)).toBeHidden()
  await page.getByLabel('Source').selectOption('Pasted R multiples')
  await page.getByLabel('R list').fill('1.5\nNaN\n-1')
  await expect(inputs(page)).toContainText('«NaN» on line 2 is no number')
  await page.getByLabel('R list').fill('1.5\n-1\n0.4\n-1\n2')
  await expect(caption(page)).toContainText('n = 5')
  await page.getByLabel('Paths', { exact: true }).fill('999999999999')
  await page.getByLabel('Paths', { exact: true }).press('Enter')
  await page.keyboard.press('Control+r')
  await expect(inputs(page)).toContainText(/paths is 999999999999|paths .*must/)
})

test('win rates by hand and normal returns are simulated too', async ({ page, book }) => {
  expect(book.origin).toContain('http')
  await openSimulate(page)
  await page.getByLabel('Source').selectOption('Win rate and payoff')
  await page.getByLabel('Win rate').fill('60')
  await page.getByLabel('Payoff').fill('1')
  await expect(page.getByText(/full Kelly \(20(\.0+)? %\)/)).toBeAttached({ timeout: 20_000 })
  await page.getByLabel('Source').selectOption('Normal returns')
  await page.getByLabel('Means').fill('0.05 0.02')
  await expect(inputs(page)).toContainText('Means are 2 numbers for 1 weights')
  await page.getByLabel('Deviations').fill('1 0.5')
  await page.getByLabel('Weights').fill('0.5 0.5')
  await expect(caption(page)).toContainText('paths of 100 steps', { timeout: 20_000 })
})

test('scenarios are saved, loaded and dropped, and the result goes into a file', async ({ page, book }) => {
  expect(book.origin).toContain('http')
  await openSimulate(page)
  await page.getByLabel('Horizon').fill('60')
  await page.keyboard.press('Control+s')
  await expect(page.getByLabel('Name')).toBeFocused()
  await page.keyboard.type('Sixty')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Load Sixty' })).toBeVisible()
  await page.getByLabel('Horizon').fill('10')
  await page.getByRole('button', { name: 'Load Sixty' }).press('Enter')
  await expect(page.getByLabel('Horizon')).toHaveValue('60')
  await page.getByRole('button', { name: 'Drop Sixty' }).press('Enter')
  await expect(page.getByText('None is saved.')).toBeVisible()
  await expect(status(page)).toHaveText(/^Live/)
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+e')])
  const text = await readFile(await download.path(), 'utf8')
  expect(text).toContain('P(ruin)')
  expect(text).toMatch(/Digest,[0-9a-f]{64}/)
})

test('the odds of a prop firm are worked out, with the order of the ticket and without', async ({ page, book }) => {
  expect(book.origin).toContain('http')
  await openSimulate(page)
  await beside(page, 'Prop firm').click()
  await page.getByLabel('Program').selectOption('ftmo-2-step')
  await page.getByLabel('Order', { exact: true }).fill('1')
  await page.getByRole('button', { name: 'Work out the odds' }).press('Enter')
  const table = page.getByRole('table', { name: /^Odds of/ })
  await expect(table).toBeVisible({ timeout: 30_000 })
  await expect(table.getByRole('columnheader')).toHaveText([/Odds/, 'Without', 'With the order', 'Best order'])
  await expect(page.getByText(/The order changes P\(pass\) by/)).toBeVisible()
  await expect(page.getByRole('img', { name: /^Chance of passing/ })).toBeAttached()
  await page.getByLabel('Balance').fill('')
  await expect(page.getByText(/^Balance is empty/)).toBeVisible()
})

test('it is accessible in both themes, and narrow windows need no scrolling sideways', async ({ page, book }) => {
  test.setTimeout(240_000)
  expect(book.origin).toContain('http')
  await openSimulate(page)
  await expectAccessible(page)
  await beside(page, 'Prop firm').click()
  await expectAccessible(page)
  await beside(page, 'Saved').click()
  await expectAccessible(page)
  await beside(page, 'Result').click()
  await expectReflow(page)
})
