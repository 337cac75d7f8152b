import { invariant } from './invariant.ts'

/** What may be written canonically: plain data; numbers must be finite. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain | undefined }

/** `T` where it is plain data throughout; what is not, such as a function or `unknown`, has no place in it. */
export type PlainData<T> = unknown extends T
  ? never
  : T extends Plain | undefined
    ? T
    : T extends (...given: never) => unknown
      ? never
      : { readonly [K in keyof T]: PlainData<T[K]> }

/**
 * Canonical JSON of plain data: keys sorted by code unit, text in NFC, no spaces, numbers as strings of their shortest
 * round-trip form (never JSON numbers), `undefined` members left out. Equal data gives equal bytes on any machine.
 */
export function canonical<T>(value: T & PlainData<T>): string {
  return written(plain(value))
}

/** The same value, known to be plain. */
export function plain<T>(value: T & PlainData<T>): Plain {
  // Safe: its type says so, member by member.
  return value as Plain
}

function written(value: Plain): string {
  if (typeof value === 'string') return needsNoCare.test(value) ? `"${value}"` : JSON.stringify(value.normalize('NFC'))
  if (value === null) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'number') {
    invariant(Number.isFinite(value), 'canonical numbers are finite')
    return `"${Object.is(value, -0) ? '0' : String(value)}"`
  }
  return isList(value) ? list(value) : members(value)
}

function isList(value: readonly Plain[] | { readonly [key: string]: Plain | undefined }): value is readonly Plain[] {
  return Array.isArray(value)
}

function list(items: readonly Plain[]): string {
  let out = '['
  for (let i = 0; i < items.length; i++) out += (i > 0 ? ',' : '') + written(items[i] as Plain)
  return out + ']'
}

function members(record: { readonly [key: string]: Plain | undefined }): string {
  let out = ''
  for (const { key, quoted } of inOrder(Object.keys(record))) {
    const value = record[key]
    if (value !== undefined) out += `${out === '' ? '{' : ','}${quoted}${written(value)}`
  }
  return out === '' ? '{}' : `${out}}`
}

/** Printable ASCII without the quote and the backslash: JSON writes it as it is. */
const needsNoCare = /^[ !#-[\]-~]*$/

interface Shape {
  readonly keys: readonly string[]
  readonly sorted: readonly { readonly key: string; readonly quoted: string }[]
}

// Records of one kind have their keys in one order: each order is sorted once. Bounded, so that data as keys cannot fill it.
const shapes = new Map<string, Shape[]>()
const MOST_SHAPES = 512
const MOST_ALIKE = 16

function inOrder(keys: readonly string[]): Shape['sorted'] {
  const alike = shapes.get(keys[0] ?? '')
  const known = alike?.find((shape) => sameKeys(shape.keys, keys))
  if (known !== undefined) return known.sorted
  const sorted = [...keys].sort().map((key) => ({ key, quoted: `${JSON.stringify(key)}:` }))
  if (alike === undefined && shapes.size < MOST_SHAPES) shapes.set(keys[0] ?? '', [{ keys, sorted }])
  else if (alike !== undefined && alike.length < MOST_ALIKE) alike.push({ keys, sorted })
  return sorted
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
