import { StoreFault } from '../desk/ports.ts'

/**
 * Which members of `T` are numbers, at any depth. Canonical JSON writes them as text; this says where they are, and
 * the compiler says when one is forgotten.
 */
export type Numbers<T> = unknown extends T
  ? never
  : NonNullable<T> extends number
    ? true
    : NonNullable<T> extends readonly (infer Element)[]
      ? [Numbers<Element>] extends [never]
        ? never
        : readonly [Numbers<Element>]
      : NonNullable<T> extends object
        ? keyof Members<NonNullable<T>> extends never
          ? never
          : Members<NonNullable<T>>
        : never

type Members<T> = {
  readonly [Key in keyof T as [Numbers<T[Key]>] extends [never] ? never : Key]-?: Numbers<T[Key]>
}

/** Canonical JSON read back as `T`: text becomes a number again where `numbers` says so. Throws where it is none. */
export function revive<T>(json: unknown, numbers: Numbers<T>): T {
  return at(json, numbers, 'record') as T
}

function at(value: unknown, numbers: unknown, path: string): unknown {
  if (value === null || value === undefined || numbers === undefined) return value
  if (numbers === true) return finiteNumber(value, path)
  if (Array.isArray(value)) {
    const [element] = numbers as readonly unknown[]
    return value.map((item: unknown, index) => at(item, element, `${path}.${index}`))
  }
  const record = value as Record<string, unknown>
  for (const [key, inner] of Object.entries(numbers as Record<string, unknown>)) {
    if (key in record) record[key] = at(record[key], inner, `${path}.${key}`)
  }
  return record
}

function finiteNumber(value: unknown, path: string): number {
  const number = typeof value === 'string' && value !== '' ? Number(value) : Number.NaN
  if (Number.isFinite(number)) return number
  throw new StoreFault(
    'LEDGER_UNVERIFIED',
    `The stored ${path} is ${JSON.stringify(value)}: a number was written there.`,
  )
}
