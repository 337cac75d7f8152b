import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, expectReflow, test } from './own-book.ts'

const riskPerTrade = (page: Page): Locator => page.getByLabel('Most risk per trade', { exact: true })

test('a setting is changed and taken back with the keyboard alone', async ({ page, book }) => {
  await book.open('#/ticket')
  await page.keyboard.press('Control+8')
  await expect(riskPerTrade(page)).toHaveValue('2')
  await page.keyboard.press('Control+f')
  await page.keyboard.type('risk per trade')
  await expect(page.getByRole('region', { name: 'General' })).toBeHidden()
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(riskPerTrade(page)).toBeFocused({ timeout: 100 })
  }).toPass()
  await page.keyboard.type('1.5')
  await expect(page.getByText('1 change not saved')).toBeVisible()
  await expect(page.getByText('changed, was 2 %')).toBeVisible()
  await page.keyboard.press('Control+s')
  await expect(page.getByText(/^Profile saved as version/)).toBeVisible()
  await page.reload()
  await expect(riskPerTrade(page)).toHaveValue('1.5')
})

test('a saved change is undone from its message', async ({ page, book }) => {
  await book.open('#/settings/profile')
  await riskPerTrade(page).fill('1.5')
  await page.keyboard.press('Control+s')
  await expect(page.getByText(/^Profile saved as version/)).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('The values before are in force again')).toBeVisible()
  await expect(riskPerTrade(page)).toHaveValue('2')
})

test('all faults stand at their fields, and nothing is saved while there is one', async ({ page, book }) => {
  await book.open('#/settings/profile')
  await riskPerTrade(page).fill('200')
  await page.getByLabel('Most loss a day', { exact: true }).fill('x')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('2 faults, shown at the fields')).toBeVisible()
  await expect(riskPerTrade(page)).toHaveAttribute('aria-invalid', 'true')
  await expect(riskPerTrade(page)).toBeFocused()
  await expect(page.getByText('Most risk per trade is 200 %; allowed is 0 to 100 %.')).toBeVisible()
  await riskPerTrade(page).fill('0')
  await page.getByLabel('Most loss a day', { exact: true }).fill('0')
  await page.keyboard.press('Control+s')
  await expect(page.getByText(/ceilings\.risk_per_trade\.max.*above/)).toBeVisible()
  await expect(page.getByText(/ceilings\.daily_loss\.max.*above/)).toBeVisible()
  await page.getByRole('button', { name: 'Drop the changes' }).click()
  await expect(riskPerTrade(page)).toHaveValue('2')
})

test('what was typed is kept while another screen is shown', async ({ page, book }) => {
  await book.open('#/settings/profile')
  await riskPerTrade(page).fill('1.25')
  await page.keyboard.press('Control+2')
  await expect(page.getByRole('heading', { name: 'Exposure and limits' })).toBeVisible()
  await page.keyboard.press('Control+8')
  await expect(riskPerTrade(page)).toHaveValue('1.25')
  await page.getByRole('button', { name: 'Drop the changes' }).click()
})

