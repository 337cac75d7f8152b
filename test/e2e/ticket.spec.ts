import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { useSampleBook } from './sample-book.ts'

const field = (page: Page, label: string): Locator => page.locator('main form').getByLabel(label, { exact: true })
const size = (page: Page): Locator => page.getByTestId('size')
const dock = (page: Page): Locator => page.getByRole('region', { name: 'Size', exact: true })

/** Opens the sample book's ticket with AAPL, its last price for entry and a stop two ranges below. */
async function openAapl(page: Page, openDesk: (hash?: string) => Promise<void>): Promise<void> {
  await openDesk('#/ticket')
  await useSampleBook(page)
  await expect(field(page, 'Symbol')).not.toHaveValue('')
  await field(page, 'Symbol').fill('AAPL')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'AAPL' })).toBeVisible()
  const offer = page.getByRole('button', { name: /^2 ATR/ })
  await offer.click()
  await expect(size(page)).toHaveText(/^[1-9]/)
}

test('an order is sized and recorded with the keyboard alone, and is found again', async ({ page, openDesk, api }) => {
  await openDesk('#/ticket')
  await useSampleBook(page)
  await expect(field(page, 'Symbol')).not.toHaveValue('')
  await page.keyboard.press('/')
  await expect(field(page, 'Symbol')).toBeFocused()
  await page.keyboard.type('btc')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'BTCUSD' })).toBeVisible()
  await expect(field(page, 'Entry')).not.toHaveValue('')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(field(page, 'Entry')).toBeFocused()
  const stop = (Number((await field(page, 'Entry').inputValue()).replaceAll(',', '')) * 0.95).toFixed(2)
  await page.keyboard.press('Tab')
  await expect(field(page, 'Stop')).toBeFocused()
  await page.keyboard.type(stop)
  await page.keyboard.press('Tab')
  await expect(size(page)).toHaveText(/^0\.\d*[1-9]/)
  await page.keyboard.press('Control+Enter')
  const link = dock(page).getByRole('link')
  await expect(dock(page)).toContainText('Recorded')
  await expect(page.getByTestId('hash')).toHaveText(/^[0-9a-f]{4}-[0-9a-f]{4}$/)

  // Read once recorded: while one types, the size still follows the last keystrokes.
  const shown = Number((await size(page).innerText()).replaceAll(',', ''))
  const found = await api.get(`/api/decisions/${await link.innerText()}`)
  const { decision } = (await found.json()) as { decision: { quantity: string; hash: string; stop: string } }
  expect(Number(decision.quantity)).toBe(shown)
  expect(Number(decision.stop)).toBe(Number(stop))
  expect(await page.getByTestId('hash').getAttribute('title')).toBe(decision.hash)

  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('button', { name: 'Recorded' })).toBeDisabled()
})

test('a stop on the wrong side is named at its field, sizes nothing, and the refusal can be recorded', async ({
  page,
  openDesk,
}) => {
  await openAapl(page, openDesk)
  const entry = Number((await field(page, 'Entry').inputValue()).replaceAll(',', ''))
  await field(page, 'Stop').fill((entry + 10).toFixed(2))
  await expect(size(page)).toHaveText('0')
  await expect(dock(page)).toContainText('STOP_WRONG_SIDE')
  await expect(field(page, 'Stop')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.locator('main form')).toContainText('wrong side')
  await page.getByRole('button', { name: /^Record refusal/ }).click()
  await expect(dock(page)).toContainText('Recorded')
})

test('a number with two readings does not count until one is taken', async ({ page, openDesk }) => {
  await openAapl(page, openDesk)
  await field(page, 'Quantity').fill('1,234')
  await expect(page.getByText('Read as one thousand two hundred thirty-four.')).toBeVisible()
  await expect(size(page)).toHaveText('0')
  await page.getByRole('button', { name: '1.234?' }).click()
  await expect(field(page, 'Quantity')).toHaveValue('1.234')
  await expect(size(page)).toHaveText('1')
  await field(page, 'Quantity').fill('12 shares')
  await expect(page.locator('main form')).toContainText('is not a number')
  await expect(size(page)).toHaveText('0')
})

