import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, expectReflow, test } from './own-book.ts'

const view = (page: Page, name: RegExp): Locator =>
  page.getByRole('radiogroup', { name: 'View' }).getByRole('radio', { name })
const cell = (page: Page): Locator => page.getByRole('grid', { name: /^Cells/ }).getByRole('gridcell')
const proposal = (page: Page): Locator => page.getByRole('region', { name: 'Proposal' })
const wait = { timeout: 40_000 }

async function openPortfolio(page: Page): Promise<void> {
  await page.keyboard.press('Control+4')
  await expect(page.getByRole('heading', { name: 'Portfolio', level: 1 })).toBeVisible()
  await expect(page.getByRole('img', { name: /^Shares of the portfolio/ })).toBeVisible(wait)
}

async function openWeights(page: Page): Promise<void> {
  await openPortfolio(page)
  await page.keyboard.press('o')
  await expect(page.getByRole('button', { name: 'Make the plan' })).toBeEnabled(wait)
}

test('the risk of what is held is shared out, and a bad day and a past window are lived through', async ({
  page,
  book,
}) => {
  expect(book.origin).toContain('http')
  await openPortfolio(page)
  const risk = page.getByRole('region', { name: 'Risk of the positions' })
  await expect(risk.getByText('Volatility a year')).toBeVisible()
  await expect(risk.locator('dd').first()).toHaveText(/^\d+\.\d %$/)
  const stress = page.getByRole('treegrid', { name: 'Stress' })
  await expect(stress.getByRole('row')).toHaveCount(4)
  await stress.getByRole('row').nth(1).press('Enter')
  await expect(stress).toContainText('If every stop were hit now')
  await page.getByLabel('From').fill('2026-05-01')
  await expect(page.getByText('To is empty; give the last day of the window, or clear both.')).toBeVisible()
  await page.getByLabel('To', { exact: true }).fill('2026-08-31')
  await expect(stress.getByRole('row', { name: /The chosen window/ })).toBeVisible(wait)
  await expect(page.getByRole('img', { name: /present positions, held without trading/ })).toBeVisible()
})

test('correlations are read cell by cell with the arrows, as a table and as a file', async ({ page, book }) => {
  expect(book.origin).toContain('http')
  await openPortfolio(page)
  await page.keyboard.press('c')
  const map = page.getByRole('img', { name: /^Correlations of \d+ instruments, measured/ })
  await expect(map).toBeVisible(wait)
  await cell(page).focus()
  await expect(cell(page)).toHaveAttribute('aria-label', / with itself: 1\.$/)
  await page.keyboard.press('ArrowRight')
  await expect(cell(page)).toHaveAttribute('aria-label', /measured between .* \(95 %\), n = \d+ of \d+; shrunk/)
  await expect(cell(page)).toHaveAttribute('aria-colindex', '2')
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowRight')
  await expect(cell(page)).toHaveAttribute(
    'aria-colindex',
    String(await page.getByRole('grid', { name: /^Cells/ }).getAttribute('aria-colcount')),
  )
  await page.getByRole('radio', { name: 'Shrunk' }).click()
  await expect(page.getByRole('img', { name: /^Correlations of \d+ instruments, shrunk/ })).toBeVisible()
  await page.getByRole('button', { name: 'Data table' }).first().press('Enter')
  const table = page.getByRole('region', { name: 'Correlation, data table' })
  await expect(table.getByRole('row').nth(1)).toBeAttached()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV', exact: true }).first().press('Enter'),
  ])
  expect(await readFile(await download.path(), 'utf8')).toContain('Pair,With,Measured,Low,High,n,Shrunk,Denoised')
  await expect(page.getByRole('img', { name: /^Eigenvalues of \d+ modes/ })).toBeVisible()
})

