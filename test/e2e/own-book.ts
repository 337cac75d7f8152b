import { AxeBuilder } from '@axe-core/playwright'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { endDesk, expect, startDesk, test as base, type Desk } from './fixtures.ts'

/** A desk host for one test alone, signed in, with the sample book open: what is written in it troubles no other test. */
export interface OwnBook {
  readonly origin: string
  /** Opens a screen by its hash, such as `#/desk`. */
  readonly open: (hash: string) => Promise<void>
  /** Sizes and records one order. */
  readonly size: (request: Readonly<Record<string, unknown>>) => Promise<{ decisionId: string; outcome: string }>
}

/** Playwright's `test` with a book of its own for each test. */
export const test = base.extend<{ book: OwnBook }>({
  book: async ({ page }, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'ballast-own-'))
    const { desk, process: host } = await startDesk(dataDir)
    try {
      await page.goto(await desk.newAddress())
      await page.getByRole('button', { name: 'Try with sample data' }).click()
      await expect(page.getByText(/^Ledger verified/)).toBeVisible({ timeout: 30_000 })
      await use({
        origin: desk.origin,
        open: async (hash) => {
          await page.goto(`${desk.origin}/${hash}`)
        },
        size: (request) => sizeOrder(desk, request),
      })
    } finally {
      await page.close({ runBeforeUnload: false })
      await endDesk(host)
      await rm(dataDir, { recursive: true })
    }
  },
})

async function sizeOrder(desk: Desk, request: unknown): Promise<{ decisionId: string; outcome: string }> {
  const answer = await fetch(`${desk.origin}/api/size`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.apiToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ request }),
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { decisionId: string; outcome: string }
}

/** Axe finds nothing, and the colours of both themes stand out. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const axe = new AxeBuilder({ page })
    const { violations } = await (colorScheme === 'light' ? axe.withRules(['color-contrast']) : axe).analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
    expect(found).toEqual([])
  }
}

/** At 320 pixels nothing has to be scrolled sideways to be read. */
export async function expectReflow(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 800 })
  const wide = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('[data-pane]')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .map((pane) => pane.getAttribute('aria-label') ?? pane.tagName),
  )
  expect(wide).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })
}

export { expect } from './fixtures.ts'
