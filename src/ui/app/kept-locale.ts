import { chooseLocale, currentLocale } from '../format/number-locale.ts'

const keptAs = 'ballast.locale'

/** Locales whose way to write numbers differs, offered in Settings. */
export const offeredLocales: readonly string[] = [
  'en-US',
  'en-GB',
  'de-DE',
  'de-CH',
  'fr-FR',
  'es-ES',
  'pt-BR',
  'en-IN',
  'sv-SE',
]

/** Uses the locale chosen on this computer; call before anything is drawn. */
export function useKeptLocale(): void {
  const tag = localStorage.getItem(keptAs)
  if (tag !== null && offeredLocales.includes(tag)) chooseLocale(tag)
}

/** The locale chosen on this computer; empty where the system's own is used. */
export const keptLocale = (): string => localStorage.getItem(keptAs) ?? ''

/** Writes and reads numbers as in a locale from now on; empty for the system's own. */
export function keepLocale(tag: string): void {
  if (tag === '') localStorage.removeItem(keptAs)
  else localStorage.setItem(keptAs, tag)
  chooseLocale(tag === '' ? navigator.language : tag)
}

/** The tag numbers are written in now. */
export const shownLocale = (): string => currentLocale().tag
