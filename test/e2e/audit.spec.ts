import { readFile } from 'node:fs/promises'
import { expect, expectAccessible, expectReflow, test, type OwnBook } from './own-book.ts'

/** One order that passes and two that are refused. */
async function threeDecisions(book: OwnBook): Promise<string> {
  const { decisionId } = await book.size({ symbol: 'AAPL', side: 'buy', entry: 'market', stop: '200', risk: '0.005' })
  await book.size({ symbol: 'NVDA', side: 'buy', entry: '100', stop: '105', note: '=1+1' })
  await book.size({ symbol: 'MESZ6', side: 'sell', entry: 'market' })
  return decisionId
}

test('a decision is found and replayed with the keyboard alone', async ({ page, book }) => {
  const decisionId = await threeDecisions(book)
  await book.open('#/ticket')
  await page.keyboard.press('Control+7')
  await expect(page.getByText('3 of 3 decisions')).toBeVisible()
  await page.keyboard.press('Control+f')
  await page.keyboard.type('symbol:AAPL')
  await expect(page.getByText('1 of 1 found')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('grid', { name: /^Decisions/ }).getByRole('row', { name: /AAPL/ })).toBeFocused()
  await page.keyboard.press('Space')
  await expect(page).toHaveURL(new RegExp(`${decisionId}$`))
  const detail = page.getByRole('region', { name: 'Detail' })
  await expect(detail.getByText(decisionId)).toBeVisible()
  await page.keyboard.press('r')
  await expect(detail.getByText('IDENTICAL', { exact: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(detail.getByRole('group', { name: 'Decision' })).toBeFocused()
})

test('the arrows move through decisions and the detail follows, without filling the history', async ({
  page,
  book,
}) => {
  await threeDecisions(book)
  await book.open('#/desk')
  await page.getByRole('link', { name: 'All decisions' }).click()
  const rows = page.getByRole('grid', { name: /^Decisions/ }).locator('tr[data-row]')
  await rows.first().click()
  await expect(page.getByRole('heading', { name: /^MESZ6/ })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('heading', { name: /^NVDA/ })).toBeVisible()
  await page.keyboard.press('End')
  await expect(page.getByRole('heading', { name: /^AAPL/ })).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/#\/desk$/)
})

test('a search that is not understood says so, one that finds nothing too', async ({ page, book }) => {
  await threeDecisions(book)
  await book.open('#/decisions')
  const search = page.getByRole('searchbox', { name: 'Search decisions' })
  await search.fill('outcome:maybe')
  await expect(page.getByText('write approved, reduced or refused')).toBeVisible()
  await search.fill('code:STOP_WRONG_SIDE')
  await expect(page.getByText('1 of 1 found')).toBeVisible()
  await search.fill('symbol:TSLA')
  await expect(page.getByRole('heading', { name: 'Nothing was found' })).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(page.getByText('3 of 3 decisions')).toBeVisible()
})

test('the search is kept while another screen is shown', async ({ page, book }) => {
  await threeDecisions(book)
  await book.open('#/decisions')
  await page.getByRole('searchbox', { name: 'Search decisions' }).fill('symbol:NVDA')
  await expect(page.getByText('1 of 1 found')).toBeVisible()
  await page.keyboard.press('Control+2')
  await expect(page.getByRole('heading', { name: 'Exposure and limits' })).toBeVisible()
  await page.keyboard.press('Control+7')
  await expect(page.getByText('1 of 1 found')).toBeVisible()
})

test('the list is exported as it is filtered, safe for a spreadsheet', async ({ page, book }) => {
  await threeDecisions(book)
  await book.open('#/decisions')
  await page.getByRole('searchbox', { name: 'Search decisions' }).fill('outcome:refused')
  await expect(page.getByText('2 of 2 found')).toBeVisible()
  const downloading = page.waitForEvent('download')
  await page.keyboard.press('Control+e')
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^ballast-decisions-\d{4}-\d\d-\d\d\.csv$/)
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toContain('decisionId')
})

test('every row of the log is listed, and the log is verified by key', async ({ page, book }) => {
  await threeDecisions(book)
  await book.open('#/decisions')
  await page.getByRole('radio', { name: 'All rows of the log' }).click()
  const rows = page.getByRole('treegrid', { name: /^Rows of the audit log/ }).locator('tr[data-row]')
  await expect(rows.first()).toContainText('decision')
  await rows.first().focus()
  await page.keyboard.press('v')
  const chain = page.getByRole('status').filter({ hasText: 'Chain:' })
  await expect(chain).toContainText('verified and anchored')
  await expect(chain).toContainText(`${await rows.count()} rows`)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^Hash [0-9a-f]{64}/)).toBeVisible()
})

test('a decision that is not there is said to be so', async ({ page, book, complaints }) => {
  await book.open('#/decisions/no-such-decision')
  await expect(page.getByRole('heading', { name: 'That decision is not shown' })).toBeVisible()
  expect(complaints).toEqual([])
})

test('axe finds nothing on the audit screen, and it reflows', async ({ page, book }) => {
  const decisionId = await threeDecisions(book)
  await book.open(`#/decisions/${decisionId}`)
  await page.getByRole('button', { name: /^Replay/ }).click()
  await expect(page.getByText('IDENTICAL', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await expectReflow(page)
  await page.getByRole('radio', { name: 'All rows of the log' }).click()
  await expectAccessible(page)
  await expectReflow(page)
})
