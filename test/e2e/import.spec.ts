import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectReflow, test } from './own-book.ts'

const header = 'Date,Symbol,Side,Quantity,Price,Commission,Currency,Trade ID'
const good = [
  header,
  '2026-08-03 10:15:00,AAPL,buy,10,210.50,1.00,USD,T1',
  '2026-08-04 11:00:00,AAPL,sell,4,215.20,1.00,USD,T2',
].join('\n')
const flawed = [
  good,
  '2026-08-05 12:30:00,NVDA,buy,abc,120.20,1.00,USD,T3',
  '2050-06-06 12:30:00,NVDA,buy,5,181.20,1.00,USD,T4',
].join('\n')

/** Chooses a file as the key Ctrl O does. */
async function choose(page: Page, name: string, text: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Import', level: 1 })).toBeVisible()
  const choosing = page.waitForEvent('filechooser')
  await page.keyboard.press('Control+o')
  await (await choosing).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
}

/** Chooses a file and waits until Ballast says what it seems to be. */
async function read(page: Page, name: string, text: string): Promise<void> {
  await choose(page, name, text)
  await expect(page.getByRole('region', { name: 'Steps' })).toContainText(name)
  await expect(page.getByRole('group', { name: 'Recognised as' })).toBeVisible()
}

const count = (page: Page, label: string) => page.locator('dt', { hasText: label }).locator('..').locator('dd')

test('a file is imported and undone with the keyboard alone', async ({ page, book }) => {
  await book.open('#/ticket')
  await page.keyboard.press('Control+o')
  await read(page, 'fills.csv', good)
  await expect(page.getByRole('radio', { name: /^Executions/ })).toBeChecked()
  await page.keyboard.press('Control+Enter')
  await expect(count(page, 'New')).toHaveText('2')
  await expect(page.getByText('Nothing has been written.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Import 2 rows/ })).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible()
  const batch = page.getByRole('listitem').filter({ hasText: 'fills.csv' })
  await expect(batch.getByRole('button')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(batch.getByText('undone', { exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Taken out again' })).toBeVisible()
})

test('the same file twice adds nothing', async ({ page, book }) => {
  await book.open('#/import')
  await read(page, 'fills.csv', good)
  await page.keyboard.press('Control+Enter')
  await expect(count(page, 'New')).toHaveText('2')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible()
  await read(page, 'fills.csv', good)
  await page.keyboard.press('Control+Enter')
  await expect(count(page, 'New')).toHaveText('0')
  await expect(count(page, 'Already known')).toHaveText('2')
})

test('all problems are shown at once, and a cell is corrected in place', async ({ page, book }) => {
  await book.open('#/import')
  await read(page, 'flawed.csv', flawed)
  await page.keyboard.press('Control+Enter')
  const problems = page.getByRole('treegrid', { name: 'Problems of the file' })
  await expect(count(page, 'Rejected')).toHaveText('2')
  await expect(problems).toContainText('abc')
  await expect(problems).toContainText('in the future')
  await problems.getByRole('row', { name: /abc/ }).focus()
  await page.keyboard.press('Enter')
  await problems.getByLabel('Quantity of line 4 reads').fill('3')
  await page.keyboard.press('Enter')
  await expect(count(page, 'Rejected')).toHaveText('1')
  await expect(count(page, 'New')).toHaveText('3')
  await page.getByRole('radio', { name: 'refuse the whole file' }).click()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByRole('radio', { name: 'leave them out' }).click()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible()
})

test('columns are mapped by hand, and the effect is shown before anything is written', async ({ page, book }) => {
  await book.open('#/import')
  await read(page, 'own.csv', good.replace('Symbol', 'Thing').replace('Price', 'At'))
  await page.getByRole('radio', { name: /^Executions/ }).check()
  const columns = page.getByRole('table', { name: /^Columns of the file/ })
  await columns.getByLabel('Thing holds').selectOption({ label: 'Symbol (needed)' })
  await columns.getByLabel('At holds').selectOption({ label: 'Price (needed)' })
  await expect(page.getByText('still needed')).toBeHidden()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('table', { name: 'Effect by symbol' })).toContainText('AAPL')
  await page.getByRole('button', { name: 'Save as preset…' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('My broker')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Saved as “My broker”/)).toBeVisible()
})

test('an import under way is kept while another screen is shown', async ({ page, book }) => {
  await book.open('#/import')
  await read(page, 'fills.csv', good)
  await page.keyboard.press('Control+Enter')
  await expect(count(page, 'New')).toHaveText('2')
  await page.keyboard.press('Control+2')
  await expect(page.getByRole('heading', { name: 'Exposure and limits' })).toBeVisible()
  await page.keyboard.press('Control+o')
  await expect(count(page, 'New')).toHaveText('2')
})

test('a file that is none of the known gets a sentence', async ({ page, book }) => {
  await book.open('#/import')
  await choose(page, 'photo.csv', '\u0000\u0001\u0002PNG')
  await expect(
    page.getByRole('alert').or(page.getByRole('heading', { name: 'This file is not recognised' })),
  ).toBeVisible()
})

test('axe finds nothing while a file is chosen and read, and it reflows', async ({ page, book }) => {
  await book.open('#/import')
  await expect(page.getByRole('heading', { name: 'Files that are recognised' })).toBeVisible()
  await expectAccessible(page)
  await expectReflow(page)
  await read(page, 'flawed.csv', flawed)
  await expect(page.getByRole('table', { name: /^Columns/ })).toBeVisible()
  await expectAccessible(page)
  await expectReflow(page)
})

test('axe finds nothing while a file is checked and imported, and it reflows', async ({ page, book }) => {
  await book.open('#/import')
  await read(page, 'flawed.csv', flawed)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('row', { name: /abc/ }).click()
  await expectAccessible(page)
  await expectReflow(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible()
  await expectAccessible(page)
})
