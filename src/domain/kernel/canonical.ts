import { invariant } from './invariant.ts'

/** What may be written canonically: plain data; numbers must be finite. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain | undefined }

/**
 * Canonical JSON of plain data: keys sorted by code unit, text in NFC, no spaces, numbers as strings of their shortest
 * round-trip form (never JSON numbers), `undefined` members left out. Equal data gives equal bytes on any machine.
 */
export function canonical(value: Plain): string {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'string':
      return JSON.stringify(isAscii(value) ? value : value.normalize('NFC'))
    case 'number':
      invariant(Number.isFinite(value), 'canonical numbers are finite')
      return `"${Object.is(value, -0) ? '0' : String(value)}"`
    case 'boolean':
      return value ? 'true' : 'false'
    default:
      return Array.isArray(value)
        ? list(value as readonly Plain[])
        : members(value as { readonly [key: string]: Plain | undefined })
  }
}

function list(items: readonly Plain[]): string {
  let out = '['
  for (let i = 0; i < items.length; i++) out += (i > 0 ? ',' : '') + canonical(items[i] as Plain)
  return out + ']'
}

function members(record: { readonly [key: string]: Plain | undefined }): string {
  let out = '{'
  for (const key of Object.keys(record).sort()) {
    const value = record[key]
    if (value === undefined) continue
    out += `${out === '{' ? '' : ','}${JSON.stringify(key)}:${canonical(value)}`
  }
  return out + '}'
}

function isAscii(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) > 127) return false
  return true
}
