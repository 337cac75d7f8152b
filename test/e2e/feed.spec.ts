import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { WebSocket } from 'ws'
import { aShare, importMinutes, minuteFile } from './desk-line.ts'
import { expect } from './fixtures.ts'
import { expectAccessible, expectReflow } from './own-book.ts'
import { test as base, type OwnDesk } from './own-desk.ts'

const test = base.extend<{ room: OwnDesk }>({
  room: async ({ room }, use) => {
    const { calls } = room.line
    await calls.books.create({
      from: 'empty',
      name: 'Paper',
      kind: 'paper',
      currency: 'USD',
      timeZone: 'America/New_York',
      dayRoll: '17:00',
      equity: '100000',
    })
    await calls.market.saveInstrument({ ...aShare('AAPL'), calendar: 'crypto' })
    await use(room)
  },
})

/** A bridge that sends a quote of AAPL five times a second until it is ended. */
async function bridge({ line, dataDir }: OwnDesk): Promise<{ price: (price: number) => void; end: () => void }> {
  const { address } = (await line.calls.feed.status()).live
  const token = (await readFile(join(dataDir, 'feed-token'), 'utf8')).trim()
  const socket = new WebSocket(address ?? '', { headers: { authorization: `Bearer ${token}` } })
  await new Promise<void>((resolve, reject) => socket.once('open', () => resolve()).once('error', reject))
  let price = 100
  let sent = 0
  const timer = setInterval(() => {
    sent += 1
    const bid = (price - 0.01 - (sent % 2) / 100).toFixed(2)
    socket.send(JSON.stringify({ symbol: 'AAPL', bid, ask: (price + 0.01).toFixed(2), at: Date.now() }))
  }, 200)
  return {
    price: (next) => void (price = next),
    end: () => {
      clearInterval(timer)
      socket.terminate()
    },
  }
}

async function openPanel(at: Page): Promise<void> {
  await expect(at.getByRole('group', { name: 'Live feed' })).toBeVisible()
  await at.keyboard.press('f')
}

async function startBridge(at: Page): Promise<void> {
  const form = at.getByRole('form', { name: 'Start a feed' })
  await form.getByLabel('Port').fill('0')
  await form.getByLabel('Oldest quote').fill('3')
  await form.getByRole('button', { name: 'Start the feed' }).click()
  await expect(at.getByRole('group', { name: 'Live feed' })).toContainText('waiting')
}

test('a bridge feeds the desk: seen, sized, filled on paper, and told when it is gone', async ({ page: at, room }) => {
  const { calls } = room.line
  await room.open('#/ticket')
  await at.keyboard.press('Control+k')
  await at.keyboard.type('live feed and quotes')
  await at.keyboard.press('Enter')
  const panel = at.getByRole('region', { name: 'Feed and quotes' })
  await expect(panel).toBeFocused()
  await startBridge(at)
  const own = await bridge(room)
  try {
    const bar = at.getByRole('group', { name: 'Live feed' })
    await expect(bar).toContainText('live')
    await expect(bar.getByTestId('feed-rate')).toHaveText(/^[1-9].* quotes\/s$/)
    const quotes = at.getByRole('treegrid', { name: 'Newest quotes' })
    await expect(quotes.getByRole('row', { name: /^AAPL/ })).toContainText('fresh')
    await expect(quotes).toContainText('100.01')
    await expect(at.getByRole('group', { name: 'Replay' })).toBeHidden()
    const mode = at.getByRole('region', { name: 'Book and account' })
    await expect(mode.getByRole('button', { name: /^live/ })).toBeVisible()

    await at.keyboard.press('Control+1')
    await at.getByLabel('Symbol').fill('AAPL')
    await at.keyboard.press('Enter')
    await expect(at.getByLabel('Entry', { exact: true })).not.toHaveValue('')
    await at.getByLabel('Stop', { exact: true }).fill('95')
    await at.keyboard.press('Tab')
    await expect(at.getByTestId('size')).toHaveText(/[1-9]/)
    await at.keyboard.press('Control+Enter')
    await expect(at.getByText('Sent', { exact: true })).toBeVisible()
    const [order] = await calls.trading.orders({})
    own.price(94)
    await expect.poll(async () => (await calls.trading.positions()).length).toBe(0)
    expect(order?.symbol).toBe('AAPL')

    await at.keyboard.press('Control+2')
    own.end()
    await expect(bar).toContainText('lost')
    await at.keyboard.press('f')
    await expect(panel).toContainText('The bridge is gone')
    await expect(quotes.getByRole('row', { name: /^AAPL/ })).toContainText('stale')
    await bar.getByRole('button', { name: 'Stop the feed' }).click()
    await expect(bar).toContainText('No live feed runs.')
    await expect(mode.getByRole('button', { name: /^live|^lost/ })).toBeHidden()
  } finally {
    own.end()
  }
})

