import { AxeBuilder } from '@axe-core/playwright'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endDesk, expect, startDesk, test } from './fixtures.ts'
import { useSampleBook } from './sample-book.ts'

test('a first start offers the sample, an import or an empty book, and the sample can be sized at once', async ({
  page,
}) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ballast-first-'))
  const { desk, process: host } = await startDesk(dataDir)
  await page.goto(await desk.newAddress())
  await expect(page.getByRole('button', { name: 'Import my trades' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start empty' })).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  await page.getByRole('button', { name: 'Try with sample data' }).click()
  await expect(page.getByRole('region', { name: 'Book and account' })).toContainText('SAMPLE')
  await page.getByRole('button', { name: /^2 ATR/ }).click()
  await expect(page.getByTestId('size')).toHaveText(/^[1-9]/)
  await page.close()
  await endDesk(host)
  await rm(dataDir, { recursive: true })
})

test('an empty book starts without equity, says so, and sizes nothing', async ({ page }) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ballast-empty-'))
  const { desk, process: host } = await startDesk(dataDir)
  await page.goto(await desk.newAddress())
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByLabel('Day starts').fill('25:00')
  await expect(page.getByText('is not a time from 00:00 to 23:59')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Make the book' })).toBeDisabled()
  await page.getByLabel('Day starts').fill('17:00')
  await page.getByRole('button', { name: 'Make the book' }).click()
  const mode = page.getByRole('region', { name: 'Book and account' })
  await expect(mode).toContainText('PAPER')
  await expect(mode).toContainText('not known')
  await expect(page.getByTestId('size')).toHaveText('–')
  await page.close()
  await endDesk(host)
  await rm(dataDir, { recursive: true })
})

test('every screen, the palette, the keys and the panes are reached by key', async ({ page, openDesk }) => {
  await openDesk('#/ticket')
  await useSampleBook(page)
  await page.keyboard.press('Control+2')
  await expect(page).toHaveURL(/#\/desk$/)
  await expect(page.getByRole('link', { name: 'Desk' })).toHaveAttribute('aria-current', 'page')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('go to tick')
  await expect(page.getByRole('option').first()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#\/ticket$/)

  await page.keyboard.press('F1')
  const keys = page.getByRole('dialog', { name: 'Keys' })
  await expect(keys).toContainText('Record the decision')
  await expect(keys).toContainText('Next pane, previous pane')
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()

  const focused = (): Promise<string | null> =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null)
  const seen: (string | null)[] = []
  for (let press = 0; press < 5; press++) {
    await page.keyboard.press('F6')
    seen.push(await focused())
  }
  expect(seen).toEqual(['Ticket', 'Price', 'Why this size', 'Size', 'Ticket'])
  await page.keyboard.press('Shift+F6')
  expect(await focused()).toBe('Size')
})

test('theme and density are kept on this computer', async ({ page, openDesk }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await openDesk('#/kit')
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await expect.poll(ground).toBe('rgb(255, 255, 255)')
  await page.getByRole('button', { name: 'Theme system' }).click()
  await page.getByRole('button', { name: 'Theme light' }).click()
  await expect.poll(ground).toBe('rgb(18, 22, 28)')
  await page.getByRole('button', { name: 'Rows auto' }).click()
  await page.reload()
  await expect.poll(ground).toBe('rgb(18, 22, 28)')
  await expect(page.getByRole('button', { name: 'Rows compact' })).toBeVisible()
})

test('a broken line is said in words and opened again by itself', async ({ page, openDesk, complaints }) => {
  const ends: (() => void)[] = []
  let refuse = false
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    if (refuse) void socket.close({ code: 4000 })
    else {
      const server = socket.connectToServer()
      ends.push(() => {
        void server.close()
        void socket.close({ code: 4000 })
      })
    }
  })
  await openDesk('#/ticket')
  await useSampleBook(page)
  refuse = true
  for (const end of ends.splice(0)) end()
  await expect(page.getByText('connection lost, retrying')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Record/ })).toBeDisabled()
  refuse = false
  await expect(page.getByText('connection lost, retrying')).toBeHidden({ timeout: 20_000 })
  await page.getByRole('button', { name: /^2 ATR/ }).click()
  await expect(page.getByTestId('size')).toHaveText(/^[1-9]/)
  // The stand-in of the socket may pass a call on to a server it has closed already, which the browser remarks on.
  complaints.splice(0)
})

test('a desk that was started anew asks for its new address, and then serves the window again', async ({
  page,
  complaints,
}) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ballast-again-'))
  const first = await startDesk(dataDir)
  await page.goto(await first.desk.newAddress())
  await useSampleBook(page)
  await endDesk(first.process)
  await expect(page.getByText('connection lost, retrying')).toBeVisible()
  const again = await startDesk(dataDir, ['--port', new URL(first.desk.origin).port])
  await expect(page.getByText('session over: open the printed address again')).toBeVisible({ timeout: 20_000 })
  await page.goto(await again.desk.newAddress())
  await expect(page.getByRole('region', { name: 'Book and account' })).toContainText('SAMPLE')
  await endDesk(again.process)
  await rm(dataDir, { recursive: true })
  complaints.splice(0)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the component sheet, ${colorScheme}`, async ({ page, openDesk }) => {
    await page.emulateMedia({ colorScheme })
    await openDesk('#/kit')
    await expect(page.getByRole('heading', { name: 'Limit bar' })).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  })
}
