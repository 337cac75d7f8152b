const formats = new Map<string, Intl.NumberFormat>()

/** A decimal with thousands grouped and a fixed number of places; a dash where it is not known. */
export function figure(value: string | number | null, places: number): string {
  return value === null
    ? '–'
    : formatOf({ minimumFractionDigits: places, maximumFractionDigits: places }).format(exact(value))
}

/** An amount of money: two places. */
export const money = (value: string | number | null): string => figure(value, 2)

/** A quantity or price: its own places. */
export function plain(value: string | null): string {
  return value === null ? '–' : formatOf({ maximumFractionDigits: 18 }).format(exact(value))
}

/** A share as per cent. */
export function percent(value: string | null, places = 1): string {
  if (value === null) return '–'
  const format = { style: 'percent', minimumFractionDigits: places, maximumFractionDigits: places } as const
  return formatOf(format).format(exact(value)).replace('%', ' %')
}

/** An instant as UTC text, to the second. */
export function instant(at: number | null): string {
  return at === null
    ? '–'
    : new Date(at)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d{3}Z$/, ' UTC')
}

/** Decimal text is formatted digit by digit, not as a float. */
function exact(value: string | number): Intl.StringNumericLiteral {
  return String(value) as Intl.StringNumericLiteral
}

function formatOf(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options)
  const format = formats.get(key) ?? new Intl.NumberFormat('en-US', options)
  formats.set(key, format)
  return format
}
