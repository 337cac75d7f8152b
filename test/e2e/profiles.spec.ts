import { expect, expectAccessible, expectReflow, test } from './own-book.ts'

const ORDER = { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '200', strategy: 'breakout' }

test('what a change does to the order on the ticket is shown before it is saved, with the keyboard alone', async ({
  page,
  book,
}) => {
  await book.open('#/ticket')
  await expect(page.getByLabel('Symbol')).not.toHaveValue('')
  await page.getByLabel('Stop', { exact: true }).fill('190')
  await expect(page.getByTestId('size').first()).toHaveText(/^[1-9]/)
  await page.keyboard.press('Control+8')
  await page.keyboard.press('Control+f')
  await page.keyboard.type('most risk per trade')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.getByLabel('Most risk per trade', { exact: true }).fill('0.1')
  const diff = page.getByRole('region', { name: 'What these changes do' })
  await expect(diff.getByRole('table', { name: 'What changes' })).toContainText('now: allows less')
  await expect(diff).toContainText('bound by risk per trade')
  await expect(diff.getByRole('table', { name: 'Limits that move for this order' })).toContainText('Risk per trade')
  await page.keyboard.press('Control+s')
  await expect(page.getByText(/^Profile saved as version/)).toBeVisible()
})

test('another profile is compared, used, and the version before put in force again', async ({ page, book }) => {
  await book.open('#/settings/profile')
  await page.getByText(/other profiles$/).click()
  await page.getByRole('button', { name: 'Compare with the profile Leveraged Kelly' }).click()
  await expect(page.getByRole('table', { name: 'What changes' })).toContainText('Sizing method')
  await page.getByRole('button', { name: 'Use the profile Leveraged Kelly' }).click()
  await expect(page.getByText(/is in force for the next order/)).toBeVisible()
  await book.open('#/settings/versions')
  await page.getByRole('row', { name: /^discretionary/ }).click()
  await page.getByRole('button', { name: 'Put in force' }).click()
  await expect(page.getByText(/discretionary version 1 is in force again/)).toBeVisible()
})

test('a strategy is assigned a method after its last decisions were seen side by side, and taken back', async ({
  page,
  book,
}) => {
  await book.size(ORDER)
  await book.open('#/settings/assign')
  await page.getByLabel('Orders of').selectOption('breakout')
  await page.getByLabel('Method').selectOption('fixed_fraction')
  const lines = page.getByRole('table', { name: 'Last decisions side by side' })
  await expect(lines).toContainText('fixed_risk')
  await expect(lines).toContainText('fixed_fraction')
  await page.getByRole('button', { name: 'Assign' }).click()
  await expect(page.getByText('Last: breakout is sized by the method fixed_fraction.')).toBeVisible()
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByText('The assignment is taken back')).toBeVisible()
})

test('the account is given a program, and its floors are shown', async ({ page, book }) => {
  await book.open('#/settings/firm')
  await page.getByRole('row', { name: /^FTMO 2-step/ }).click()
  await page.getByRole('button', { name: 'Give the account this program' }).click()
  const view = page.getByRole('region', { name: 'The account under its program' })
  await expect(view).toContainText('FTMO 2-step challenge')
  await expect(view).toContainText('floor 90,000.00')
  await expect(view).toContainText('switched off')
  await page.getByRole('button', { name: 'Leave the program…' }).click()
  await page.getByPlaceholder('Why it may allow more').fill('Only looking.')
  await page.keyboard.press('Enter')
  await expect(page.getByText('No program')).toBeVisible()
})

for (const section of ['versions', 'assign', 'firm']) {
  test(`axe finds nothing in the settings of ${section}, and they reflow`, async ({ page, book }) => {
    await book.open(`#/settings/${section}`)
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
    const row = page.locator('tr[data-row]').first()
    if (section !== 'assign') await row.click()
    else await page.getByLabel('Method').selectOption('kelly_trades')
    await expectAccessible(page)
    await expectReflow(page)
  })
}
