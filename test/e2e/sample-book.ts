import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/** Makes the sample book the open one, whichever book the desk was left with. */
export async function useSampleBook(page: Page): Promise<void> {
  const mode = page.getByRole('region', { name: 'Book and account' })
  await expect(mode).toContainText(/NO BOOK|SAMPLE|PAPER|LIVE/)
  const offer = page.getByRole('button', { name: 'Try with sample data' })
  await expect(offer.or(mode.getByText('Account', { exact: true })).first()).toBeVisible()
  if (await offer.isVisible()) await offer.click()
  else if (!(await mode.getByText('SAMPLE', { exact: true }).isVisible())) {
    await mode.getByRole('button').last().click()
    const dialog = page.getByRole('dialog', { name: 'Books' })
    await dialog.getByRole('button', { name: /^(Open Sample|Sample book)/ }).click()
  }
  await expect(mode.getByText('SAMPLE', { exact: true })).toBeVisible()
}
