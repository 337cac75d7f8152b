import { expect, test } from './own-book.ts'

test('a book is made from Settings, and each book keeps its own', async ({ page, book }) => {
  await book.open('#/settings/profile')
  await page.getByLabel('Most risk per trade', { exact: true }).fill('1.5')
  await page.getByRole('link', { name: 'Books' }).click()
  await expect(page.getByText('sample.ballast')).toBeVisible()
  await page.getByRole('button', { name: 'New book…' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Second')
  await page.getByLabel('Equity').fill('50000')
  await page.getByRole('button', { name: 'Make the book' }).click()
  await expect(page.getByText('PAPER', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open Sample' })).toBeVisible()

  await page.getByRole('link', { name: /^Profile/ }).click()
  await expect(page.getByLabel('Most risk per trade', { exact: true })).toHaveValue('2')
  await page.keyboard.press('Control+2')
  await expect(page.getByText('No position is open.')).toBeVisible()
  await page.keyboard.press('Control+7')
  await expect(page.getByRole('heading', { name: 'No decision recorded' })).toBeVisible()

  await book.open('#/settings/books')
  await page.getByRole('button', { name: 'Open Sample' }).click()
  await expect(page.getByText('SAMPLE', { exact: true })).toBeVisible()
  await page.keyboard.press('Control+2')
  await expect(page.getByRole('treegrid', { name: 'Open positions' }).getByRole('row', { name: /^NVDA/ })).toBeVisible()
})