test('a rule is switched off and on with its settings', async ({ page, book }) => {
  await book.open('#/settings/profile')
  const rule = page.getByRole('region', { name: 'Ceiling: Risk per trade' })
  await rule.getByRole('radio', { name: 'On' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(riskPerTrade(page)).toBeHidden()
  await page.keyboard.press('Control+s')
  await expect(page.getByText(/^Profile saved as version/)).toBeVisible()
  await page.reload()
  await expect(rule.getByRole('radio', { name: 'Off' })).toBeChecked()
  await rule.getByRole('radio', { name: 'On' }).click()
  await page.keyboard.press('Control+s')
  await expect(riskPerTrade(page)).toHaveValue(/^\d/)
})

test('another profile is chosen and its limits hold', async ({ page, book }) => {
  await book.open('#/settings/profile')
  await page.getByText(/other profiles$/).click()
  await page.getByRole('button', { name: 'Use the profile Strategy budgets' }).click()
  await expect(page.getByText(/is in force for the next order/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Use the profile Discretionary' })).toBeVisible()
  await expect(riskPerTrade(page)).toHaveValue('1')
})

test('an instrument is added from its class, refused while it is incomplete, then found', async ({ page, book }) => {
  await book.open('#/settings/instruments')
  await page.getByLabel('New').selectOption('future')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByLabel('Symbol', { exact: true })).toBeFocused()
  await page.keyboard.type('MNQZ6')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Point value is empty: it is needed.')).toBeVisible()
  await expect(page.getByText('Tick is empty: it is needed.')).toBeVisible()
  await page.getByLabel('Tick', { exact: true }).fill('0.25')
  await page.getByLabel('Point value').fill('2')
  await page.getByLabel('Clusters').fill('us_index, tech')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('MNQZ6 saved')).toBeVisible()
  await page.keyboard.press('Control+f')
  await page.keyboard.type('mnq')
  await expect(page.getByRole('grid', { name: 'Instruments' }).locator('tr[data-row]')).toHaveCount(1)
  await page.reload()
  await page.getByRole('row', { name: /^MNQZ6/ }).click()
  await expect(page.getByLabel('Clusters')).toHaveValue('us_index, tech')
})

test('a strategy gets its budget', async ({ page, book }) => {
  await book.open('#/settings/strategies')
  await page.getByRole('button', { name: 'New strategy' }).click()
  await page.keyboard.type('gap')
  await page.getByLabel('Budget', { exact: true }).fill('12.5')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Strategy gap saved')).toBeVisible()
  await expect(page.getByRole('row', { name: /^gap/ })).toContainText('12.50 %')
})

test('the account is renamed, its equity stated, money booked', async ({ page, book }) => {
  await book.open('#/settings/account')
  const mode = page.getByText('Session').first()
  await expect(mode).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('Swing account')
  await page.getByLabel('Time zone').fill('Mars/Base')
  await expect(page.getByText('“Mars/Base” is not known')).toBeVisible()
  await page.getByLabel('Time zone').fill('Europe/Berlin')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Account saved')).toBeVisible()
  await expect(page.getByText('Swing account').first()).toBeVisible()
  await page.getByLabel('Equity is').fill('120000')
  await page.keyboard.press('Enter')
  await expect(page.getByText('120,000.00 USD').first()).toBeVisible()
  await page.getByLabel('Kind').selectOption('withdrawal')
  await page.getByLabel('Amount').fill('500')
  await page.keyboard.press('Enter')
  await expect(page.getByText('119,500.00 USD').first()).toBeVisible()
})

test('looks are chosen by key and kept', async ({ page, book }) => {
  await book.open('#/settings/appearance')
  await page.getByRole('radio', { name: 'System', exact: true }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await page.getByLabel('Numbers as in').selectOption('de-DE')
  await expect(page.getByText('1.234.567,125')).toBeVisible()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect(page.getByText('1.234.567,125')).toBeVisible()
})

test('axe finds nothing in the profile and the instruments, and they reflow', async ({ page, book }) => {
  await book.open('#/settings/profile')
  await page.getByRole('searchbox', { name: 'Find' }).fill('ceiling')
  await expect(riskPerTrade(page)).toBeVisible()
  await expectAccessible(page)
  await expectReflow(page)
  await book.open('#/settings/instruments')
  await page.getByRole('row', { name: /^MESZ6/ }).click()
  await expect(page.getByLabel('Point value')).toBeVisible()
  await expectAccessible(page)
  await expectReflow(page)
})

test('axe finds nothing in the other settings, and they reflow', async ({ page, book }) => {
  for (const [section, heading] of [
    ['strategies', 'Strategies'],
    ['account', 'Account'],
    ['books', 'Books'],
    ['appearance', 'Appearance'],
    ['about', 'About Ballast'],
  ] as const) {
    await book.open(`#/settings/${section}`)
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible()
    if (section === 'strategies') await page.getByRole('row', { name: /^breakout/ }).click()
    await expectAccessible(page)
    await expectReflow(page)
  }
})
