import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { aShare, type DeskLine } from './desk-line.ts'
import { expect } from './fixtures.ts'
import { test, type OwnDesk } from './own-desk.ts'

const folder = join(import.meta.dirname, '../../../shared/data/lean')
const AAPL = 'equity_usa_daily_aapl.zip'
const EURUSD = 'forex_oanda_daily_eurusd.zip'
const HOUR = 3_600_000

test.skip(!existsSync(folder), 'skipped: no shared data')
test.describe.configure({ timeout: 120_000 })

/** Imports a real file through the screen, as a person does with the keyboard. */
async function importFile(at: Page, name: string): Promise<void> {
  const steps = at.getByRole('region', { name: 'Steps' })
  const choosing = at.waitForEvent('filechooser')
  await at.keyboard.press('Control+o')
  await (await choosing).setFiles({ name, mimeType: 'application/zip', buffer: readFileSync(join(folder, name)) })
  await expect(steps).toContainText(name)
  await expect(at.getByRole('group', { name: 'Recognised as' })).toBeVisible()
  await at.keyboard.press('Control+Enter')
  await expect(at.getByRole('button', { name: /^Import [\d,]+ rows/ })).toBeFocused()
  await at.keyboard.press('Control+Enter')
  await expect(at.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible()
}

/** A paper book with the real bars in it, and what the share and the pair are traded at. */
async function realBook(
  { line: { calls }, open }: OwnDesk,
  at: Page,
  files: readonly string[],
  zone: object,
): Promise<void> {
  await calls.books.create({
    from: 'empty',
    name: 'Paper',
    kind: 'paper',
    currency: 'USD',
    equity: null,
    ...zone,
  } as never)
  await open('#/import')
  await expect(at.getByRole('heading', { name: 'Import', level: 1 })).toBeVisible()
  for (const file of files) await importFile(at, file)
  await calls.market.saveInstrument({ ...aShare('AAPL'), tickSize: '0.0001' })
  const pair = { assetClass: 'fx', calendar: 'fx', tickSize: '0.00001', spread: '0.0001' } as const
  await calls.market.saveInstrument({ ...aShare('EURUSD'), ...pair })
}

/** Plays quote by quote until the replay has come to an instant. */
async function playUntil({ feed }: DeskLine['calls'], until: number): Promise<void> {
  for (let played = 0; played < 1_000; played += 1) {
    const { at } = await feed.step({ quotes: 1 })
    if (at !== null && at >= until) return
  }
  throw new Error('the replay never came so far')
}

/** Types an order on the Ticket at the ask of the replay, with a stop so far away. */
async function typeOrder(at: Page, calls: DeskLine['calls'], symbol: string, away: number): Promise<void> {
  const { quotes } = await calls.feed.status()
  const [quote] = quotes.filter((one) => one.symbol === symbol)
  await at.keyboard.press('Control+1')
  await at.getByLabel('Symbol').fill(symbol)
  await at.keyboard.press('Enter')
  const entry = at.getByLabel('Entry', { exact: true })
  await expect(entry).toHaveValue(new RegExp(`^${quote?.ask?.slice(0, 4)}`))
  await entry.fill(quote?.ask ?? '')
  await at.getByLabel('Stop', { exact: true }).fill((Number(quote?.bid) * (1 - away)).toFixed(4))
  await at.keyboard.press('Tab')
}

/** Sizes an order on the Ticket, sends it, and waits for its fill. */
async function approveOnTicket(at: Page, calls: DeskLine['calls'], symbol: string, away: number): Promise<void> {
  await typeOrder(at, calls, symbol, away)
  await expect(at.getByTestId('size')).toHaveText(/[1-9]/)
  await expect(at.getByRole('button', { name: 'Approve (paper)' })).toBeEnabled()
  await at.keyboard.press('Control+Enter')
  const filled = async (): Promise<boolean> =>
    (await calls.trading.orders({})).some(
      (one) => one.symbol === symbol && one.role === 'entry' && one.stage === 'filled',
    )
  await expect.poll(filled).toBe(true)
}

/** Opens the desk's state over any screen. */
async function openState(at: Page): Promise<ReturnType<Page['getByRole']>> {
  await at
    .getByRole('region', { name: 'Book and account' })
    .getByRole('button', { name: /^(NORMAL|REDUCE ONLY)$/ })
    .click()
  const dialog = at.getByRole('dialog', { name: 'State of the desk' })
  await expect(dialog).toBeVisible()
  return dialog
}

test('real days of a share and a pair: filled, breached, closing only, out, and on again the next day', async ({
  page,
  room,
}) => {
  const { calls } = room.line
  await realBook(room, page, [AAPL, EURUSD], { timeZone: 'America/New_York', dayRoll: '17:00' })
  const symbols = ['AAPL', 'EURUSD']
  const from = Date.UTC(2013, 0, 14)
  await calls.feed.startReplay({ symbols, interval: '1d', from, equity: '100000', speed: 'stepped' })
  await playUntil(calls, Date.UTC(2013, 0, 22) + 16 * HOUR)

  await room.open('#/desk')
  const mode = page.getByRole('region', { name: 'Book and account' })
  const gross = page.getByRole('treegrid', { name: /^Limits of the account/ }).getByRole('row', { name: /^Gross/ })
  await expect(gross).toContainText(/(^|\s)0 ?%/)
  await approveOnTicket(page, calls, 'AAPL', 0.018)
  await approveOnTicket(page, calls, 'EURUSD', 0.02)
  await page.keyboard.press('Control+2')
  const position = (symbol: string) =>
    page.getByRole('treegrid', { name: 'Open positions' }).getByRole('row', { name: new RegExp(`^${symbol}`) })
  for (const symbol of symbols) await expect(position(symbol)).toBeVisible()
  await expect(gross).not.toContainText(/(^|\s)0 ?%/)
  await expect(mode.getByRole('button', { name: 'NORMAL' })).toBeVisible()

  // On 24 January 2013 the share opened 12 % lower: its stop is filled at the open, far below where it stood.
  await playUntil(calls, Date.UTC(2013, 0, 24) + 16 * HOUR)
  await expect(mode.getByRole('button', { name: 'REDUCE ONLY' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^REDUCE ONLY: closing only; .*loss.* Clears: / })).toBeVisible()
  await expect(position('AAPL')).toBeHidden()
  await expect(position('EURUSD')).toBeVisible()
  const breaches = page.getByRole('list', { name: 'Breaches' })
  await breaches.getByRole('button', { name: 'Acknowledge Daily loss' }).click()
  await expect(breaches).toContainText('seen')

  await typeOrder(page, calls, 'EURUSD', 0.02)
  await expect(page.getByRole('button', { name: 'Record refusal' })).toBeVisible()
  await expect(page.getByTestId('size')).toHaveText(/^0/)
  await expect(page.getByText(/REDUCE_ONLY: closing only|daily loss/i).first()).toBeVisible()
  await page.keyboard.press('Control+2')
  await position('EURUSD').click()
  await page.getByRole('button', { name: 'Close at the market' }).click()
  await expect(page.getByText('No position is open.')).toBeVisible()

  // Not before the next trading day, which begins at 17:00 in New York, and not without a reason.
  const dialog = await openState(page)
  await expect(dialog.getByText('Cannot be loosened now:')).toBeVisible()
  await page.keyboard.press('Escape')
  await playUntil(calls, Date.UTC(2013, 0, 25) + 16 * HOUR)
  await openState(page)
  await dialog.getByLabel('Reason').fill('A new day of the plan.')
  await dialog.getByRole('button', { name: 'Loosen' }).click()
  await expect(dialog.getByText('Nothing restricts the desk.')).toBeVisible()
  await page.keyboard.press('Escape')
  await approveOnTicket(page, calls, 'EURUSD', 0.02)
  expect(await calls.audit.verify()).toMatchObject({ verdict: 'verified-anchored' })
})

/** Instants of so many day rolls from a UTC noon on, as the wall clock of the zone has them: its offset is given day by day. */
const ROLLS = {
  'America/New_York': {
    dayRoll: '17:00',
    from: Date.UTC(2013, 2, 6),
    hour: 17,
    before: -5,
    after: -4,
    change: Date.UTC(2013, 2, 10, 7),
  },
  'Europe/Prague': {
    dayRoll: '00:00',
    from: Date.UTC(2013, 2, 27),
    hour: 24,
    before: 1,
    after: 2,
    change: Date.UTC(2013, 2, 31, 1),
  },
} as const

for (const timeZone of ['America/New_York', 'Europe/Prague'] as const) {
  test(`a daylight-saving Sunday begins one trading day in ${timeZone}`, async ({ page, room }) => {
    const { calls } = room.line
    const { dayRoll, from, hour, before, after, change } = ROLLS[timeZone]
    const rolls = Array.from({ length: 12 }, (_, day) => {
      const local = from + day * 24 * HOUR + hour * HOUR
      return local - (local - before * HOUR < change ? before : after) * HOUR
    })
    await realBook(room, page, [EURUSD], { timeZone, dayRoll })
    await calls.feed.startReplay({ symbols: ['EURUSD'], interval: '1d', from, equity: '100000', speed: 'stepped' })
    await playUntil(calls, from + 30 * HOUR)
    const request = { symbol: 'EURUSD', side: 'buy', entry: 'market', stop: '1.2', quantity: '20000' }
    await calls.trading.approve({ decisionId: (await calls.sizing.decide({ request })).decisionId })

    await room.open('#/desk')
    const days = new Map<number, number>()
    let opening = Number((await calls.account.get()).equity)
    for (let end = 0, equity = opening; days.size < 8;) {
      const { at } = await calls.feed.step({ quotes: 1 })
      const rolled = rolls.find((roll) => roll > (at ?? 0))
      // The desk looks at its clock once a second, and whenever it decides.
      await expect.poll(async () => (await calls.state.get()).session.end).toBe(rolled)
      const { session } = await calls.state.get()
      // The day's loss counts from the equity at the roll, once.
      if (session.end !== end) opening = equity
      equity = Number((await calls.account.get()).equity)
      if (days.size > 0) expect(Number((await calls.limits.live()).dayProfit)).toBeCloseTo(equity - opening, 2)
      if (session.end !== end) {
        days.set(session.number, session.end)
        const told = new Date(session.end + (session.end < change ? before : after) * HOUR).toISOString()
        const coming = page.getByRole('listitem').filter({ hasText: 'New day' })
        await expect(coming).toContainText(told.slice(0, 16).replace('T', ' '))
        await expect(coming).toContainText(`${dayRoll} ${timeZone}`)
      }
      end = session.end
    }
    const numbers = [...days.keys()]
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index))
  })
}
