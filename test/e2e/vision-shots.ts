/*
 * Pictures of every screen in every kind of book, as it is and as people with other colour vision see it, light and dark:
 * `node test/e2e/vision-shots.ts FOLDER [kind…]` after a build. The pictures are for eyes; `marks.spec.ts` holds what they show.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { screens, watchWall } from '../../src/ui/app/screens.ts'
import { openPage } from '../bench/live/open-page.ts'
import { bookKinds, openBookOfKind, type BookKind } from './book-kinds.ts'
import { endDesk, startDesk } from './fixtures.ts'

const visions = ['none', 'achromatopsia', 'deuteranopia', 'protanopia', 'tritanopia'] as const
const [folder, ...asked] = process.argv.slice(2)
if (folder === undefined) throw new Error('name a folder for the pictures')
const kinds = asked.length === 0 ? bookKinds : bookKinds.filter((kind) => asked.includes(kind))
mkdirSync(folder, { recursive: true })
for (const kind of kinds) await picture(kind, folder)

async function picture(kind: BookKind, into: string): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ballast-shots-'))
  const { desk, process: host } = await startDesk(dataDir)
  const end = await openBookOfKind(kind, desk)
  const { page, close } = await openPage(desk)
  const session = await page.context().newCDPSession(page)
  const see = async (name: string): Promise<void> => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.waitForTimeout(200)
      for (const type of visions) {
        await session.send('Emulation.setEmulatedVisionDeficiency', { type })
        await page.screenshot({ path: join(into, `${kind}-${name}-${colorScheme}-${type}.png`) })
      }
    }
    console.log(`${kind} ${name}`)
  }
  try {
    for (const { id } of [...screens, watchWall]) {
      await page.goto(`${desk.origin}/#/${id}`)
      const bar = page.getByRole('region', { name: /^Book and (account|state)$/ })
      await bar.getByText(/^(NORMAL|REDUCE ONLY|HALTED|LOCKED|FAULT)$/).waitFor()
      await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' })
      await page.waitForTimeout(1_500)
      await see(id)
    }
    await page.goto(`${desk.origin}/#/desk`)
    await page.keyboard.press('F9')
    await page.locator('section.mode button.open').click()
    await page.getByRole('dialog', { name: 'State of the desk' }).waitFor()
    await see('state-dialog')
  } finally {
    await close()
    end()
    await endDesk(host)
    rmSync(dataDir, { recursive: true })
  }
}
