import { toasts } from './toasts.svelte.ts'

/** Puts text on the clipboard and says so, or says why not. */
export async function copyText(what: string, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toasts.show(`${what} copied`)
  } catch {
    toasts.show(`${what} could not be copied: this window may not use the clipboard. Select the text and copy it.`)
  }
}
