import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { aShare, importMinutes, minuteFile } from './desk-line.ts'
import { expect } from './fixtures.ts'
import { expectAccessible, expectReflow } from './own-book.ts'
import { test, type OwnDesk } from './own-desk.ts'

const empty = { from: 'empty', currency: 'USD', timeZone: 'America/New_York', dayRoll: '17:00' } as const
const opening = Date.UTC(2026, 1, 2, 15)

/** A paper book with a share that falls by ten cents a minute and then by a gap, replayed by steps. */
async function replayedBook({ line: { calls }, open }: OwnDesk): Promise<void> {
  await calls.books.create({ ...empty, name: 'Paper', kind: 'paper', equity: null })
  await calls.market.saveInstrument(aShare('AAPL'))
  await importMinutes(calls, 'AAPL', minuteFile(opening))
  await calls.feed.startReplay({ symbols: ['AAPL'], interval: '1m', speed: 'stepped', equity: '100000' })
  await calls.feed.step({ quotes: 40 })
  await open('#/desk')
}

async function typeOrder(at: Page, stop: string): Promise<void> {
  await at.getByLabel('Symbol').fill('AAPL')
  await at.keyboard.press('Enter')
  await expect(at.getByLabel('Entry', { exact: true })).not.toHaveValue('')
  await at.getByLabel('Stop', { exact: true }).fill(stop)
  await at.keyboard.press('Tab')
  await expect(at.getByTestId('size')).toHaveText(/[1-9]/)
}

test('a replayed day: filled on paper, a gap breaks the daily loss, only exits go through', async ({
  page: at,
  room,
}) => {
  const { calls } = room.line
  await replayedBook(room)
  const mode = at.getByRole('region', { name: 'Book and account' })
  await expect(mode).toContainText('Replay clock')
  const kept = { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '20', quantity: '10' }
  const { decisionId } = await calls.sizing.decide({ request: kept })
  await calls.trading.approve({ decisionId })

  await room.open('#/ticket')
  await typeOrder(at, '95')
  await expect(at.getByRole('button', { name: 'Approve (paper)' })).toBeEnabled()
  await at.keyboard.press('Control+Enter')
  await expect(at.getByText('Sent', { exact: true })).toBeVisible()
  await at.keyboard.press('Control+Enter')
  expect((await calls.trading.orders({})).filter(({ role }) => role === 'entry')).toHaveLength(2)

  await at.keyboard.press('Control+2')
  const position = at.getByRole('treegrid', { name: 'Open positions' }).getByRole('row', { name: /^AAPL/ })
  await expect(position).toBeVisible()
  await at.getByRole('button', { name: 'Step 100' }).click()
  // One bad reading is not enough: each step brings another one.
  await expect(async () => {
    await at.getByRole('button', { name: 'Step', exact: true }).click()
    await expect(mode.getByRole('button', { name: 'REDUCE ONLY' })).toBeVisible({ timeout: 1_500 })
  }).toPass()
  const breach = at.getByRole('list', { name: 'Breaches' })
  await breach.getByRole('button', { name: 'Acknowledge Daily loss' }).click()
  await expect(breach).toContainText('seen')

  await at.keyboard.press('Control+1')
  await expect(at.getByRole('button', { name: 'Record refusal' })).toBeVisible()
  await at.keyboard.press('Control+2')
  await position.click()
  await at.getByRole('button', { name: 'Close at the market' }).click()
  await at.getByRole('button', { name: 'Step', exact: true }).click()
  await expect(at.getByText('No position is open.')).toBeVisible()
})

test('F9 and Shift F9 act at once on every screen, and only a reason loosens', async ({ page: at, room }) => {
  await replayedBook(room)
  const mode = at.getByRole('region', { name: 'Book and account' })
  await expect(mode.getByRole('button', { name: 'NORMAL' })).toBeVisible()
  await room.open('#/journal')
  await at.keyboard.press('F9')
  await expect(mode.getByRole('button', { name: 'REDUCE ONLY' })).toBeVisible()
  await at.keyboard.press('Shift+F9')
  await expect(mode.getByRole('button', { name: 'HALTED' })).toBeVisible()
  await mode.getByRole('button', { name: 'HALTED' }).click()
  const dialog = at.getByRole('dialog', { name: 'State of the desk' })
  await expect(dialog.getByText('Halted by hand.')).toBeVisible()
  const stopped = dialog.getByRole('listitem').filter({ hasText: 'Adding risk was stopped' })
  await expect(stopped.getByRole('button', { name: 'Loosen' })).toBeDisabled()
  await expectAccessible(at)
  await stopped.getByLabel('Reason').fill('the plan is written down')
  await stopped.getByRole('button', { name: 'Loosen' }).click()
  await expect(stopped).toBeHidden()
  await at.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(mode.getByRole('button', { name: 'HALTED' })).toBeVisible()
})