test('a new token is shown once, and lets the next bridge in', async ({ page: at, room }) => {
  await room.open('#/desk')
  await openPanel(at)
  await startBridge(at)
  await at.getByRole('button', { name: 'Make a new token' }).click()
  const shown = await at.getByTestId('feed-token').textContent()
  expect(shown).toBe((await readFile(join(room.dataDir, 'feed-token'), 'utf8')).trim())
  await at.keyboard.press('f')
  await at.keyboard.press('f')
  await expect(at.getByRole('button', { name: 'Make a new token' })).toBeVisible()
  await expect(at.getByTestId('feed-token')).toBeHidden()
  const own = await bridge(room)
  await expect(at.getByRole('group', { name: 'Live feed' })).toContainText('live')
  own.end()
})

test('a feed that runs, with its faults: axe finds nothing, and it reflows', async ({ page: at, room }) => {
  await room.open('#/desk')
  await openPanel(at)
  await startBridge(at)
  const own = await bridge(room)
  own.price(1_000_000)
  await expect(at.getByRole('group', { name: 'Live feed' })).toContainText('live')
  own.price(-1)
  await expect(at.getByRole('list', { name: 'Faults of the feed' })).toContainText('both must be above 0')
  own.end()
  await expectAccessible(at)
  await expectReflow(at)
})

test('bid and ask typed by hand are marked typed, and a wrong one is named', async ({ page: at, room }) => {
  await room.open('#/desk')
  await at.getByRole('button', { name: 'Feed and quotes…' }).click()
  const panel = at.getByRole('region', { name: 'Feed and quotes' })
  await panel.getByLabel('Symbol').fill('aapl')
  await panel.getByLabel('Bid of AAPL').fill('101')
  await panel.getByLabel('Ask of AAPL').fill('100')
  await panel.getByRole('button', { name: 'Type the quote' }).click()
  await expect(panel.getByText('bid is 101, above the ask of 100: exchange them.')).toBeVisible()
  await panel.getByLabel('Ask of AAPL').fill('101.5')
  await panel.getByRole('button', { name: 'Type the quote' }).click()
  const row = panel.getByRole('treegrid', { name: 'Newest quotes' }).getByRole('row', { name: /^AAPL/ })
  await expect(row).toContainText('typed')
  await expect(row).toContainText('fresh')
  expect((await room.line.calls.feed.status()).quotes[0]).toMatchObject({ bid: '101', ask: '101.5', source: 'typed' })
  await expectAccessible(at)
  await expectReflow(at)
})

test('a setting at fault is named beside its field, and a replay keeps a feed from starting', async ({
  page: at,
  room,
}) => {
  const { calls } = room.line
  await room.open('#/desk')
  await openPanel(at)
  const form = at.getByRole('form', { name: 'Start a feed' })
  await form.getByRole('radio', { name: 'Exchange' }).click()
  await form.getByLabel('Exchange', { exact: true }).fill('nosuchvenue')
  await form.getByLabel('Markets').fill('AAPL BTC/USDT')
  await form.getByRole('button', { name: 'Start the feed' }).click()
  await expect(form.getByText('Line 1 is "AAPL BTC/USDT": write SYMBOL = MARKET', { exact: false })).toBeVisible()
  await form.getByLabel('Markets').fill('AAPL = BTC/USDT')
  await form.getByRole('button', { name: 'Start the feed' }).click()
  await expect(form.getByText('venue is nosuchvenue, which ccxt does not know', { exact: false })).toBeVisible()
  await expectAccessible(at)
  await expectReflow(at)
  await calls.books.create({
    from: 'empty',
    name: 'Replayed',
    kind: 'paper',
    currency: 'USD',
    timeZone: 'America/New_York',
    dayRoll: '17:00',
    equity: null,
  })
  await calls.market.saveInstrument(aShare('AAPL'))
  await importMinutes(calls, 'AAPL', minuteFile(Date.UTC(2026, 1, 2, 15)))
  await calls.feed.startReplay({ symbols: ['AAPL'], interval: '1m', speed: 'stepped', equity: '100000' })
  await expect(at.getByRole('group', { name: 'Live feed' })).toContainText('A replay tells the prices.')
  await at.getByRole('button', { name: 'Stop the replay' }).click()
  await expect(at.getByText('The replay is ended. The clock is the machine’s again.')).toBeVisible()
})
