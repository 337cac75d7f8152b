import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { useSampleBook } from './sample-book.ts'

const field = (page: Page, label: string): Locator => page.locator('main form').getByLabel(label, { exact: true })
const size = (page: Page): Locator => page.getByTestId('size')
const sizeNow = async (page: Page): Promise<number> => Number((await size(page).innerText()).replaceAll(',', ''))

/** Opens the sample book's ticket with AAPL and a stop at 210, and leaves the focus in the ticket's pane. */
async function openAapl(page: Page, openDesk: (hash?: string) => Promise<void>): Promise<void> {
  await openDesk('#/ticket')
  await useSampleBook(page)
  await expect(field(page, 'Symbol')).not.toHaveValue('')
  await field(page, 'Symbol').fill('AAPL')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'AAPL' })).toBeVisible()
  await field(page, 'Stop').fill('210')
  await expect(size(page)).toHaveText(/^[1-9]/)
  await page.keyboard.press('F6')
}

async function axeFindsNothing(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
}

test('a method is compared and chosen with the keyboard alone', async ({ page, openDesk }) => {
  await openAapl(page, openDesk)
  const before = await sizeNow(page)
  await page.keyboard.press('m')
  const table = page.getByRole('grid', { name: 'Methods' })
  const chosen = table.getByRole('row', { name: /Fixed risk at the stop/ })
  await expect(chosen).toBeFocused()
  await expect(chosen.getByRole('gridcell').nth(4)).toHaveText(String(before))
  await page.keyboard.press('ArrowDown')
  const next = table.locator('tr[aria-selected="true"]')
  const offered = Number((await next.getByRole('gridcell').nth(4).innerText()).replaceAll(',', ''))
  await page.keyboard.press('Enter')
  await expect(field(page, 'Method')).toHaveValue('fixed_risk_atr')
  await expect(size(page)).toHaveText(String(offered))
  await page.getByRole('radio', { name: 'Bars' }).click()
  await expect(page.getByRole('img', { name: /Proposal, after brakes and after limits/ })).toBeVisible()
  await page.getByRole('button', { name: 'Data table' }).click()
  // One row a method and the head; the picker has one choice a method and the profile's own.
  const numbers = page.getByRole('region', { name: 'Units by stage, data table' })
  await expect(numbers.getByRole('row')).toHaveCount(await page.locator('select').first().locator('option').count())
  await page.keyboard.press('Escape')
  await expect(page.getByRole('slider', { name: 'Stop' })).toBeVisible()
})

test('what would allow a quantity is asked, taken over, and comes to that quantity', async ({ page, openDesk }) => {
  await openAapl(page, openDesk)
  const before = await sizeNow(page)
  await page.keyboard.press('w')
  const pane = page.getByRole('region', { name: 'Why this size' })
  const quantity = pane.getByLabel('Quantity', { exact: true })
  await expect(quantity).toBeFocused()
  await expect(quantity).toHaveValue(String(before + 1))
  const wanted = before + 12
  await page.keyboard.type(String(wanted))
  const stop = pane.getByRole('row', { name: /^Stop/ })
  await expect(stop).toContainText('≥')
  await expect(pane).toContainText(`allows ${wanted}`)
  await pane.getByRole('button', { name: 'Use this stop' }).focus()
  await page.keyboard.press('Enter')
  await expect(size(page)).toHaveText(String(wanted))
  await expect(pane).toContainText('allowed now')
  await page.getByRole('radio', { name: 'Typed by me' }).click()
  await quantity.fill('2000')
  await expect(pane).toContainText('Limits in the way of 2,000')
  await quantity.fill('1.5')
  await expect(pane).toContainText('give a multiple of the lot')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(quantity).toBeHidden()
})

test('signal and forecasts count where the fields say so', async ({ page, openDesk }) => {
  await openAapl(page, openDesk)
  const before = await sizeNow(page)
  await page.keyboard.press('f')
  const fields = page.getByRole('group', { name: 'Conviction and forecasts' })
  await fields.getByLabel('Signal', { exact: true }).fill('0.5')
  await expect(fields).toContainText('× 0.5')
  await expect.poll(() => sizeNow(page)).toBeLessThan(before * 0.6)
  await fields.getByLabel('Volatility', { exact: true }).fill('40')
  await expect(fields).toContainText('not used now')
  await field(page, 'Method').selectOption('vol_target')
  await expect(fields).toContainText('used by method')
  await fields.getByLabel('Signal', { exact: true }).fill('3')
  await expect(fields).toContainText('between -1 and 1')
  await expect(size(page)).toHaveText('0')
})

test('a recorded decision is tried with another stop, side by side, and nothing is recorded', async ({
  page,
  openDesk,
  api,
}) => {
  await openAapl(page, openDesk)
  await page.keyboard.press('Control+Enter')
  const dock = page.getByRole('region', { name: 'Size', exact: true })
  await expect(dock).toContainText('Recorded')
  const total = async (): Promise<number> =>
    ((await (await api.get('/api/decisions')).json()) as { total: number }).total
  const recorded = await total()
  await dock.getByRole('link').click()
  const detail = page.getByRole('group', { name: 'Decision' })
  await expect(detail.getByRole('button', { name: /^What-if/ })).toBeVisible()
  await detail.getByRole('button', { name: /^Replay/ }).focus()
  await page.keyboard.press('w')
  const value = detail.getByLabel('Value', { exact: true })
  await expect(value).toHaveValue('210')
  await expect(detail).toContainText('Every step is as it was recorded.')
  await value.fill('216')
  await page.keyboard.press('Enter')
  await expect(detail).toContainText('Stop 210 → 216')
  const figures = detail.getByRole('table', { name: 'Figures, stored and what-if' })
  await expect(figures.getByRole('row', { name: /^Size/ })).toContainText('changed')
  await expect(detail.getByRole('table', { name: 'Steps, stored and what-if' })).toContainText('Fixed risk at the stop')
  await axeFindsNothing(page)
  await detail.getByRole('button', { name: 'Take back Stop' }).click()
  await expect(detail).toContainText('Every step is as it was recorded.')
  await value.focus()
  await page.keyboard.press('Escape')
  await expect(value).toBeHidden()
  expect(await total()).toBe(recorded)
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, height] of [
    [1440, 900],
    [400, 900],
  ] as const) {
    test(`axe finds nothing and nothing sticks out, ${colorScheme} ${width}×${height}`, async ({ page, openDesk }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height })
      await openAapl(page, openDesk)
      await page.getByRole('button', { name: /^Methods/ }).click()
      await page.getByRole('button', { name: /^Forecasts/ }).click()
      await page.getByRole('button', { name: /^What would allow/ }).click()
      await expect(page.getByRole('row', { name: /^Stop/ })).toContainText('≥')
      await axeFindsNothing(page)
      await page.getByRole('radio', { name: 'Bars' }).click()
      await axeFindsNothing(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    })
  }
}
