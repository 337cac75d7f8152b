import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { screens, watchWall } from '../../src/ui/app/screens.ts'
import { bookKinds, openBookOfKind, type BookKind } from './book-kinds.ts'
import { endDesk, expect, startDesk, test } from './fixtures.ts'

/** What tells a book apart where no colour can be seen. */
interface Marks {
  readonly word: string
  readonly title: string
  /** Outline of the kind's shape: how it is cut, how it is drawn, how it is rounded. */
  readonly shape: string
  /** Line around the window: its style and width, and whether it is hatched. */
  readonly frame: string
  /** Whole sentences at the edges of the window. */
  readonly edges: readonly string[]
}

const expected: Record<BookKind, { word: string; title: RegExp; frame: string; edges: number }> = {
  sample: { word: 'SAMPLE', title: /, sample .*, Ballast$/, frame: 'none', edges: 0 },
  paper: { word: 'PAPER', title: /, paper .*, Ballast$/, frame: 'none', edges: 0 },
  live: { word: 'LIVE', title: /^LIVE, .*, live .*, Ballast$/, frame: 'solid 2px', edges: 0 },
  armed: { word: 'LIVE', title: /^LIVE armed, .*, live .*, Ballast$/, frame: 'solid 2px, hatched', edges: 2 },
}

for (const kind of bookKinds) {
  test(`${kind}: every screen is marked by word, shape, title and frame`, async ({ page }) => {
    test.setTimeout(120_000)
    await withBook(kind, page, async (open) => {
      const want = expected[kind]
      for (const { id } of [...screens, watchWall]) {
        await open(id)
        const found = await marksOf(page)
        expect(found, `marks of ${kind} on ${id}`).toMatchObject({ word: want.word, frame: want.frame })
        expect(found.title, `title on ${id}`).toMatch(want.title)
        expect(found.edges, `edges on ${id}`).toHaveLength(want.edges)
        for (const edge of found.edges) expect(edge).toMatch(/LIVE, real money.*Account ….{4}.*Armed, .* left/)
        expect(shapes.get(found.shape) ?? want.word, `the shape on ${id} is of ${want.word} alone`).toBe(want.word)
        shapes.set(found.shape, want.word)
        await expectNotCovered(page)
      }
    })
  })
}

/** Shapes that were seen, and the word each stood beside. */
const shapes = new Map<string, string>()

test('an exit from a live book takes its marks away at once, on the screen that is open', async ({ page }) => {
  await withBook('live', page, async (open, desk) => {
    await open('journal')
    await expect(page).toHaveTitle(/^LIVE, /)
    const end = await openBookOfKind('sample', desk)
    await expect(page).toHaveTitle(/, sample /)
    expect(await marksOf(page)).toMatchObject({ word: 'SAMPLE', frame: 'none', edges: [] })
    end()
  })
})

type Opened = Awaited<ReturnType<typeof startDesk>>['desk']

async function withBook(
  kind: BookKind,
  page: Page,
  act: (open: (screen: string) => Promise<void>, desk: Opened) => Promise<void>,
): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ballast-marks-'))
  const { desk, process: host } = await startDesk(dataDir)
  let end = (): void => undefined
  try {
    end = await openBookOfKind(kind, desk)
    await page.goto(await desk.newAddress())
    await act(async (screen) => {
      await page.goto(`${desk.origin}/#/${screen}`)
      await expect(page.getByRole('region', { name: /^Book and (account|state)$/ })).toContainText(expected[kind].word)
      await expect(page).toHaveTitle(expected[kind].title)
    }, desk)
  } finally {
    await page.close({ runBeforeUnload: false })
    end()
    await endDesk(host)
    await rm(dataDir, { recursive: true })
  }
}

function marksOf(page: Page): Promise<Marks> {
  return page.evaluate(() => {
    const word = document.querySelector('section[aria-label^="Book and "] > .word')
    const shape = word?.querySelector('.shape')
    const app = document.querySelector('.app')
    if (word === null || shape == null || app === null) throw new Error('the mode bar or the frame is not there')
    const [drawn, around] = [getComputedStyle(shape), getComputedStyle(app)]
    const hatched = around.backgroundImage.startsWith('repeating-linear-gradient') ? ', hatched' : ''
    return {
      word: word.textContent.trim(),
      title: document.title,
      shape: `${drawn.clipPath} ${drawn.borderTopStyle} ${drawn.borderTopLeftRadius}`,
      frame:
        around.outlineStyle === 'none' ? `none${hatched}` : `${around.outlineStyle} ${around.outlineWidth}${hatched}`,
      edges: [...document.querySelectorAll<HTMLElement>('.edge')].map((edge) => edge.innerText.replaceAll('\n', ' ')),
    }
  })
}

/** The word of the kind is on the screen, whole, and nothing lies over it. */
async function expectNotCovered(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const word = document.querySelector('section[aria-label^="Book and "] > .word')
    const { left, right, top, bottom } = word?.getBoundingClientRect() ?? new DOMRect()
    const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    return left >= 0 && right <= innerWidth && top >= 0 && word?.contains(over) === true
  })
  expect(seen, 'the word of the kind can be seen').toBe(true)
}
