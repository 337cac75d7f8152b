import { ExchangeStandIn, KEYS } from '../brokers/exchange/exchange-stand-in.ts'
import { test } from './live-book.ts'
import { expect, expectAccessible, expectReflow } from './own-book.ts'

const standIn = new ExchangeStandIn()

test.beforeAll(async () => {
  // The desk host takes its keys from here.
  process.env['BALLAST_EXCHANGE_KEY'] = KEYS.key
  process.env['BALLAST_EXCHANGE_SECRET'] = KEYS.secret
  await standIn.listen()
})
test.afterAll(() => standIn.stop())

test('a live book is connected to an exchange, tested before, and compared', async ({ page, live }) => {
  await live.open('#/settings/broker')
  await expect(page.getByRole('heading', { name: 'Broker' })).toBeVisible()
  await page.getByRole('radio', { name: 'To an exchange' }).click()
  await page.getByLabel('Network', { exact: true }).selectOption('address')
  await page.getByLabel('Address', { exact: true }).fill(standIn.address)
  await expect(page.getByText(`set, ends in ${KEYS.key.slice(-4)}`)).toBeVisible()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('The account answers: 0 positions there. Nothing was sent.')).toBeVisible({
    timeout: 20_000,
  })
  await expect(page.getByText('AAPL is not a symbol of the exchange.')).toBeVisible()
  await page.getByRole('button', { name: 'Use for this book' }).click()
  await expect(page.getByText('Orders go to the exchange.')).toBeVisible()
  await expect(page.getByText('answers', { exact: true })).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Compare now' }).click()
  await expect(page.getByText(/^Book and broker agree/)).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page)
  await expectReflow(page)
  expect(await page.content()).not.toContain(KEYS.key)
  expect(standIn.heard.filter((call) => call.startsWith('POST'))).toEqual([])
})