test('a portfolio is weighed under limits; what binds is priced and what cannot hold is said', async ({
  page,
  book,
}) => {
  expect(book.origin).toContain('http')
  await openWeights(page)
  await expect(
    proposal(page)
      .getByRole('treegrid', { name: /^Weights/ })
      .getByRole('row')
      .nth(1),
  ).toBeVisible()
  await expect(page.getByRole('treegrid', { name: /shadow prices/ })).toContainText('binds')
  await expect(page.getByRole('img', { name: /^Efficient frontier/ })).toBeVisible(wait)
  await page.getByLabel('Volatility ≤').fill('4')
  await expect(proposal(page)).toContainText('Of earlier inputs')
  await expect(page.getByRole('button', { name: 'Make the plan' })).toBeDisabled()
  await page.keyboard.press('Control+r')
  await expect(proposal(page).locator('dd').first()).toHaveText(/^4\.0 %/, wait)
  await page.getByLabel('Volatility ≤').fill('-4')
  await expect(page.getByText(/^Volatility is −4 % a year; give a number between/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Weigh', exact: true })).toBeDisabled()
  await page.getByLabel('Volatility ≤').fill('')
  await page.getByLabel('Invested ≥').fill('100')
  await page.getByLabel('Most', { exact: true }).fill('5')
  await page.keyboard.press('Control+r')
  await expect(proposal(page)).toContainText('NO PORTFOLIO', wait)
  await expect(proposal(page).getByText('These cannot hold together')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Make the plan' })).toHaveCount(0)
})

test('a plan is recorded by a second press that is meant, as decisions of one group', async ({ page, book }) => {
  expect(book.origin).toContain('http')
  await openWeights(page)
  await page.getByLabel('No-trade').fill('2')
  await page.getByRole('button', { name: 'Make the plan' }).press('Enter')
  const record = page.getByRole('button', { name: 'Record plan' })
  await expect(record).toBeVisible(wait)
  await expect(page.getByRole('treegrid', { name: 'Orders of the plan' })).toContainText(/approved|reduced|refused/)
  await record.press('Enter')
  const again = page.getByRole('button', { name: /^Press again to record \d+ decision/ })
  await expect(again).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(again).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(record).toBeVisible()
  await record.press('Enter')
  await page.waitForTimeout(900)
  await again.press('Enter')
  await expect(page.getByText(/\d+ decisions? (are|is) recorded as/)).toBeVisible(wait)
  const seq = await proposal(page).locator('a[href="#/decisions"]').first().innerText()
  await book.open('#/decisions')
  await expect(page.getByRole('row').filter({ hasText: seq }).first()).toBeVisible(wait)
})

test('a basket of orders is looked at together and nothing is recorded', async ({ page, book }) => {
  expect(book.origin).toContain('http')
  await openPortfolio(page)
  await page.keyboard.press('w')
  await page.getByLabel('Symbol').fill('NVDA')
  await page.getByLabel('Stop').fill('120')
  await page.getByRole('button', { name: 'Add an order' }).press('Enter')
  await page.getByLabel('Symbol').nth(1).fill('AAPL')
  await page.getByRole('radiogroup', { name: 'Side of order 2' }).getByRole('radio', { name: 'Sell' }).click()
  await page.keyboard.press('Control+r')
  const answers = page.getByRole('treegrid', { name: /governor says/ })
  await expect(answers.getByRole('row')).toHaveCount(3, wait)
  await expect(page.getByRole('meter').first()).toBeVisible()
  await page.getByRole('button', { name: 'Drop order 2' }).press('Enter')
  await expect(page.getByText('Changed since: look again.')).toBeVisible()
})

test('sensors tell what they read, whether they abstain and which one binds', async ({ page, book }) => {
  test.setTimeout(120_000)
  expect(book.origin).toContain('http')
  await openPortfolio(page)
  await page.keyboard.press('s')
  const lyapunov = page.getByRole('region', { name: 'Lyapunov exponent' })
  await expect(lyapunov).toBeVisible({ timeout: 90_000 })
  await expect(lyapunov).toContainText(/ABSTAINS|STABLE|MODERATE|CHAOTIC/)
  await expect(page.getByText('Weakest link', { exact: true })).toBeVisible()
  for (const name of ['Ising susceptibility', 'Eigenvalue excess', 'Volatility regime', 'Market regime']) {
    const tile = page.getByRole('region', { name })
    await expect(tile.getByText('To size', { exact: true })).toBeVisible()
    await expect(tile.getByRole('img')).toBeVisible()
  }
})

test('what is wrong with instruments and look-back is said at the field', async ({ page, book }) => {
  expect(book.origin).toContain('http')
  await openPortfolio(page)
  await page.keyboard.press('c')
  await page.getByLabel('Instruments').fill('NOSUCH')
  await expect(page.getByText(/NOSUCH is not a known instrument/).first()).toBeVisible(wait)
  await page.getByLabel('Look-back').fill('5')
  await expect(page.getByText(/^Look-back is 5 periods; give a whole number from 20 to 2,000/)).toBeVisible()
  await page.getByLabel('Look-back').fill('')
  await page.getByLabel('Instruments').fill('')
  await expect(page.getByRole('img', { name: /^Correlations of/ })).toBeVisible(wait)
})

test('it is accessible in both themes, and narrow windows need no scrolling sideways', async ({ page, book }) => {
  test.setTimeout(300_000)
  expect(book.origin).toContain('http')
  await openPortfolio(page)
  for (const name of [/^Risk/, /^Correlation/, /^Weights/, /^What-if/]) {
    await view(page, name).click()
    if (String(name).includes('Weights'))
      await expect(page.getByRole('button', { name: 'Make the plan' })).toBeEnabled(wait)
    if (String(name).includes('Corr')) await expect(cell(page)).toBeAttached(wait)
    await expectAccessible(page)
    await expectReflow(page)
  }
  await view(page, /^Sensors/).click()
  await expect(page.getByRole('region', { name: 'Lyapunov exponent' })).toBeVisible({ timeout: 90_000 })
  await expectAccessible(page)
  await expectReflow(page)
})
