/** How one locale writes numbers: its decimal point, its thousands separator, its digits. */
export interface NumberLocale {
  readonly tag: string
  readonly point: string
  readonly group: string
}

/** The separators of a locale, asked of the platform so that fr-FR, de-CH and en-IN come out as people there write. */
export function numberLocale(tag: string): NumberLocale {
  const parts = new Intl.NumberFormat(tag, { numberingSystem: 'latn', useGrouping: 'always' }).formatToParts(1234567.5)
  const find = (type: Intl.NumberFormatPartTypes, otherwise: string): string =>
    parts.find((part) => part.type === type)?.value ?? otherwise
  return { tag, point: find('decimal', '.'), group: find('group', ',') }
}

let chosen = numberLocale(typeof navigator === 'undefined' ? 'en-US' : navigator.language)

/** The locale numbers are read and written in; set once at start and from Settings. */
export const currentLocale = (): NumberLocale => chosen

/** Chooses the locale for every number from now on. */
export function chooseLocale(tag: string): void {
  chosen = numberLocale(tag)
}
