import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDeskLine, type DeskLine } from './desk-line.ts'
import { endDesk, startDesk, test as base } from './fixtures.ts'

/** A desk that one test has for itself, its data folder, and a line to it beside the page. */
export interface OwnDesk {
  readonly line: DeskLine
  readonly dataDir: string
  /** Goes to a place of the page, such as `#/desk`. */
  readonly open: (hash: string) => Promise<void>
}

/** Playwright's `test` with a desk for each test, without a book, the page open on it. */
export const test = base.extend<{ room: OwnDesk }>({
  room: async ({ page }, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'ballast-room-'))
    const { desk, process: host } = await startDesk(dataDir)
    const line = await openDeskLine(desk)
    try {
      await page.goto(await desk.newAddress())
      await use({
        line,
        dataDir,
        open: async (hash) => {
          await page.goto(`${desk.origin}/${hash}`)
        },
      })
    } finally {
      await page.close({ runBeforeUnload: false })
      line.close()
      await endDesk(host)
      await rm(dataDir, { recursive: true })
    }
  },
})
