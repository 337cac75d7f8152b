import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { aShare, openDeskLine, type DeskLine } from './desk-line.ts'
import { endDesk, expect, startDesk, test as base } from './fixtures.ts'

/** A desk of its own with a live book that holds a share's specification, its prices typed on and on. */
export interface LiveBook {
  readonly line: DeskLine
  readonly open: (hash: string) => Promise<void>
  /** Arms the book in the window, as a person does. */
  readonly arm: () => Promise<void>
}

const empty = { from: 'empty', currency: 'USD', timeZone: 'America/New_York', dayRoll: '17:00' } as const

/** Playwright's `test` with a live book for each test. */
export const test = base.extend<{ live: LiveBook }>({
  live: async ({ page }, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'ballast-orders-'))
    const { desk, process: host } = await startDesk(dataDir)
    const line = await openDeskLine(desk)
    const { calls } = line
    let quoted = 0
    const type = (): void => {
      quoted += 1
      void calls.feed
        .typeQuote({ symbol: 'AAPL', bid: quoted % 2 === 0 ? '99.98' : '99.99', ask: '100.01' })
        .catch(() => undefined)
    }
    try {
      await page.goto(await desk.newAddress())
      await calls.books.create({ ...empty, name: 'Live', kind: 'live', equity: '100000' })
      await calls.market.saveInstrument(aShare('AAPL'))
      const steady = setInterval(type, 700)
      try {
        await use({
          line,
          open: async (hash) => {
            await page.goto(`${desk.origin}/${hash}`)
          },
          arm: () => arm(page, line, dataDir),
        })
      } finally {
        clearInterval(steady)
      }
    } finally {
      await page.close({ runBeforeUnload: false })
      line.close()
      await endDesk(host)
      await rm(dataDir, { recursive: true })
    }
  },
})

async function arm(at: Page, { calls }: DeskLine, dataDir: string): Promise<void> {
  const cli = ['out/main/cli.js', 'backup', join(dataDir, 'copy.ballast-backup'), '--data-dir', dataDir]
  execFileSync(process.execPath, cli)
  const mode = at.getByRole('region', { name: 'Book and account' })
  const causes = at.getByRole('dialog', { name: 'State of the desk' })
  await mode.getByRole('button', { name: 'REDUCE ONLY' }).click()
  await causes.getByLabel('Reason').fill('prices are fresh')
  await causes.getByRole('button', { name: 'Loosen' }).click()
  await expect(causes.getByText('Nothing restricts the desk.')).toBeVisible()
  await at.keyboard.press('Escape')
  await mode.getByRole('button', { name: 'Arm…' }).click()
  const dialog = at.getByRole('dialog', { name: 'Arm for live orders' })
  await calls.trading.reconcile({ complete: true, positions: [] })
  await calls.audit.verify()
  await expect(dialog.getByText('Every check passes.')).toBeVisible()
  await dialog.getByPlaceholder('its last four').fill((await calls.state.get()).accountId.slice(-4))
  await dialog.getByRole('button', { name: /^Arm for/ }).click()
  await expect(mode.getByRole('button', { name: 'Disarm' })).toBeVisible()
}

/** Types an order of the share on the ticket. */
export async function typeOrder(at: Page, stop: string): Promise<void> {
  await at.getByLabel('Symbol').fill('AAPL')
  await at.keyboard.press('Enter')
  await expect(at.getByLabel('Entry', { exact: true })).not.toHaveValue('')
  await at.getByLabel('Stop', { exact: true }).fill(stop)
  await at.keyboard.press('Tab')
  await expect(at.getByTestId('size')).toHaveText(/[1-9]/)
}

/** Holds Ctrl and Enter until something is said of it, or for a second. */
export async function hold(at: Page, milliseconds: number): Promise<void> {
  await at.keyboard.down('Control')
  await at.keyboard.down('Enter')
  await at.waitForTimeout(milliseconds)
  await at.keyboard.up('Enter')
  await at.keyboard.up('Control')
}

export { expect } from './fixtures.ts'