test('a price field does arithmetic, moves by ticks and gives back what it held', async ({ page, openDesk }) => {
  await openAapl(page, openDesk)
  const stop = field(page, 'Stop')
  await stop.fill('=(400-20)/2')
  await page.keyboard.press('Enter')
  await expect(stop).toHaveValue('190.00')
  await page.keyboard.press('ArrowUp')
  await expect(stop).toHaveValue('190.01')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(stop).toHaveValue('189.91')
  await field(page, 'Target').focus()
  await stop.focus()
  await page.keyboard.type('77')
  await page.keyboard.press('Escape')
  await expect(stop).toHaveValue('189.91')
})

test('price tags are sliders for the keyboard and can be dragged', async ({ page, openDesk }) => {
  await openAapl(page, openDesk)
  const before = Number(await field(page, 'Stop').inputValue())
  const tag = page.getByRole('slider', { name: 'Stop' })
  await tag.focus()
  await page.keyboard.press('ArrowDown')
  await expect(field(page, 'Stop')).toHaveValue((before - 0.01).toFixed(2))
  await page.keyboard.press('Shift+ArrowUp')
  await expect(field(page, 'Stop')).toHaveValue((before + 0.09).toFixed(2))

  const box = await tag.boundingBox()
  if (box === null) throw new Error('the tag has a place on the page')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x, y - 30, { steps: 5 })
  await page.mouse.up()
  expect(Number(await field(page, 'Stop').inputValue())).toBeGreaterThan(before + 0.5)
  await expect(tag).toHaveAttribute('aria-valuetext', /R$/)
})

test('single keys choose side and unit, and letters in a field stay letters', async ({ page, openDesk }) => {
  await openAapl(page, openDesk)
  await page.keyboard.press('F6')
  await page.keyboard.press('s')
  await expect(page.getByRole('radio', { name: /Short/ })).toBeChecked()
  await page.keyboard.press('l')
  await expect(page.getByRole('radio', { name: /Long/ })).toBeChecked()
  await field(page, 'Risk').fill('0.5')
  await page.keyboard.press('F6')
  await page.keyboard.press('u')
  await expect(page.getByRole('radio', { name: 'USD' })).toBeChecked()
  await expect(field(page, 'Risk')).toHaveValue(/^\d{3}/)
  await field(page, 'Note').fill('')
  await page.keyboard.type('sell less')
  await expect(field(page, 'Note')).toHaveValue('sell less')
  await expect(page.getByRole('radio', { name: /Long/ })).toBeChecked()
})

test('the ladder answers why in place: what binds first, and the derivation on Alt+I', async ({ page, openDesk }) => {
  await openAapl(page, openDesk)
  await field(page, 'Quantity').fill('100000')
  await expect(dock(page)).toContainText('of 100,000 proposed')
  const rows = page.getByRole('table', { name: 'Constraint ladder' }).getByRole('row')
  await expect(rows.nth(1)).toContainText('binding')
  await expect(rows.nth(1)).toContainText(await size(page).innerText())
  await rows.nth(1).focus()
  await page.keyboard.press('ArrowDown')
  await expect(rows.nth(2)).toBeFocused()
  const steps = page.getByRole('list', { name: 'How it came about' }).getByRole('listitem')
  const stages = await steps.count()
  await page.keyboard.press('F6')
  await page.keyboard.press('Alt+i')
  await expect.poll(() => steps.count()).toBeGreaterThan(stages)
})

test('every chart has its numbers as a table', async ({ page, openDesk }) => {
  await openAapl(page, openDesk)
  await page.getByRole('button', { name: 'Data table' }).click()
  const table = page.getByRole('region', { name: 'AAPL, data table' })
  await expect(table.getByRole('columnheader', { name: 'Close' })).toBeVisible()
  expect(await table.getByRole('row').count()).toBeGreaterThan(20)
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
    [400, 900],
  ] as const) {
    test(`axe finds nothing and nothing sticks out, ${colorScheme} ${width}×${height}`, async ({ page, openDesk }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height })
      await openAapl(page, openDesk)
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      const record = page.getByRole('button', { name: /^Record/ })
      await expect(record).toBeInViewport()
    })
  }
}

test('at 320 pixels the ticket is one column and nothing sticks out', async ({ page, openDesk }) => {
  await page.setViewportSize({ width: 320, height: 700 })
  await openAapl(page, openDesk)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
})
