import { chromium, type Browser, type Page } from '@playwright/test'
import { testBrowser } from '../../../electron/launch/browser.mjs'

/** A page of a desk in a real Chromium, signed in. */
export interface OpenedPage {
  readonly page: Page
  readonly browser: Browser
  readonly close: () => Promise<void>
}

/** Opens a page of a desk; throws where there is no Chromium. */
export async function openPage(desk: { readonly newAddress: () => Promise<string> | string }): Promise<OpenedPage> {
  const named = testBrowser()
  if (named === undefined) throw new Error('no Chromium was found: set BALLAST_CHROMIUM to one')
  const browser = await chromium.launch({
    ...(named === '' ? {} : { executablePath: named }),
    args: process.getuid?.() === 0 ? ['--no-sandbox', '--js-flags=--expose-gc'] : ['--js-flags=--expose-gc'],
  })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(await desk.newAddress())
  return { page, browser, close: () => browser.close() }
}