test('flatten lists, waits for a person, and tells how far each position is', async ({ page: at, room }) => {
  await replayedBook(room)
  const { calls } = room.line
  const request = { symbol: 'AAPL', side: 'buy', entry: 'market', stop: '60', quantity: '20' }
  const { decisionId } = await calls.sizing.decide({ request })
  await calls.trading.approve({ decisionId })
  await at.keyboard.press('Control+Shift+F9')
  const dialog = at.getByRole('dialog', { name: 'Flatten' })
  await expect(dialog.getByRole('button', { name: 'Keep everything' })).toBeFocused()
  await expect(dialog.getByText('sell 20')).toHaveCount(2)
  await dialog.getByRole('button', { name: /^Cancel 1, close 1/ }).click()
  await expect(
    dialog.getByRole('list', { name: 'How far it has come' }).getByText('flat', { exact: true }),
  ).toBeVisible()
})

test('a live book is marked, armed by hand, approved by holding, and Esc disarms', async ({ page: at, room }) => {
  const { calls } = room.line
  await calls.books.create({ ...empty, name: 'Live', kind: 'live', equity: '100000' })
  await calls.market.saveInstrument(aShare('AAPL'))
  await room.open('#/desk')
  await expect(at).toHaveTitle(/^LIVE, /)
  const mode = at.getByRole('region', { name: 'Book and account' })
  await mode.getByRole('button', { name: 'Arm…' }).click()
  const dialog = at.getByRole('dialog', { name: 'Arm for live orders' })
  await expect(dialog.getByText('No backup of this book is known', { exact: false })).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Stay disarmed' })).toBeFocused()
  await expect(dialog.getByRole('button', { name: /^Arm for/ })).toBeDisabled()
  await expectAccessible(at)

  const cli = ['out/main/cli.js', 'backup', join(room.dataDir, 'copy.ballast-backup'), '--data-dir', room.dataDir]
  execFileSync(process.execPath, cli)
  let quoted = 0
  const steady = setInterval(() => {
    quoted += 1
    void calls.feed.typeQuote({ symbol: 'AAPL', bid: quoted % 2 === 0 ? '99.98' : '99.99', ask: '100.01' })
  }, 700)
  try {
    await at.keyboard.press('Escape')
    await mode.getByRole('button', { name: 'REDUCE ONLY' }).click()
    const causes = at.getByRole('dialog', { name: 'State of the desk' })
    await causes.getByLabel('Reason').fill('prices are fresh')
    await causes.getByRole('button', { name: 'Loosen' }).click()
    await expect(causes.getByText('Nothing restricts the desk.')).toBeVisible()
    await at.keyboard.press('Escape')
    await mode.getByRole('button', { name: 'Arm…' }).click()
    await expect(dialog.getByText('Every check passes.')).toBeVisible()
    await dialog.getByPlaceholder('its last four').fill((await calls.state.get()).accountId.slice(-4))
    await dialog.getByRole('button', { name: /^Arm for/ }).click()
    await expect(mode.getByRole('button', { name: 'Disarm' })).toBeVisible()
    await expect(at).toHaveTitle(/^LIVE armed, /)
    await expect(at.getByText('LIVE, real money').first()).toBeVisible()
    await at.keyboard.press('Control+1')
    await typeOrder(at, '95')
    await at.getByLabel('Size, typed').fill((await at.getByTestId('size').textContent()) ?? '')
    await at.keyboard.press('Control+Enter')
    expect(await calls.trading.orders({})).toEqual([])
    await at.keyboard.down('Control')
    await at.keyboard.down('Enter')
    await expect(at.getByText('Sent', { exact: true })).toBeVisible()
    await at.keyboard.up('Enter')
    await at.keyboard.up('Control')
    expect(await calls.trading.orders({})).toHaveLength(1)
    await at.getByRole('heading', { name: 'Ticket' }).click()
    await at.keyboard.press('Escape')
    await expect(mode.getByText('watching only')).toBeVisible()
  } finally {
    clearInterval(steady)
  }
})

test('desk and watch wall: axe finds nothing, and they reflow', async ({ page: at, room }) => {
  await replayedBook(room)
  await expect(at.getByRole('group', { name: 'Replay' })).toContainText('paused')
  await expectAccessible(at)
  await expectReflow(at)
  await room.open('#/wall')
  await expect(at.getByRole('list', { name: 'Limits nearest to breach' })).toBeVisible()
  await expect(at.getByRole('navigation')).toBeHidden()
  await expectAccessible(at)
  await expectReflow(at)
})
